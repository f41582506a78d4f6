from tests.data.person_file import rows_of, write_csv


def test_what_the_columns_are_called(tmp_path):
    path = write_csv(tmp_path / "file.csv", ("login", "following", "kind"), ("one", "two", "follow"))
    name, rows, rejects = rows_of(path)
    assert (name, rejects) == ("follow", [])
    assert (rows[0]["account"], rows[0]["other"], rows[0]["relation"]) == ("one", "two", "follow")
