import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from tests.data.ledger_rows import ASSET, CHAIN, at, gaps
from tests.data.trace_case import TOKEN, known, label, lead, ledger, theft, traced

import bongsu
from bongsu.analyze.action import _can
from bongsu.analyze.lead import Limits
from bongsu.analyze.policy import FOR_SEVERAL, POLICIES
from bongsu.analyze.stop import NOT_FOLLOWED, STOPS, TERMS
from bongsu.app.jobs.trace_document import Missing, iso, trace_document
from bongsu.model.marking import PUBLIC, Marking, Tlp

SCHEMA = json.loads((Path(bongsu.__file__).parent / "share" / "schema" / "trace-1.json").read_text())
LEDGER = {"name": "made up", "valuation": False, "statement": "raw", "license": None, "files": []}
ROWS = (("v", "s", 100), ("c", "x", 50), ("s", "x", 100), ("x", "ex", 60))
PAID = {"poison": "60", "haircut": "40", "fifo": "10", "lifo": "60", "tiho": "60", "pifo": "60", "libr": "10"}
LEFT = {"haircut": "60", "fifo": "90", "lifo": "40", "tiho": "40", "pifo": "40", "libr": "90"}
"""x has 50 of its own, then 100 stolen, and pays 60."""


def written(*rows, asked=None, limits=None, said=None, **other):
    book = ledger(*rows, **other)
    made = traced(book, asked or lead("s"), limits or Limits(), known(label("ex", "exchange")))
    plain = {"missing": Missing({}, {}), "marking": PUBLIC, "findings": []}
    document = trace_document(made, ledger=LEDGER, book=book, **plain | (said or {}))
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(document)))
    return document


@pytest.fixture(scope="module")
def document():
    return written(*ROWS)


def test_the_schema_names_what_the_analysis_can_say():
    parts = SCHEMA["$defs"]
    assert set(parts["policy"]["enum"]) == {*POLICIES, *FOR_SEVERAL}
    assert set(parts["action"]["properties"]["kind"]["enum"]) == set(_can())
    assert set(parts["endpoint"]["properties"]["stop"]["enum"]) == set(STOPS[1:])
    assert set(parts["balance"]["required"]) >= set(TERMS.values())


def test_the_reference_names_what_the_schema_allows():
    path = Path(__file__).parents[3] / "docs" / "reference" / "trace-json.md"
    said, parts = path.read_text(), SCHEMA["$defs"]
    names = [
        *parts["policy"]["enum"],
        *parts["action"]["properties"]["kind"]["enum"],
        *parts["endpoint"]["properties"]["stop"]["enum"],
        *parts["balance"]["required"],
    ]
    for part in (SCHEMA, parts["endpoint"], SCHEMA["properties"]["coverage"]):
        names += part["properties"]
    assert [name for name in names if re.search(rf"\b{name}\b", said) is None] == []


def test_what_is_stolen_goes_somewhere_under_every_policy(document):
    assert document["stolen"] == {name: {ASSET: "100"} for name in PAID}
    for policy, terms in document["conservation"].items():
        assert (terms["conserving"], terms["stolen"]) == (policy != "poison", {ASSET: "100"})
        assert terms["at_services"] == {ASSET: PAID[policy]}
        if policy != "poison":
            assert terms["held"] == {ASSET: LEFT[policy]}
            assert terms["balanced"]


def test_every_term_of_the_equation_is_there(document):
    for terms in document["conservation"].values():
        assert {"converted_in", "not_followed", "unknown", *TERMS.values()} <= set(terms)


def test_flows_sum_movements_and_carry_every_policy():
    document = written(("v", "s", 100), ("s", "x", 30), ("s", "x", 70), ("x", "y", 100))
    assert [(one["source"], one["target"], one["hop"], one["movements"]) for one in document["flows"]] == [
        ("v", "s", 0, 1),
        ("s", "x", 1, 2),
        ("x", "y", 2, 1),
    ]
    assert all(one["amount"] == dict.fromkeys(PAID, "100") for one in document["flows"])


def test_coverage_counts_the_ledger_and_what_is_missing():
    tie = {"block": 3, "tx_index": None, "position": None, "time": at(3), "tx_hash": ""}
    rows = (*ROWS[:2], ("s", "x", 100, tie), ("d", "x", 1, tie), ("x", "ex", 5, tie), ("c", "d", 1))
    missing = Missing({"needs_traces": 2}, {"bad_address": 3, "bad_amount": 1})
    document = written(*rows, said={"missing": missing})
    coverage = document["coverage"]
    assert (coverage["movements"], coverage["movements_touched"]) == (6, 2), "s and x pay once each"
    assert coverage["pools_touched"] == 3
    assert (coverage["order_known"], coverage["unordered_groups"]) == (False, 1)
    assert coverage["gaps"] == {"needs_traces": 2}
    assert coverage["rejects"] == {"bad_address": 3, "bad_amount": 1}
    said = " ".join(document["limits"])
    assert "order of some movements" in said
    assert "no imported file shows" in said


