from datetime import date

import pytest
from tests.data.ledger_rows import CHAIN, at, sources
from tests.data.trace_case import LIMITS, TOKEN, known, label, lead, ledger, traced

from bongsu.analyze.lead import Limits
from bongsu.app.jobs.trace_endpoint import EndpointWriter
from bongsu.app.jobs.trace_step import names_of, walk
from bongsu.facts.load import load_labels, load_sanctions
from bongsu.model.asset import Asset
from bongsu.model.issuer import Issuer
from bongsu.model.service import Service

DAY = 86_400
EXCHANGE = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
SHOWN = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
"""The first example of EIP-55."""
ROWS = (
    ("v", "s", 100, {"time": at(1)}),
    ("c", "x", 50, {"time": at(2)}),
    ("s", "x", 100, {"time": at(3)}),
    ("x", EXCHANGE, 60, {"time": at(DAY)}),
    ("x", "z", 0, {"time": at(4 * DAY - 1)}),
)
"""x has 50 of its own, then 100 stolen, and pays 60 to an exchange; the ledger ends three days later."""
PAID = {"poison": 60, "haircut": 40, "fifo": 10, "lifo": 60, "tiho": 60, "pifo": 60, "libr": 10}
LEFT = {"poison": 100, "haircut": 60, "fifo": 90, "lifo": 40, "tiho": 40, "pifo": 40, "libr": 90}
"""Poison: all that x received since its first touch, paid on or not (rule 6)."""
NOTHING = dict.fromkeys(PAID, "0")
SERVICE = Service(
    id="ex", name="Example", category="exchange", legal_entity="Example Ltd", country="SC", entity_note="",
    custodial=True, actions=("account_hold", "none"), route="desk@example.invalid", authority="an order",
    source="test", confidence=90, valid_from=None, valid_to=None,
)  # fmt: skip
ISSUER = Issuer(
    id="usd-example", assets=(TOKEN,), symbol="USDX", decimals=6, legal_entity=None, country="SV",
    entity_note="", can_freeze=True, can_burn_reissue=False, route="", authority="", source="test",
    confidence=90,
)  # fmt: skip


def texts(amount):
    return {name: str(value) for name, value in amount.items()}


def ends_of(*rows, facts=None, limits=LIMITS, gaps=None, **shared):
    book = ledger(*rows, gaps=gaps, **shared)
    made = traced(book, lead("s"), limits, facts)
    writer = EndpointWriter(made, book, names_of(made.found), walk(made, book))
    found = [writer.endpoint(rank, end) for rank, end in enumerate(made.endpoints, start=1)]
    return {(end["address"], end["stop"]): end for end in found}


@pytest.fixture(scope="module")
def ends():
    labels = [
        label(EXCHANGE, "exchange", entity="ex", name="Example: deposit", confidence=90),
        label(EXCHANGE, "mixer", name="Mixer", source="other", confidence=50),
        label(EXCHANGE, "exchange", name="EX", source="third", confidence=50),
    ]
    return ends_of(*ROWS, facts=known(*labels, services={"ex": SERVICE}))


def test_an_end_has_the_amount_of_every_policy(ends):
    assert set(ends) == {(EXCHANGE, "service"), ("x", "unspent"), ("z", "unspent")}
    paid, left = ends[EXCHANGE, "service"], ends["x", "unspent"]
    assert (paid["amount"], left["amount"]) == (texts(PAID), texts(LEFT))
    assert (paid["min"], paid["max"]) == ("10", "60")
    assert (left["min"], left["max"]) == ("40", "90"), "poison is outside of the range"


def test_an_end_is_named_by_its_whole_address(ends):
    end = ends[EXCHANGE, "service"]
    assert (end["id"], end["shown"]) == (f"{CHAIN}/slip44:60|{EXCHANGE}", SHOWN)
    assert (end["chain"], end["asset"], end["hops"]) == (CHAIN, f"{CHAIN}/slip44:60", 2)
    assert end["rank"] == 1, "someone can hold it"


def test_direct_and_indirect_are_the_whole(ends):
    paid, left = ends[EXCHANGE, "service"], ends["x", "unspent"]
    assert (paid["direct"], paid["indirect"]) == (NOTHING, texts(PAID))
    assert (left["direct"], left["indirect"]) == (texts(LEFT), NOTHING)


