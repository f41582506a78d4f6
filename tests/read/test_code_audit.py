from tests.data.person_file import rows_of, write_lines


def test_objects_of_an_audit_log(tmp_path):
    one = {"@timestamp": 1767322800000, "action": "git.clone", "actor": "Dev", "repo": "acme/core"}
    name, rows, rejects = rows_of(write_lines(tmp_path / "log.jsonl", one | {"public_repo": "true"}))
    assert (name, rejects) == ("code_audit", [])
    assert [rows[0][key] for key in ("user", "created", "action", "repository", "visibility")] == [
        "Dev",
        "1767322800000",
        "git.clone",
        "acme/core",
        "true",
    ]
