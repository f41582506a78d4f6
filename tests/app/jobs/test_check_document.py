import json

import pyarrow as pa
import pytest
from tests.data.check_case import INCIDENT
from tests.data.ledger_rows import BITCOIN, at, gaps, sources, utxo
from tests.data.trace_case import LIMITS, known, lead, ledger, theft

from bongsu.analyze.exposure import incident_exposure
from bongsu.app.jobs.check_document import Subject, by_policy, check_document, span
from bongsu.model.marking import PUBLIC
from bongsu.store.exposure import FACT, StoredExposures, _stable_sorted
from bongsu.store.ledger import memory_ledger

NOTE = {
    "policies": ["poison", "haircut", "fifo"], "conserving": ["haircut", "fifo"], "params": {},
    "ledger": {"valuation": False, "statement": "raw"}, "as_of": {}, "gaps": {}, "assets": {},
    "incidents": [{"id": "test", "title": "Test", "state": "traced", "unordered_groups": 0}],
}  # fmt: skip


def order_of(values):
    filled = [(value, row) for row, value in enumerate(values) if value]
    return pa.array([row for _value, row in sorted(filled)], pa.uint32()).to_numpy()


def stored(book, asked, *facts, **note):
    """What would be kept for a ledger in memory."""
    made = incident_exposure(book, asked, LIMITS, known())
    rows = [{"name": name, "kind": kind, "document": json.dumps(fact)} for name, kind, fact in facts]
    missing = book.gaps()
    return StoredExposures(
        note=NOTE | note,
        exposures=_stable_sorted(made.exposures, "address"),
        passages=_stable_sorted(made.passages, "tx_hash"),
        facts=_stable_sorted(pa.Table.from_pylist(rows, schema=FACT), "name"),
        layout=book.layout,
        cited=book.cited,
        gaps=missing,
        gaps_by_holder=order_of(missing["holder"].to_pylist()),
    )


def document(kept, name, *, kind="address", chain="eip155:1"):
    return check_document(kept, Subject(asked=name, kind=kind, chain=chain, name=name), PUBLIC)


def test_every_policy_has_an_amount_and_poison_is_outside_the_range():
    assert by_policy(NOTE, {"fifo": 10**30}) == {"poison": "0", "haircut": "0", "fifo": str(10**30)}
    assert span(NOTE, {"poison": 9, "fifo": 5}) == {"min": "0", "max": "5"}


def test_touched_alone_is_exposure_under_poison_only():
    book = ledger(("v", "s", 5), ("c", "x", 10), ("s", "x", 5), ("x", "y", 3))
    answer = document(stored(book, lead("s")), "y")["answer"]
    assert answer["exposed_under"] == ["poison", "haircut"]


def test_a_transaction_of_outputs_counts_what_it_moved_once():
    first, second = (f"{n:064x}" for n in (1, 2))
    moves = [
        (first, f"{first}:0", 10, "S", first), (f"{first}:0", second, 10, None, second),
        (second, f"{second}:0", 6, "X", second), (second, f"{second}:1", 3, "Y", second),
        (second, "fee:2", 1, None, second),
    ]  # fmt: skip
    table = utxo(
        *(
            {"source": s, "target": t, "amount": n, "address": a, "tx_hash": tx, "block": int(tx, 16)}
            | {"tx_index": 0, "position": place, "time": at(int(tx, 16))}
            for place, (s, t, n, a, tx) in enumerate(moves)
        )
    )
    kept = stored(memory_ledger(table, sources()), lead(theft("S", chain=BITCOIN)))
    made = document(kept, second, kind="transaction", chain="")
    (stolen,) = made["stolen"]
    assert stolen["amount"]["fifo"] == "10"
    assert [(one["address"], one["side"]) for one in made["parties"]] == [
        ("S", "sender"), ("X", "receiver"), ("Y", "receiver"),
    ]  # fmt: skip
    assert len(made["movements"]) == 4


def test_one_who_pays_and_is_paid_is_both():
    same = {"tx_hash": "t2", "block": 2, "time": at(2), "tx_index": 0}
    book = ledger(("v", "s", 5), ("s", "x", 5, same), ("x", "s", 2, same | {"position": 1}))
    made = document(stored(book, lead("s")), "t2", kind="transaction")
    assert [(one["address"], one["side"]) for one in made["parties"]] == [("s", "both"), ("x", "both")]


def test_payments_between_the_same_two_are_one_movement():
    same = {"tx_hash": "t2", "block": 2, "time": at(2), "tx_index": 0}
    book = ledger(
        ("v", "s", 5), ("s", "x", 2, same), ("s", "x", 3, same | {"position": 1, "kind": "internal"})
    )
    (move,) = document(stored(book, lead("s")), "t2", kind="transaction")["movements"]
    assert (move["amount"], move["kinds"]) == ("5", ["internal", "native"])
    assert move["stolen"][0]["amount"]["fifo"] == "5"


@pytest.mark.parametrize(
    ("asked", "chain", "found"),
    [
        ("eip155:1", "eip155:*", 1), ("eip155:*", "eip155:56", 1), ("", "XMR", 1),
        ("eip155:1", "eip155:1", 1),
        ("eip155:1", "eip155:56", 0), (BITCOIN, "eip155:*", 0),
    ],
)  # fmt: skip
def test_labels_hold_on_their_chain(asked, chain, found):
    kept = stored(ledger(("v", "s", 5)), lead("s"), ("s", "label", {"chain": chain}))
    assert len(document(kept, "s", chain=asked)["parties"][0]["labels"]) == found


def test_nearest_exposures_come_first_and_unknown_assets_are_named_so():
    made = document(stored(ledger(("v", "s", 5), ("s", "x", 5)), lead("s")), "x")
    assert made["assets"] == [
        {"id": "eip155:1/slip44:60", "symbol": "", "decimals": 0, "valuation": False, "known": False}
    ]
    assert [one["hops"] for one in made["parties"][0]["exposures"]] == [1]


def test_gaps_of_the_address_are_counted():
    book = ledger(("v", "s", 5), gaps=gaps({"holder": "s"}, {"holder": "s", "tx_hash": "t2"}))
    assert document(stored(book, lead("s")), "s")["parties"][0]["gaps"] == 2


def test_limits_say_what_is_missing():
    incidents = [
        {"id": INCIDENT, "title": "T", "state": "no_addresses", "unordered_groups": 0},
        {"id": "test", "title": "Test", "state": "traced", "unordered_groups": 1},
    ]
    kept = stored(ledger(("v", "s", 5)), lead("s"), incidents=incidents, gaps={"needs_traces": 1})
    said = " ".join(document(kept, "s")["limits"])
    assert all(word in said for word in (INCIDENT, "order", "no imported file shows"))
    assert "publisher" not in said
