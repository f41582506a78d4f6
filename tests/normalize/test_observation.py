from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized("observation", subject="E1", flag="I06", observer="K. Lee", observed="2026-01-31")
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [("e1", "observation", "flag", "i06")]
    assert found.rejects.num_rows == 0


def test_the_observer_is_kept():
    found = normalized("observation", subject="E1", flag="I06", observer="K. Lee", observed="2026-01-31")
    assert found.events["note"].to_pylist() == ["K. Lee"]