def test_arrivals_are_before_what_was_paid_on(ends):
    (day,) = ends["x", "unspent"]["arrivals"]
    assert day == {"date": "2024-01-01", "amount": dict.fromkeys(PAID, "100")}
    assert ends[EXCHANGE, "service"]["arrivals"] == [{"date": "2024-01-02", "amount": texts(PAID)}]


def test_the_age_is_in_whole_days_to_the_end_of_the_ledger(ends):
    end = ends[EXCHANGE, "service"]
    assert (end["first_arrival"], end["last_arrival"]) == ("2024-01-02T00:00:00Z", "2024-01-02T00:00:00Z")
    assert (end["age_days"], ends["x", "unspent"]["age_days"]) == (2, 3)


def test_without_times_there_is_no_age():
    end = ends_of(("v", "s", 5), ("s", "x", 5), time=None)["x", "unspent"]
    assert (end["age_days"], end["first_arrival"], end["last_arrival"]) == (None, None, None)
    assert end["arrivals"] == [{"date": None, "amount": dict.fromkeys(PAID, "5")}]
    assert [step["time"] for step in end["path"]] == [None]


def test_the_best_label_is_shown_and_another_category_contradicts_it(ends):
    assert ends[EXCHANGE, "service"]["label"] == {
        "name": "Example: deposit",
        "category": "exchange",
        "entity": "ex",
        "entity_name": "Example",
        "legal_entity": "Example Ltd",
        "country": "SC",
        "source": "test",
        "confidence": 90,
        "sanctions": [],
        "contradictions": ["Mixer (other)"],
    }
    assert ends["x", "unspent"]["label"] is None


def test_a_sanction_stands_beside_what_the_address_is_and_contradicts_nothing():
    since, until = date(2022, 8, 8), date(2025, 3, 21)
    lifted = label("x", "sanctioned", name="OFAC: X", source="b", valid_from=since, valid_to=until)
    facts = known(
        label("x", "mixer", name="Mixer", confidence=50),
        lifted,
        label("x", "sanctioned", name="UK: X", source="c", confidence=10),
    )
    found = ends_of(("v", "s", 5), ("s", "x", 5), facts=facts)["x", "mixer"]["label"]
    assert (found["name"], found["category"], found["contradictions"]) == ("Mixer", "mixer", [])
    assert found["sanctions"] == [
        {"name": "UK: X", "source": "c", "listed": None, "delisted": None, "status": "listed"},
        {"name": "OFAC: X", "source": "b", "listed": "2022-08-08", "delisted": "2025-03-21",
         "status": "delisted"},
    ]  # fmt: skip
    alone = ends_of(("v", "s", 5), ("s", "x", 5), facts=known(lifted))["x", "unspent"]["label"]
    assert (alone["category"], [one["status"] for one in alone["sanctions"]]) == ("sanctioned", ["delisted"])


def test_sanctions_of_the_facts_say_which_were_lifted():
    """Of the listings that ship, those of one mixer were lifted on 2025-03-21."""
    listings = [one for one in load_sanctions() if one.chain == "eip155:1"]
    in_force = next(one for one in listings if one.delisted is None)
    lifted = next(one for one in listings if one.delisted)
    rows = (("v", "s", 5), ("s", in_force.address, 3), ("s", lifted.address, 2))
    made = ends_of(*rows, facts=known(*load_labels()))
    ends = {address: end["label"]["sanctions"] for (address, _stop), end in made.items()}
    assert {one["status"] for one in ends[in_force.address]} == {"listed"}
    (found,) = ends[lifted.address]
    assert (found["status"], found["delisted"]) == ("delisted", "2025-03-21")


def test_a_label_without_facts_on_its_service_names_no_company():
    facts = known(label("x", "exchange", entity="unheard", name="X"))
    found = ends_of(("v", "s", 5), ("s", "x", 5), facts=facts)["x", "service"]
    assert [found["label"][key] for key in ("entity_name", "legal_entity", "country")] == [None] * 3


def test_an_action_holds_under_all_where_every_conserving_policy_has_something(ends):
    (action,) = ends[EXCHANGE, "service"]["actions"]
    assert (action["kind"], action["by"], action["entity"], action["country"]) == (
        "account_hold", "Example Ltd", "ex", "SC",
    )  # fmt: skip
    assert (action["route"], action["authority"]) == ("desk@example.invalid", "an order")
    assert (action["min"], action["max"], action["voluntary"]) == ("10", "60", True)
    assert action["holds_under_all"]
    assert action["policies"] == ["haircut", "fifo", "lifo", "tiho", "pifo", "libr"]


