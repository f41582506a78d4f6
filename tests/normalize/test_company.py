from tests.data.person_file import normalized

TEXT = "we build what you need in time and at a price that you know before we begin to work for you"


def test_what_a_row_states():
    found = normalized(
        "company",
        company="One LLC",
        domain="https://www.one-llc.com/home",
        registered="2025-12-01",
        registrar="Reg Inc",
        hosting="AS1",
        text=TEXT,
    )
    assert found.rejects.num_rows == 0
    rows = found.events.to_pylist()
    assert {(row["subject"], row["kind"]) for row in rows} == {("one llc", "company")}
    plain = {row["thing"]: row["value"] for row in rows if row["thing"] != "passage"}
    assert plain == {"domain": "one-llc.com", "registrar": "reg inc", "hosting": "as1"}
    assert sum(row["thing"] == "passage" for row in rows) > 1
    assert {row["time"].year for row in rows if row["thing"] == "domain"} == {2025}
