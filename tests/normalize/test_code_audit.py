import pytest
from tests.data.person_file import normalized

from bongsu.model.event import OUTSIDE, PUBLIC


@pytest.mark.parametrize(
    ("destination", "visibility", "note"),
    [
        (None, None, ""),
        ("acme/copy", "private", ""),
        ("https://github.com/Dev/core", "private", OUTSIDE),
        ("dev", "false", OUTSIDE),
        ("dev", "public", PUBLIC),
        ("dev", "true", PUBLIC),
    ],
)
def test_where_a_clone_went(destination, visibility, note):
    raw = {"user": "Dev", "created": "2026-01-02T03:04:05Z", "repository": "Acme/core", "action": "git.clone"}
    found = normalized("code_audit", **raw, destination=destination, visibility=visibility)
    (row,) = found.events.to_pylist()
    assert (row["subject"], row["kind"], row["value"], row["note"]) == ("dev", "clone", "acme/core", note)


@pytest.mark.parametrize(("action", "count"), [("repo.fork", 1), ("git.push", 0), ("repo.download_zip", 1)])
def test_which_actions_take_a_repository(action, count):
    raw = {"user": "Dev", "created": "2026-01-02T03:04:05Z", "repository": "acme/core"}
    assert normalized("code_audit", **raw, action=action).events.num_rows == count
