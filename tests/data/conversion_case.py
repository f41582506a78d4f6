"""Small transactions for tests of conversions: moves and events by short names."""

from tests.data.event_log import CHAIN, COIN, address, token

from bongsu.analyze.venue import Move
from bongsu.model.conversion import ConversionEvent

A, B, M, LP = (token(address(name)) for name in ("aaa", "bbb", "mid", "pool"))
"""Tokens; the order of A, M, B by address is a, b, m; LP is the pool's own."""
PLAIN = {
    "chain": CHAIN, "block": 1, "tx_index": 0, "tx_hash": "0x1", "position": 9, "leg": 0, "account": None,
    "given_asset": None, "given": None, "received_asset": None, "received": None, "slot": None,
    "receiver": None, "kind": "swap", "protocol": "uniswap-v2", "venue": "pool", "emitter": "pool",
    "method": "decoded", "confidence": 80, "locator": 1,
}  # fmt: skip


def moves(*given):
    """Moves of (source, target, asset, amount), numbered from 0."""
    return [Move(row, *one) for row, one in enumerate(given)]


def event(**more):
    """An event of a pool called `pool`; its token's asset is `own`."""
    return ConversionEvent(**{**PLAIN, **more})


def traded(given, received, **more):
    """A swap of (asset, amount) for (asset, amount)."""
    (asset, amount), (other, got) = given, received
    sides = {"given_asset": asset, "given": amount, "received_asset": other, "received": got}
    return event(**sides, **more)


__all__ = ["COIN"]
