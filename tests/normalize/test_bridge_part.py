"""Halves of a transfer become one event, in the order of the log, or stay apart."""

import pyarrow as pa
import pytest

from bongsu.model.bridge import BRIDGE_EVENT
from bongsu.normalize.bridge_part import join_parts

BLANK = dict.fromkeys(BRIDGE_EVENT.names) | {
    "bridge": "ferry",
    "chain": "eip155:1",
    "tx_hash": "0x1",
    "direction": "deposit",
    "established": True,
    "confidence": 80,
    "source": "",
}


def events(*rows):
    full = [BLANK | {"locator": number, "position": number} | row for number, row in enumerate(rows, start=1)]
    return pa.Table.from_pylist(full, schema=BRIDGE_EVENT)


def joined(*rows):
    return [
        (e["transfer_id"], e["amount"] and int(e["amount"])) for e in join_parts(events(*rows)).to_pylist()
    ]


def test_the_k_th_goes_with_the_k_th():
    assert joined({"transfer_id": "a"}, {"transfer_id": "b"}, {"amount": 1}, {"amount": 2}) == [
        ("a", 1),
        ("b", 2),
    ]
    first = {"transfer_id": "a", "position": 9}
    assert joined(first, {"transfer_id": "b"}, {"amount": 1}, {"amount": 2}) == [("b", 1), ("a", 2)]


@pytest.mark.parametrize(
    "other", [{"bridge": "x"}, {"chain": "x"}, {"tx_hash": "x"}, {"direction": "withdrawal"}]
)
def test_halves_of_different_transfers_stay_apart(other):
    assert joined({"transfer_id": "a"}, {"amount": 1} | other) == [("a", None), (None, 1)]


def test_unequal_numbers_of_halves_stay_apart():
    assert len(joined({"transfer_id": "a"}, {"amount": 1}, {"amount": 2})) == 3


def test_whole_events_are_left_alone():
    assert joined({"transfer_id": "a", "amount": 1}, {"transfer_id": "b", "asset": "x"}) == [
        ("a", 1),
        ("b", None),
    ]
    assert joined() == []


def test_a_joined_event_is_as_sure_as_its_weaker_half():
    whole = join_parts(
        events(
            {"transfer_id": "a", "confidence": 90, "established": False},
            {"amount": 1, "confidence": 70, "sender": "s"},
        )
    ).to_pylist()[0]
    assert (whole["confidence"], whole["established"], whole["sender"], whole["locator"]) == (
        70,
        False,
        "s",
        2,
    )
