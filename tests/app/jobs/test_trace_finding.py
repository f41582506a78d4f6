from tests.data.ledger_rows import CHAIN
from tests.data.trace_case import TOKEN, known, lead, ledger, traced

from bongsu.app.jobs.trace_finding import findings_of
from bongsu.model.asset import Asset

FAKE = f"{CHAIN}/erc20:0x{'cd' * 20}"
REAL = "0x5aaaaa" + "7" * 30 + "beef"
DECOY = "0x5aaaaa" + "8" * 30 + "beef"
"""Same first six and last four characters as REAL."""
OTHER = "0x5aaaab" + "7" * 30 + "beef"
"""Another sixth character."""
GENUINE = {TOKEN: Asset(id=TOKEN, symbol="USDX", decimals=6, valuation=False)}


def findings(*rows, genuine=None):
    book = ledger(*rows)
    genuine = genuine or {}
    made = traced(book, lead("s"), facts=known(assets=tuple(genuine.values())))
    return findings_of(book, made, genuine)


def test_a_token_that_no_fact_knows_is_found_and_is_no_value():
    rows = (("v", "s", 5), ("v", "s", 10**9, {"asset": FAKE}), ("s", "x", 5))
    (found,) = findings(*rows)
    assert (found["what"], found["subject"], found["score"]) == ("unknown_token", FAKE, 100)
    assert "not counted as value" in found["why"][0]
    assert found["method"] == "bongsu.impostor@1"


def test_a_token_that_facts_know_is_no_finding():
    rows = (("v", "s", 5), ("v", "s", 9, {"asset": TOKEN}))
    assert findings(*rows, genuine=GENUINE) == []
    assert [one["subject"] for one in findings(*rows)] == [TOKEN]


def test_a_token_that_only_others_were_paid_is_no_finding():
    rows = (("v", "s", 5), ("s", "x", 5), ("v", "c", 9, {"asset": FAKE}), ("v", "x", 9, {"asset": FAKE}))
    assert findings(*rows) == [], "c is clean and x is none of the lead's"


def test_a_look_alike_of_a_touched_address_is_found_and_named_whole():
    (found,) = findings(("v", "s", 5), ("s", REAL, 5), ("c", DECOY, 1), ("c", OTHER, 1))
    assert (found["what"], found["subject"]) == ("look_alike", REAL)
    assert DECOY in found["why"][0]
    assert OTHER not in found["why"][0]


def test_look_alikes_of_untouched_addresses_are_no_finding():
    assert findings(("v", "s", 5), ("c", REAL, 1), ("c", DECOY, 1)) == []


def test_two_touched_look_alikes_are_two_findings_after_the_tokens():
    rows = (("v", "s", 9), ("s", DECOY, 5), ("s", REAL, 4), ("v", "s", 1, {"asset": FAKE}))
    found = findings(*rows)
    assert [one["subject"] for one in found] == [FAKE, REAL, DECOY]
    assert all(0 <= one["score"] <= 100 and one["why"] for one in found)
