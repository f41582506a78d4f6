from tests.data.person_file import rows_of, write_csv


def test_what_the_columns_are_called_and_what_is_never_read(tmp_path):
    name, rows, rejects = rows_of(
        write_csv(
            tmp_path / "file.csv",
            ("id", "applied at", "email", "phone", "ip address", "school", "name"),
            ("7", "2026-01-02T03:04:05Z", "a@x.example", "+12025550143", "8.8.8.8", "S", "N"),
        )
    )
    assert (name, rejects) == ("applicants", [])
    stated = {key: value for key, value in rows[0].items() if value is not None}
    assert stated == {
        **{
            "application": "7",
            "applied": "2026-01-02T03:04:05Z",
            "email": "a@x.example",
            "phone": "+12025550143",
            "ip": "8.8.8.8",
        },
        "locator": 1,
    }
