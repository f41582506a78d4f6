from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized(
        "workspace",
        time="2026-01-02T03:04:05Z",
        application="login",
        user="A@x.example",
        event="login_success",
    )
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [("a@x.example", "sign_in", "", "")]
    assert found.rejects.num_rows == 0


def test_other_applications_and_failures_state_nothing():
    raw = {"time": "2026-01-02T03:04:05Z", "user": "a@x.example"}
    assert normalized("workspace", application="drive", event="login_success", **raw).events.num_rows == 0
    assert normalized("workspace", application="login", event="login_failure", **raw).events.num_rows == 0
