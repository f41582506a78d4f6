"""Where a trace goes on across a bridge: the movement that left and the movement that arrived.

A link names two transactions and what each of them moved; this finds the movements of a ledger that did it.
Where a transaction holds none of that asset and amount, or several that cannot be told apart, the value
stays in flight and the reason is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from bongsu.facts.load import bridge_of
from bongsu.model.ports import Ledger

Row = dict[str, Any]
Key = tuple[str, str, str | None, int | None]
"""Chain, transaction, asset and amount."""
REASONS = ("unstated", "absent", "unclear")
"""Why a side of a link has no movement: the link does not state what was moved; the ledger has no such
movement; the transaction has several and they cannot be told apart."""
SIDES = ("deposit", "withdrawal")
_MOVED = frozenset({"native", "internal", "token", "pay", "flow"})
"""Kinds of movements that a deposit or a withdrawal is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """A movement of a ledger that goes on as another, over a bridge."""

    deposit: int
    """Number of the movement that left."""
    withdrawal: int
    """Number of the movement that arrived."""
    bridge: str
    method: str
    probability: int
    fee: int | None
    """What left less what arrived; None: it does not compare."""
    link: int
    """Row of the link, which names both transactions."""


@dataclass(frozen=True, slots=True)
class Continued:
    """Continuations in the order of their deposits, and links that the ledger does not show."""

    found: tuple[Continuation, ...] = ()
    refused: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Side and one of REASONS to the number of links; a link may lack both sides."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A movement that may be a side of a link."""

    row: int
    position: int | None
    """Place of its log in the block."""
    bridges: frozenset[str]
    """Of SIDES: whether its target (deposit) or its source (withdrawal) is a contract of a bridge."""


def continue_movements(ledger: Ledger, links: pa.Table) -> Continued:
    """For each link the movement that left and the movement that continues it.

    Args:
        ledger: Holds the movements of both chains.
        links: Schema BRIDGE_LINK.

    Cost: one look-up of the transactions of all links, and their movements.
    """
    rows = links.to_pylist()
    moves = _moves(ledger, {row[f"{side}_tx"] for row in rows for side in SIDES})
    refused: Counter[tuple[str, str]] = Counter()
    places = {side: _places(rows, side, moves, refused) for side in SIDES}
    found = [
        Continuation(
            deposit=places["deposit"][number],
            withdrawal=places["withdrawal"][number],
            bridge=row["bridge"],
            method=row["method"],
            probability=row["probability"],
            fee=None if row["fee"] is None else int(row["fee"]),
            link=number,
        )
        for number, row in enumerate(rows)
        if all(number in found for found in places.values())
    ]
    return Continued(tuple(sorted(found, key=lambda one: (one.deposit, one.withdrawal))), refused)


def deposit_movements(ledger: Ledger, deposits: pa.Table) -> dict[int, int]:
    """Row of each deposit that the ledger shows to the movement that left.

    Args:
        ledger: The ledger.
        deposits: Schema BRIDGE_EVENT.
    """
    names = {"chain": "chain", "tx": "tx_hash", "asset": "asset", "amount": "amount", "position": "position"}
    rows = [
        {f"deposit_{name}": row[own] for name, own in names.items()} | {"transfer_id": row["transfer_id"]}
        for row in deposits.to_pylist()
    ]
    moves = _moves(ledger, {row["deposit_tx"] for row in rows})
    return _places(rows, "deposit", moves, Counter())


def _moves(ledger: Ledger, hashes: Iterable[str]) -> dict[Key, list[_Move]]:
    """Movements of some transactions in the order of the ledger."""
    rows = ledger.find_transactions(hashes)
    found: defaultdict[Key, list[_Move]] = defaultdict(list)
    if not len(rows):
        return found
    moved = ledger.movements(rows).select(["source", "target", "amount", "kind"]).to_pylist()
    cited = ledger.citations(rows).select(["tx_hash", "position"]).to_pylist()
    ends = np.unique([[move["source"], move["target"]] for move in moved])
    pools = dict(zip(ends.tolist(), ledger.pools(ends).to_pylist(), strict=True))
    for row, move, cite in zip(rows.tolist(), moved, cited, strict=True):
        if move["kind"] in _MOVED:
            source, target = pools[move["source"]], pools[move["target"]]
            sides = zip(SIDES, (target, source), strict=True)
            bridges = frozenset(side for side, pool in sides if _is_bridge(pool))
            # Only logs are numbered as the logs of bridges are.
            place = cite["position"] if move["kind"] == "token" else None
            key = target["chain"], cite["tx_hash"], target["asset"], int(move["amount"])
            found[key].append(_Move(row, place, bridges))
    return found


def _is_bridge(pool: Row) -> bool:
    return bridge_of(pool["chain"], pool["address"] or pool["holder"]) is not None


def _places(
    rows: list[Row], side: str, moves: Mapping[Key, list[_Move]], refused: Counter[tuple[str, str]]
) -> dict[int, int]:
    """Link to the movement that is its side; links without one are counted."""
    together: defaultdict[Key, defaultdict[Any, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, row in enumerate(rows):
        amount = row[f"{side}_amount"]
        key = row[f"{side}_chain"], row[f"{side}_tx"], row[f"{side}_asset"], amount and int(amount)
        # What is paid out in parts is one deposit on several links.
        event = row[f"{side}_position"], row["transfer_id"]
        together[key][event if event != (None, None) else number].append(number)
    places: dict[int, int] = {}
    for key, events in together.items():
        found = _choose(side, list(events), moves.get(key, []))
        links = list(events.values())
        if found:
            places |= {n: move.row for same, move in zip(links, found, strict=True) for n in same}
        else:
            why = "unstated" if None in key else "unclear" if moves.get(key) else "absent"
            refused[side, why] += sum(map(len, links))
    return places


def _choose(side: str, events: list[Any], moves: list[_Move]) -> list[_Move]:
    """Movement of each event, all of one asset and amount in one transaction; empty where it is not clear.

    Movements with a contract of a bridge come first. A log follows the transfer that it tells of; without
    places, value reaches a bridge with the last of equal transfers and leaves it with the first.
    """
    own = [move for move in moves if side in move.bridges]
    usable = own if len(own) >= len(events) else moves
    nearest = _nearest(events, usable)
    if nearest:
        return nearest
    if len(events) == len(usable):
        return usable
    if len(events) == 1 and usable:
        return [usable[-1] if side == "deposit" else usable[0]]
    return []


def _nearest(events: list[Any], moves: list[_Move]) -> list[_Move]:
    """For each event, in the order of logs, the last transfer before it that is not another's; or nothing."""
    if not all(isinstance(event, tuple) and event[0] is not None for event in events):
        return []
    free = [move for move in moves if move.position is not None]
    chosen: dict[int, _Move] = {}
    for number in sorted(range(len(events)), key=lambda n: int(events[n][0])):
        before = [move for move in free if move.position is not None and move.position < events[number][0]]
        if not before:
            return []
        chosen[number] = max(before, key=lambda move: move.position or 0)
        free.remove(chosen[number])
    return [chosen[number] for number in range(len(events))]
