from tests.data.person_file import rows_of, write_csv


def test_what_the_columns_are_called_and_what_is_never_read(tmp_path):
    name, rows, rejects = rows_of(
        write_csv(
            tmp_path / "file.csv",
            ("Date (UTC)", "Username", "IP address", "Location"),
            ("2026-01-02T03:04:05Z", "a@x.example", "8.8.8.8", "Somewhere"),
        )
    )
    assert (name, rejects) == ("entra", [])
    stated = {key: value for key, value in rows[0].items() if value is not None}
    assert stated == {
        **{"created": "2026-01-02T03:04:05Z", "user": "a@x.example", "ip": "8.8.8.8"},
        "locator": 1,
    }
