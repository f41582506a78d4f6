from tests.data.event_rows import event, events

from bongsu.app.jobs.screen import screen_events


def test_a_path_is_asked_for_by_ids_and_things():
    found = screen_events(events(*(event(name, "payout", "iban", "X") for name in "abcd")))
    assert [step["to"] for step in found.explain_path("a", "b")] == [["iban", "X"], ["person", "b"]]
    assert len(found.explain_path("iban X", "d")) == 1
    assert found.explain_path("a", "z") == []
