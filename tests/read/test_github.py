import pytest
from tests.data.person_file import rows_of, write_csv, write_lines

PUSH = {
    "type": "PushEvent",
    "actor": {"login": "dev"},
    "created_at": "2026-01-02T03:04:05Z",
    "payload": {
        "commits": [
            {"sha": "1", "author": {"email": "a@x", "name": "N"}},
            {"sha": "2", "author": {"email": "b@x"}},
        ]
    },
}
COMMIT = {
    "sha": "1",
    "commit": {"author": {"email": "a@x", "date": "2026-01-02T03:04:05Z"}},
    "committer": {"login": "dev"},
}


@pytest.mark.parametrize(("value", "mails"), [(PUSH, ["a@x", "b@x"]), (COMMIT, ["a@x"])])
def test_pushes_and_commits(tmp_path, value, mails):
    name, rows, _rejects = rows_of(write_lines(tmp_path / "file", value))
    assert name == "github"
    assert [row["author_email"] for row in rows] == mails
    assert {(row["account"], row["authored"]) for row in rows} == {("dev", "2026-01-02T03:04:05Z")}


def test_a_local_history(tmp_path):
    path = write_csv(
        tmp_path / "log.csv",
        ("account", "sha", "author_email", "authored"),
        ("dev", "1", "a@x", "1767323045"),
    )
    assert rows_of(path)[:1] == ("github",)
