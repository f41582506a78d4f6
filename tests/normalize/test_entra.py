from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized("entra", created="2026-01-02T03:04:05Z", user="A@x.example", ip="8.8.8.8", status="0")
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [("a@x.example", "sign_in", "", "")]
    assert found.rejects.num_rows == 0


def test_a_sign_in_that_failed_states_nothing():
    raw = {"created": "2026-01-02T03:04:05Z", "user": "a@x.example", "ip": "8.8.8.8", "status": "50126"}
    assert normalized("entra", **raw).events.num_rows == 0
