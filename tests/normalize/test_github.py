from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized(
        "github", account="Dev", sha="1", author_email="A@x.example", authored="2026-01-02T03:04:05Z"
    )
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [("dev", "account", "handle", "dev"), ("dev", "commit", "email", "a@x.example")]
    assert found.rejects.num_rows == 0


def test_a_commit_keeps_hash_and_repository_and_the_day_when_the_account_was_opened():
    raw = {"account": "Dev", "sha": "1", "author_email": "a@x.example", "authored": "2020-01-02T03:04:05Z"}
    found = normalized("github", **raw, repository="Dev/One", fork="true", registered="2025-01-02")
    rows = {row["kind"]: row for row in found.events.to_pylist()}
    assert rows["commit"]["note"] == "1 dev/one fork"
    assert (rows["register"]["time"].year, rows["commit"]["time"].year) == (2025, 2020)
