from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized("follow", account="One", other="@Two", relation="commit")
    events = [(r["subject"], r["kind"], r["thing"], r["value"], r["note"]) for r in found.events.to_pylist()]
    assert sorted(events) == [
        ("one", "account", "handle", "one", ""),
        ("one", "follow", "handle", "two", "commit"),
    ]
