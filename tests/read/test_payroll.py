from tests.data.person_file import rows_of, write_csv


def test_what_the_columns_are_called_and_what_is_never_read(tmp_path):
    name, rows, rejects = rows_of(
        write_csv(
            tmp_path / "file.csv",
            ("employee id", "pay date", "routing number", "account number", "payee name"),
            ("E1", "2026-01-31", "011000015", "12345", "N"),
        )
    )
    assert (name, rejects) == ("payroll", [])
    stated = {key: value for key, value in rows[0].items() if value is not None}
    assert stated == {
        **{"employee": "E1", "paid": "2026-01-31", "routing": "011000015", "account": "12345"},
        "locator": 1,
    }
