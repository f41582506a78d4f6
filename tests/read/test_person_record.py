from tests.data.person_file import write_csv

from bongsu.read.person_record import PERSONS


def test_names_and_days_of_birth_are_read_and_origin_never(tmp_path):
    header = ("employee id", "First Name", "Surname", "DOB", "City", "birthplace", "nationality", "language")
    path = write_csv(tmp_path / "x.csv", header, ("E1", "Ada", "Bell", "1990-01-02", "Leeds", "X", "Y", "Z"))
    (batch,) = PERSONS.read(path)
    (row,) = batch.rows.to_pylist()
    assert {key: value for key, value in row.items() if value} == {
        "given_name": "Ada",
        "family_name": "Bell",
        "birth_date": "1990-01-02",
        "place": "Leeds",
        "locator": 1,
    }


def test_a_file_without_names_gives_empty_rows(tmp_path):
    path = write_csv(tmp_path / "x.csv", ("employee id", "hired"), ("E1", "2026-01-01"))
    (batch,) = PERSONS.read(path)
    assert batch.rows["name"].to_pylist() == [None]
