"""The second look at fact files."""

import pytest
from tests.facts.test_incident import BODY as INCIDENT
from tests.facts.test_service import BODY as SERVICE

from bongsu.facts.verify import verify_facts

FIRST = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
SECOND = "0x28c6c06298d514db089934071355e5743bf21d60"
THIRD = "0x21a31ee1afc51d94c2efccaa2092ad1028285549"
GOOD_INCIDENT = INCIDENT.replace("0xaa", FIRST).replace("0xbb", SECOND).replace("0xcc", "0x" + "c" * 64)
GOOD_SERVICE = SERVICE.replace("0xaa", THIRD).replace("      0xbb\n", "").replace("0xcc", FIRST)


def said(tmp_path, severity):
    return [(i.place, i.message) for i in verify_facts(tmp_path) if i.severity == severity]


def test_shipped_facts_have_no_problem():
    assert [issue for issue in verify_facts() if issue.severity == "problem"] == []


def test_shipped_contradictions_are_victims_only():
    assert all("victim" in issue.message for issue in verify_facts())


def test_good_files_pass_and_contradictions_show(tmp_path, write_facts):
    write_facts("incidents", "case-2024", GOOD_INCIDENT)
    assert verify_facts(tmp_path) == []
    write_facts("services", "exchange", GOOD_SERVICE)
    ((place, message),) = said(tmp_path, "notice")
    assert place == "incidents/case-2024.yaml, services/exchange.yaml"
    assert FIRST in message
    assert "theft" in message
    assert "deposit exchange" in message
    assert said(tmp_path, "problem") == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (FIRST, FIRST.upper().replace("0X", "0x"), "is not in canonical form"),
        (FIRST, "0x098B716b8aaf21512996dc57eb0615e2383e2f96", "checksum"),
        (FIRST, FIRST[:-1], "40 hexadecimal digits"),
        (SECOND, f"{SECOND}\n        {SECOND}", "is listed twice"),
        ("0x" + "c" * 64, "0xcc", "is no transaction hash"),
        ("when: 2024-05-03", "when: 2024-04-30", "not between the theft and the day of retrieval"),
        ("when: 2024-05-03", "when: 2024-05-07", "not between the theft and the day of retrieval"),
        ("start: 2024-05-01", "start: 2024-05-02", "does not cover"),
        (", end: 2024-05-02T00:00:00Z", "", "only one end"),
        ("dprk: true", "dprk: maybe", "dprk has the wrong type"),
    ],
)
def test_fault_in_an_incident_is_found(tmp_path, write_facts, old, new, why):
    write_facts("incidents", "case-2024", GOOD_INCIDENT.replace(old, new))
    assert any(why in message for _place, message in said(tmp_path, "problem"))


def test_theft_without_transactions_and_window_is_found(tmp_path, write_facts):
    body = GOOD_INCIDENT.partition("  transactions:")[0].replace("  window: ", "  notes: x #")
    write_facts("incidents", "case-2024", body)
    assert [m for _p, m in said(tmp_path, "problem")] == [
        "first receivers are listed, but neither transactions nor a window."
    ]


def test_asset_listed_twice_is_found(tmp_path, write_facts):
    body = "assets:\n  - prefix: ''\n    table: |\n      eip155:1/slip44:60 18 ETH\n"
    write_facts("assets", "one", body)
    write_facts("assets", "two", body)
    assert said(tmp_path, "problem") == [
        ("assets/two.yaml", "eip155:1/slip44:60 is listed in assets/one.yaml too.")
    ]


def test_validity_that_ends_before_it_begins_is_found(tmp_path, write_facts):
    body = GOOD_SERVICE.replace("valid_from: 2020-01-01", "valid_from: 2020-01-01\n    valid_to: 2019-01-01")
    write_facts("services", "exchange", body)
    assert "ends on 2019-01-01" in said(tmp_path, "problem")[0][1]


def test_movements_need_an_incident(tmp_path):
    (tmp_path / "movements").mkdir()
    (tmp_path / "movements" / "lost.csv").write_text("tx\n1\n")
    assert [place for place, _ in said(tmp_path, "problem")] == ["movements/lost.csv"] * 2
