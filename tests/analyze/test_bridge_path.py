"""Where a trace goes on across a bridge: movements of a ledger on either side."""

import numpy as np
import pytest
from tests.data.abi_log import ETL, batch_of, raw_rows
from tests.data.acceptance import import_all
from tests.data.bridge_case import HERE, OTHER, THERE, TOKEN, deposit, events, split, withdrawal
from tests.data.bridge_log import contract
from tests.data.trace_case import ledger

from bongsu.analyze.bridge_link import link_table
from bongsu.analyze.bridge_path import Continuation, continue_movements
from bongsu.normalize.bridge_event import normalize
from bongsu.normalize.context import Context
from bongsu.store.ledger import open_ledger

GATE = contract("ronin-bridge", HERE)
LEFT = {"chain": HERE, "asset": TOKEN, "kind": "token", "tx_hash": "in"}
ARRIVED = {"chain": THERE, "asset": OTHER, "kind": "token", "tx_hash": "out"}


def links(*rows):
    """Links of deposits with withdrawals, given one after the other."""
    left, arrived = split(events(*rows))
    return link_table(left, arrived, "id", percent=np.full(left.num_rows, 90), why=[])


def ends(book, found):
    """(Payer, payee) of both movements of each continuation."""
    holder = book.pools()["holder"].to_pylist()
    source, target = book.ends()
    return [
        tuple((holder[source[row]], holder[target[row]]) for row in (one.deposit, one.withdrawal))
        for one in found
    ]


def test_movement_that_arrived_continues_the_one_that_left():
    book = ledger(("thief", "bridge", 1_000, LEFT), ("x", "y", 5), ("null", "fresh", 900, ARRIVED))
    one = links(deposit("in"), withdrawal("out", amount=900))
    assert continue_movements(book, one).found == (
        Continuation(
            deposit=0, withdrawal=2, bridge="ronin-bridge", method="id", probability=90, fee=100, link=0
        ),
    )
    assert continue_movements(book, one).refused == {}


def test_of_equal_movements_value_reaches_the_bridge_last_and_leaves_it_first():
    book = ledger(
        ("thief", "router", 1_000, LEFT | {"block": 1, "position": None}),
        ("router", "vault", 1_000, LEFT | {"block": 1, "position": None, "tx_index": 1}),
        ("vault2", "router2", 1_000, ARRIVED | {"block": 2, "position": None}),
        ("router2", "fresh", 1_000, ARRIVED | {"block": 2, "position": None, "tx_index": 1}),
    )
    found = continue_movements(book, links(deposit("in"), withdrawal("out"))).found
    assert ends(book, found) == [(("router", "vault"), ("vault2", "router2"))]


def test_contract_of_the_bridge_is_preferred():
    book = ledger(
        ("thief", GATE, 1_000, LEFT | {"position": 1}),
        (GATE, "keeper", 1_000, LEFT | {"position": 2}),
        ("null", "fresh", 1_000, ARRIVED),
    )
    found = continue_movements(book, links(deposit("in"), withdrawal("out"))).found
    assert ends(book, found)[0][0] == ("thief", GATE)


def test_each_of_several_equal_events_has_the_transfer_before_its_log():
    place = {"block": 1, "tx_index": 0}
    book = ledger(
        ("thief", "vault", 1_000, LEFT | place | {"position": 4}),
        ("other", "vault", 1_000, LEFT | place | {"position": 8}),
        ("thief", "else", 1_000, LEFT | place | {"position": 12}),
        ("null", "b", 1_000, ARRIVED | {"block": 2, "tx_hash": "out1"}),
        ("null", "a", 1_000, ARRIVED | {"block": 3, "tx_hash": "out2"}),
    )
    both = links(
        deposit("in", position=10, transfer_id="2"),
        withdrawal("out2", transfer_id="2"),
        deposit("in", position=5, transfer_id="1"),
        withdrawal("out1", transfer_id="1"),
    )
    found = continue_movements(book, both).found
    assert ends(book, found) == [
        (("thief", "vault"), ("null", "b")),
        (("other", "vault"), ("null", "a")),
    ]


