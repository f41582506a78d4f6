from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized(
        "okta",
        event="user.mfa.factor.activate",
        published="2026-01-02T03:04:05Z",
        user="A@x.example",
        outcome="SUCCESS",
        factor_phone="+12025550143",
    )
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [("a@x.example", "second_factor", "phone", "+12025550143")]
    assert found.rejects.num_rows == 0


def test_what_failed_or_is_no_sign_in_states_nothing():
    base = {"published": "2026-01-02T03:04:05Z", "user": "a@x.example", "ip": "8.8.8.8"}
    for event, outcome, count in (
        ("user.session.start", "SUCCESS", 1),
        ("user.session.start", "FAILURE", 0),
        ("policy.evaluate_sign_on", "SUCCESS", 0),
    ):
        assert normalized("okta", event=event, outcome=outcome, **base).events.num_rows == count
