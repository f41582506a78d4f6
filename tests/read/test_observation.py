from tests.data.person_file import rows_of, write_csv


def test_what_the_columns_are_called_and_what_is_never_read(tmp_path):
    name, rows, rejects = rows_of(
        write_csv(
            tmp_path / "file.csv",
            ("subject", "flag", "observer", "observed"),
            ("E1", "I06", "K. Lee", "2026-01-31"),
        )
    )
    assert (name, rejects) == ("observation", [])
    stated = {key: value for key, value in rows[0].items() if value is not None}
    assert stated == {
        **{"subject": "E1", "flag": "I06", "observer": "K. Lee", "observed": "2026-01-31"},
        "locator": 1,
    }
