from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized(
        "github", account="Dev", sha="1", author_email="A@x.example", authored="2026-01-02T03:04:05Z"
    )
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [("dev", "account", "handle", "dev"), ("dev", "commit", "email", "a@x.example")]
    assert found.rejects.num_rows == 0
