from tests.data.person_file import rows_of, write_lines

EVENT = {
    "uuid": "1",
    "published": "2026-01-02T03:04:05.678Z",
    "eventType": "user.session.start",
    "actor": {"id": "00u", "alternateId": "a@x.example", "displayName": "N"},
    "client": {"ipAddress": "8.8.8.8", "geographicalContext": {"geolocation": {"lat": 1.5, "lon": -2.25}}},
    "outcome": {"result": "SUCCESS", "reason": None},
    "target": [{"id": "t", "type": "AppInstance"}],
}


def test_an_event_of_the_system_log(tmp_path):
    name, rows, rejects = rows_of(write_lines(tmp_path / "log", EVENT))
    assert (name, rejects) == ("okta", [])
    assert {key: value for key, value in rows[0].items() if value is not None} == {
        "event": "user.session.start", "published": "2026-01-02T03:04:05.678Z", "user": "a@x.example",
        "outcome": "SUCCESS", "ip": "8.8.8.8", "latitude": "1.5", "longitude": "-2.25", "locator": 1,
    }  # fmt: skip