def test_an_action_that_some_policies_deny_says_so():
    facts = known(label("x", "exchange", name="X"))
    rows = (("v", "s", 5), ("c", "a", 9), ("s", "a", 5), ("a", "x", 4))
    (action,) = ends_of(*rows, facts=facts)["x", "service"]["actions"]
    assert (action["holds_under_all"], action["min"], action["max"]) == (False, "0", "4")
    assert action["policies"] == ["haircut", "lifo", "tiho", "pifo"], "fifo and libr pay with its own 9"


def test_an_issuer_can_freeze_wherever_the_token_lies():
    token = Asset(id=TOKEN, symbol="USDX", decimals=6, valuation=False)
    facts = known(assets=(token,), issuers={TOKEN: ISSUER})
    (action,) = ends_of(("v", "s", 5), ("s", "x", 5), asset=TOKEN, facts=facts)["x", "unspent"]["actions"]
    assert (action["kind"], action["by"], action["country"]) == ("issuer_freeze", "usd-example", "SV")


def test_a_path_goes_from_a_source_to_the_end(ends):
    first, second = ends[EXCHANGE, "service"]["path"]
    assert (first["source"], first["target"], second["source"], second["target"]) == (
        "s", "x", "x", EXCHANGE,
    )  # fmt: skip
    assert (first["amount"], second["amount"]) == ("100", "60")
    assert (first["tainted"], second["tainted"]) == (dict.fromkeys(PAID, "100"), texts(PAID))
    assert (second["tx_hash"], second["block"], second["time"]) == ("t4", 4, "2024-01-02T00:00:00Z")
    assert (second["tx_index"], second["position"]) == (0, 0)


def test_a_step_cites_its_file_and_row(ends):
    cited = [step["evidence"] for step in ends[EXCHANGE, "service"]["path"]]
    assert cited == [{"sha256": sources()[0].sha256, "locator": f"row {row}"} for row in (3, 4)]


def test_the_weakest_step_says_why(ends):
    weakest = ends[EXCHANGE, "service"]["weakest_link"]
    assert (weakest["step"], weakest["confidence"]) == (2, 16), "fifo: 10 of 60"
    assert "less than half" in weakest["why"]
    assert ends["x", "unspent"]["weakest_link"] is None


def test_a_source_that_paid_more_than_it_had_is_an_assumption():
    weakest = ends_of(("s", "x", 5))["x", "unspent"]["weakest_link"]
    assert (weakest["step"], weakest["confidence"]) == (1, 40)
    assert "assumption" in weakest["why"]


def test_what_is_below_the_threshold_is_an_end_of_its_own():
    found = ends_of(("v", "s", 9), ("s", "x", 2), ("s", "x", 7), limits=Limits(minimum={"*": 5}))
    small, large = found["x", "below_threshold"], found["x", "unspent"]
    assert (small["amount"]["fifo"], large["amount"]["fifo"]) == ("2", "7")
    assert small["id"] == large["id"] + "|below_threshold"


def test_an_unknown_order_gives_bounds():
    tie = {"block": 2, "tx_index": None, "position": None, "time": at(2), "tx_hash": ""}
    rows = (("v", "s", 9), ("s", "x", 4, tie), ("c", "x", 4, tie), ("x", "y", 4, tie))
    found = ends_of(*rows)["y", "unspent"]["bounds"]
    assert found["kind"] == "ordered"
    assert found["per_policy"]["fifo"] == {"min": "0", "max": "4"}


def test_an_action_that_one_possible_order_denies_does_not_hold_under_all():
    tie = {"block": 2, "tx_index": None, "position": None, "time": at(2), "tx_hash": ""}
    rows = (("v", "s", 9), ("s", "x", 4, tie), ("x", "y", 4, tie))
    end = ends_of(*rows, facts=known(label("y", "exchange")))["y", "service"]
    assert end["min"] == "4", "in the ledger's own order it arrived"
    assert end["bounds"]["per_policy"]["fifo"]["min"] == "0"
    assert not end["actions"][0]["holds_under_all"]