def test_deposit_paid_out_in_parts_goes_on_as_each():
    book = ledger(
        ("thief", "vault", 1_000, LEFT),
        ("null", "a", 600, ARRIVED | {"tx_hash": "out1"}),
        ("null", "b", 400, ARRIVED | {"tx_hash": "out2"}),
    )
    both = links(
        deposit("in", transfer_id="1"),
        withdrawal("out1", transfer_id="1", amount=600),
        deposit("in", transfer_id="1"),
        withdrawal("out2", transfer_id="1", amount=400),
    )
    found = continue_movements(book, both).found
    assert [(one.deposit, one.withdrawal) for one in found] == [(0, 1), (0, 2)]


@pytest.mark.parametrize(
    ("left", "arrived", "refused"),
    [
        ({"amount": 999}, {}, {("deposit", "absent"): 1}),
        ({"asset": OTHER}, {}, {("deposit", "absent"): 1}),
        ({"chain": THERE}, {}, {("deposit", "absent"): 1}),
        ({"tx_hash": "else"}, {"amount": 999}, {("deposit", "absent"): 1, ("withdrawal", "absent"): 1}),
        ({"amount": None}, {}, {("deposit", "unstated"): 1}),
        ({}, {"asset": None}, {("withdrawal", "unstated"): 1}),
    ],
)
def test_link_that_the_ledger_does_not_show_is_counted(left, arrived, refused):
    book = ledger(("thief", "vault", 1_000, LEFT), ("null", "fresh", 1_000, ARRIVED))
    made = continue_movements(book, links(deposit("in", **left), withdrawal("out", **arrived)))
    assert (made.found, made.refused) == ((), refused)


def test_more_events_than_movements_are_unclear():
    book = ledger(
        ("thief", "vault", 1_000, LEFT),
        ("null", "a", 1_000, ARRIVED | {"tx_hash": "out1"}),
        ("null", "b", 1_000, ARRIVED | {"tx_hash": "out2"}),
    )
    both = links(
        deposit("in", transfer_id="1"),
        withdrawal("out1", transfer_id="1"),
        deposit("in", transfer_id="2"),
        withdrawal("out2", transfer_id="2"),
    )
    made = continue_movements(book, both)
    assert (made.found, made.refused) == ((), {("deposit", "unclear"): 2})


def test_fees_and_inputs_are_no_side_of_a_transfer():
    book = ledger(("thief", "vault", 1_000, LEFT | {"kind": "fee"}), ("null", "fresh", 1_000, ARRIVED))
    assert continue_movements(book, links(deposit("in"), withdrawal("out"))).found == ()


def test_no_links_continue_nothing():
    assert continue_movements(ledger(("a", "b", 1)), links()).found == ()


def test_movements_of_real_events_are_found(onchain, tmp_path):
    """The two events of the real blocks, made into one link: each side's movement is in the ledger."""
    folder = onchain / "ethereum-etl" / "blocks_17173049_17173050"
    names = ("blocks", "transactions", "token_transfers")
    book = open_ledger(
        import_all(tmp_path / "ledger", [folder / f"expected_{name}.json.gz" for name in names], format="")
    )
    found = normalize(
        batch_of(list(raw_rows(folder / "expected_logs.json.gz", ETL))), Context(chain=HERE)
    ).events
    left, arrived = split(found)
    made = link_table(left, arrived, "stated", percent=np.array([50]), why=[])
    (one,) = continue_movements(book, made).found
    ((_payer, payee), (_issuer, paid)) = ends(book, [one])[0]
    assert payee == left["emitter"][0].as_py() == contract("hop", HERE, "ETH")
    assert paid == arrived["beneficiary"][0].as_py()
    amounts = book.movements(np.array([one.deposit, one.withdrawal]))["amount"].to_pylist()
    assert [int(amount) for amount in amounts] == [240_303_127_714_435_604, 350_529_000_000_000_000]
