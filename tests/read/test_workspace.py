import json

from tests.data.person_file import rows_of

ACTIVITY = {
    "kind": "admin#reports#activity",
    "id": {"time": "2026-01-02T03:04:05.678Z", "applicationName": "login"},
    "actor": {"email": "a@x.example", "profileId": "1"},
    "ipAddress": "8.8.8.8",
    "events": [{"type": "login", "name": "login_challenge"}, {"type": "login", "name": "login_success"}],
}


def test_every_event_of_an_activity_is_a_row(tmp_path):
    path = tmp_path / "file"
    path.write_text(json.dumps({"kind": "admin#reports#activities", "items": [ACTIVITY]}))
    name, rows, rejects = rows_of(path)
    assert (name, rejects) == ("workspace", [])
    assert [(row["user"], row["event"], row["locator"]) for row in rows] == [
        ("a@x.example", "login_challenge", 1), ("a@x.example", "login_success", 1)
    ]  # fmt: skip