def test_limits_are_said_only_where_they_hold(document):
    said = " ".join(document["limits"])
    for part in (
        "order of some movements",
        "no imported file shows",
        "taken to be stolen",
        "unknown, not clean",
    ):
        assert part not in said
    assert document["coverage"]["order_known"]
    assert document["coverage"]["overdrafts"] == 0


def test_missing_history_is_said():
    document = written(("s", "x", 7), ("x", "ex", 9))
    said = " ".join(document["limits"])
    assert "taken to be stolen" in said
    assert "unknown, not clean" in said
    assert document["coverage"]["overdrafts"] == 2
    fifo = document["conservation"]["fifo"]
    assert (fifo["stolen"], fifo["unknown"]) == ({ASSET: "7"}, {ASSET: "2"})


def test_gaps_of_a_holder_put_what_it_holds_beyond_the_ledger():
    document = written(*ROWS, gaps=gaps({"holder": "x"}))
    assert document["conservation"]["fifo"]["beyond_ledger"] == {ASSET: "90"}


def test_what_is_not_followed_is_under_its_stop():
    document = written(*ROWS, limits=Limits(hops=1))
    stopped = document["conservation"]["lifo"]["not_followed"]
    assert stopped == {"hops": {ASSET: "100"}}
    assert set(NOT_FOLLOWED) >= set(stopped)
    small = written(*ROWS, limits=Limits(minimum={ASSET: 61}))
    assert small["conservation"]["lifo"]["not_followed"] == {"below_threshold": {ASSET: "60"}}


def test_the_parameters_are_those_of_the_run(document):
    assert document["method"]["policies"] == list(PAID)
    assert document["method"]["params"] == {
        "until": None, "stop_at": [], "minimum": {}, "hops": None,
        "likely_service_counterparties": 1000, "missing_history_queued": "oldest",
    }  # fmt: skip
    limits = Limits(
        until=at(3), stop_at=frozenset({"z", "x"}), minimum={ASSET: 2}, hops=4, counterparties=0,
        unknown_newest=True,
    )  # fmt: skip
    assert written(*ROWS, limits=limits)["method"]["params"] == {
        "until": "2024-01-01T00:00:03Z", "stop_at": ["x", "z"], "minimum": {ASSET: "2"}, "hops": 4,
        "likely_service_counterparties": 0, "missing_history_queued": "newest",
    }  # fmt: skip


def test_the_lead_names_its_addresses_that_the_ledger_has(document):
    assert document["lead"]["sources"] == [{"chain": CHAIN, "address": "s", "shown": "s"}]
    named = lead(theft("s", "absent", transactions=("t1",)))
    assert written(*ROWS, asked=named)["lead"]["transactions"] == ["t1"]


def test_several_victims_have_their_policies():
    document = written(*ROWS, ("v", "q", 10), ("q", "x", 10), asked=lead("s", "q"))
    assert document["method"]["policies"][-2:] == ["pari_passu", "rolling_charge"]
    assert document["stolen"]["pari_passu"] == {ASSET: "110"}
    assert {*FOR_SEVERAL} <= {*document["endpoints"][0]["amount"]}


def test_an_asset_that_no_fact_knows_is_shown_as_such():
    other = f"{CHAIN}/slip44:714"
    by_id = {one["id"]: one for one in written(*ROWS, ("v", "s", 5, {"asset": other}))["assets"]}
    assert (by_id[ASSET]["known"], by_id[ASSET]["decimals"]) == (True, 18)
    assert (by_id[other]["known"], by_id[other]["symbol"], by_id[other]["decimals"]) == (False, "", 0)
    assert TOKEN not in by_id


def test_the_ledger_is_as_of_its_last_movement_of_whatever_account(document):
    last = {"chain": CHAIN, "block": 4, "time": "2024-01-01T00:00:04Z"}
    assert document["ledger"] == LEDGER | {"as_of": [last]}
    later = written(*ROWS, ("c", "d", 1))["ledger"]["as_of"]
    assert later == [last | {"block": 5, "time": "2024-01-01T00:00:05Z"}]


def test_the_marking_is_written_in_order():
    asked = Marking(tlp=Tlp.AMBER_STRICT, releasable_to=frozenset({"b", "a"}))
    said = written(*ROWS, said={"marking": asked})["marking"]
    assert said == {"tlp": "TLP:AMBER+STRICT", "releasable_to": ["a", "b"]}
    assert written(*ROWS)["marking"] == {"tlp": "TLP:CLEAR", "releasable_to": None}


def test_nothing_stolen_yet_is_an_empty_answer():
    document = written(*ROWS, limits=Limits(until=at(-1)))
    assert document["endpoints"] == document["flows"] == document["ledger"]["as_of"] == []
    assert set(map(str, document["stolen"].values())) == {"{}"}


def test_times_are_utc_and_days_are_days():
    assert iso(None) is None
    assert iso(at(61)) == "2024-01-01T00:01:01Z"
    assert iso(date(2023, 6, 2)) == "2023-06-02"
