from tests.data.person_file import normalized


def test_what_a_row_states():
    raw = {"user": "A@x.example", "joined": "2026-01-02T03:04:05Z", "ip": "8.8.8.8"}
    found = normalized("meeting", **raw, zone="UTC+9", longitude="2.5", latitude="1")
    events = [(r["subject"], r["kind"], r["thing"], r["value"], r["ip"]) for r in found.events.to_pylist()]
    assert sorted(events) == [
        ("a@x.example", "meeting", "", "", "8.8.8.8"),
        ("a@x.example", "meeting", "utc_offset", "540", "8.8.8.8"),
    ]
    assert {row["longitude"] for row in found.events.to_pylist()} == {2.5}


def test_a_zone_that_is_none_is_refused_and_the_call_is_kept():
    found = normalized("meeting", user="a", joined="2026-01-02T03:04:05Z", zone="Lunch")
    assert [row["rule"] for row in found.rejects.to_pylist()] == ["bad_zone"]
    assert found.events.num_rows == 1
