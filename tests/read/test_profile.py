from tests.data.person_file import rows_of, write_csv, write_lines


def test_what_the_columns_are_called_and_what_is_never_read(tmp_path):
    head = ("candidate id", "network", "username", "member since", "location", "name", "languages", "school")
    row = ("A7", "GitHub", "dev", "2024-01-01", "Springfield", "N", "L", "S")
    name, rows, rejects = rows_of(write_csv(tmp_path / "file.csv", head, row))
    assert (name, rejects) == ("profile", [])
    stated = {key: value for key, value in rows[0].items() if value is not None}
    assert stated == {
        "subject": "A7",
        "platform": "GitHub",
        "handle": "dev",
        "created": "2024-01-01",
        "town": "Springfield",
        "locator": 1,
    }


def test_json_is_read_too(tmp_path):
    path = write_lines(tmp_path / "x.jsonl", {"person": "A7", "site": "x", "login": "dev", "sha256": "ab"})
    name, rows, _rejects = rows_of(path)
    assert (name, rows[0]["asset"]) == ("profile", "ab")
