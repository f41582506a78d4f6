from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized(
        "applicants",
        application="A7",
        applied="2026-01-02T03:04:05Z",
        email="a.b+c@gmail.com",
        phone="202-555-0143",
        country="US",
        ip="8.8.8.8",
        visitor="V1",
        github="Dev",
    )
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [
        ("a7", "account", "handle", "dev"),
        ("a7", "application", "", ""),
        ("a7", "contact", "email", "ab@gmail.com"),
        ("a7", "contact", "phone", "+12025550143"),
    ]
    assert found.rejects.num_rows == 0
