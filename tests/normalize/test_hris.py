from tests.data.person_file import normalized


def test_what_a_row_states():
    found = normalized(
        "hris",
        employee="E1",
        hired="2026-01-02",
        work_email="A@x.example",
        application="A7",
        laptop="AB-12345",
        home="1 Main Street X",
        ship_to="2 Far Road Y",
        shipped="2026-01-03",
        vendor="Agency  One",
        zone="Asia/Seoul",
    )
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [
        ("e1", "alias", "account", "a7"),
        ("e1", "alias", "account", "a@x.example"),
        ("e1", "alias", "serial", "AB12345"),
        ("e1", "hire", "", ""),
        ("e1", "home", "postal_address", "1 main st x"),
        ("e1", "shipment", "postal_address", "2 far rd y"),
        ("e1", "work", "utc_offset", "540"),
        ("e1", "work", "vendor", "agency one"),
    ]
    assert found.rejects.num_rows == 0
