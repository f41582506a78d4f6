from tests.data.person_file import rows_of, write_csv


def test_what_the_columns_are_called_and_what_is_never_read(tmp_path):
    name, rows, rejects = rows_of(
        write_csv(
            tmp_path / "file.csv",
            ("Employee ID", "Hire Date", "Home Address", "Ship To", "Nationality"),
            ("E1", "2026-01-02", "1 Main St X", "2 Far Rd Y", "Z"),
        )
    )
    assert (name, rejects) == ("hris", [])
    stated = {key: value for key, value in rows[0].items() if value is not None}
    assert stated == {
        **{"employee": "E1", "hired": "2026-01-02", "home": "1 Main St X", "ship_to": "2 Far Rd Y"},
        "locator": 1,
    }
