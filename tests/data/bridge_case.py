"""Small tables of bridge events: each differs from a plain one in what a test says."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.asset import erc20_id
from bongsu.model.bridge import BRIDGE_EVENT

HERE, THERE = "eip155:1", "eip155:56"
TOKEN, OTHER = erc20_id(HERE, "0x" + "c0" * 20), erc20_id(THERE, "0x" + "d0" * 20)
ALICE, BOB = "0x" + "a1" * 20, "0x" + "b0" * 20
START = datetime(2022, 1, 1, tzinfo=UTC)
_PLAIN = {
    "bridge": "ronin-bridge", "block": None, "position": None, "amount": 1_000, "decimals": 18,
    "sender": None, "beneficiary": ALICE, "other_asset": None, "transfer_id": None, "memo": None,
    "emitter": None, "established": True, "confidence": 90, "source": "", "locator": 1,
}  # fmt: skip
_SIDES = {
    "deposit": {"chain": HERE, "asset": TOKEN, "other_chain": THERE, "other_asset": OTHER},
    "withdrawal": {"chain": THERE, "asset": OTHER, "other_chain": HERE},
}


def at(seconds):
    """Time so many seconds after the start."""
    return START + timedelta(seconds=seconds)


def deposit(tx, seconds=0, **other):
    """A deposit; `tx` is a short name for its hash."""
    return _event("deposit", tx, seconds, other)


def withdrawal(tx, seconds=100, **other):
    """A withdrawal of the same asset on the other chain."""
    return _event("withdrawal", tx, seconds, other)


def _event(direction, tx, seconds, other):
    own = {"direction": direction, "tx_hash": tx, "time": at(seconds)}
    return {**_PLAIN, **_SIDES[direction], **own, **other}


def events(*rows):
    """Table of events, schema BRIDGE_EVENT."""
    return pa.table({f.name: pa.array([row[f.name] for row in rows], f.type) for f in BRIDGE_EVENT}).cast(
        BRIDGE_EVENT
    )


def split(table):
    """Deposits and withdrawals."""
    return [table.filter(pc.equal(table["direction"], side)) for side in ("deposit", "withdrawal")]


def pairs_of(links):
    """(Deposit, withdrawal) transactions of links, sorted."""
    return sorted(zip(links["deposit_tx"].to_pylist(), links["withdrawal_tx"].to_pylist(), strict=True))
