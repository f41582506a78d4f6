"""Conversions of a ledger as movements that the kernels take: a payment that becomes another asset.

Transactions with events are settled by them; what they leave open, and transactions without events, are
guessed at from balances. Every payment that is not followed has a reason.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.book import stated_movements
from bongsu.analyze.conversion import Settled, Settlement, settle
from bongsu.analyze.conversion_guess import guess
from bongsu.analyze.conversion_split import SplitRule
from bongsu.analyze.price import Prices
from bongsu.analyze.swap import How, Swap, Swaps
from bongsu.analyze.venue import Move
from bongsu.kernel.case import Array
from bongsu.kernel.conversion import converted
from bongsu.model.conversion import CONVERSION, ConversionEvent
from bongsu.model.ports import Ledger

Row = dict[str, Any]
_FEES = ("fee", "base_fee", "reward")
Place = tuple[str, int]
"""Transaction and position of an event."""
Cite = tuple[int, int]
"""File number and locator."""
PoolOf = Callable[[str, str, str], int | None]
"""Number of the pool of (chain, asset, holder); null: the ledger has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A settled conversion in the ledger's numbers."""

    settled: Settled
    tx_hash: str
    target: int
    """The receiver's pool of what was received."""
    shares: tuple[int, ...]
    """What each payment became, in base units of the other asset; they add up to `settled.received`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanges:
    """Conversions of a ledger in the order of their first payments, and payments that are not followed."""

    found: tuple[Exchange, ...] = ()
    refused: Mapping[int, str] = field(default_factory=dict)
    """Payment to one of `bongsu.analyze.conversion.REASONS`."""
    settlements: Mapping[str, Settlement] = field(default_factory=dict)
    """Transaction with events to what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What the ledger's gaps say of transactions."""

    untraced: frozenset[str] = frozenset()
    """Transactions whose movements of coins by contracts are missing."""
    called: Mapping[str, str] = field(default_factory=dict)
    """Transaction to the contract that it called, as far as gaps name it."""


def gap_facts(gaps: pa.Table) -> Gaps:
    """What a ledger's gaps say of its transactions."""
    rows = gaps.filter(pc.equal(gaps["reason"], "needs_traces"))
    hashes, holders = rows["tx_hash"].to_pylist(), rows["holder"].to_pylist()
    return Gaps(untraced=frozenset(hashes), called=dict(zip(hashes, holders, strict=True)))


def ledger_moves(ledger: Ledger, rows: Array) -> pa.Table:
    """Movements with the holders of their ends: row, chain, hash, kind, holders, asset, amount, time."""
    table = stated_movements(ledger, rows)
    paying, paid = (ledger.pools(table[side].to_numpy()) for side in ("source", "target"))
    columns = {
        "row": pa.array(rows, pa.int64()),
        "chain": paying["chain"],
        "tx_hash": table["tx_hash"],
        "kind": table["kind"],
        "source": paying["holder"],
        "target": paid["holder"],
        "asset": paying["asset"],
        "amount": table["amount"],
        "time": table["time"],
    }
    return pa.table(columns)


def find_exchanges(
    moves: pa.Table,
    events: pa.Table,
    pool_of: PoolOf,
    *,
    gaps: Gaps,
    prices: Prices | None = None,
    guessing: bool = True,
) -> Exchanges:
    """Conversions in whole transactions.

    Args:
        moves: Every movement of the transactions to look at, in the ledger's order, from `ledger_moves`.
        events: Decoded events, `bongsu.model.conversion.CONVERSION`; those of other transactions are left.
        pool_of: Number of a pool.
        gaps: What is known to be missing.
        prices: Prices to share among several assets by.
        guessing: Whether conversions that no event shows are inferred from balances.

    Cost: Python per movement; meant for the transactions that touch what is traced.
    """
    by_tx = _by_transaction(moves.to_pylist())
    by_event = _events_by_transaction(events, set(by_tx))
    found: list[Exchange] = []
    refused: dict[int, str] = {}
    settlements: dict[str, Settlement] = {}
    for tx_hash, rows in by_tx.items():
        listed = [_move(row) for row in rows if row["kind"] not in _FEES]
        rule = SplitRule(prices=prices, time=rows[0]["time"])
        untraced = tx_hash in gaps.untraced
        settlement = settle(by_event.get(tx_hash, []), listed, untraced=untraced, split=rule)
        if tx_hash in by_event:
            settlements[tx_hash] = settlement
        settled, why = list(settlement.settled), dict(settlement.refused)
        if guessing and not settled:
            settled, more = _guessed(rows, listed, gaps.called.get(tx_hash), refused=why)
            why = more
        for one in settled:
            exchange = _exchange(one, tx_hash, rows[0]["chain"], pool_of)
            if exchange is None:
                why |= {row: "needs_traces" for row, _ in one.payments}
            else:
                found.append(exchange)
        refused |= why
    order = sorted(found, key=lambda one: one.settled.payments[0][0])
    return Exchanges(found=tuple(order), refused=refused, settlements=settlements)


def _by_transaction(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["tx_hash"]:
            found[row["tx_hash"]].append(row)
    return found


def _events_by_transaction(events: pa.Table, hashes: Collection[str]) -> dict[str, list[ConversionEvent]]:
    wanted = pc.is_in(events["tx_hash"], value_set=pa.array(sorted(hashes), pa.string()))
    found: defaultdict[str, list[ConversionEvent]] = defaultdict(list)
    order = [("tx_hash", "ascending"), ("position", "ascending"), ("leg", "ascending")]
    for row in events.select(CONVERSION.names).filter(wanted).sort_by(order).to_pylist():
        sides = {name: None if row[name] is None else int(row[name]) for name in ("given", "received")}
        found[row["tx_hash"]].append(ConversionEvent(**{**row, **sides}))
    return dict(found)


def _move(row: Row) -> Move:
    return Move(row["row"], row["source"], row["target"], row["asset"], int(row["amount"]))


def _guessed(
    rows: Sequence[Row], moves: Sequence[Move], called: str | None, *, refused: Mapping[int, str]
) -> tuple[list[Settled], dict[int, str]]:
    """What balances show where no event settled anything; coins that are known to be missing forbid it."""
    if "needs_traces" in refused.values():
        return [], dict(refused)
    senders = {row["source"] for row in rows if row["kind"] in ("fee", "base_fee")}
    natives = {row["target"] for row in rows if row["kind"] == "native"}
    sender = senders.pop() if len(senders) == 1 else None
    found, why = guess(moves, sender=sender, called=called or (natives.pop() if len(natives) == 1 else None))
    used = {row for one in found for row, _ in one.payments}
    return found, {row: reason for row, reason in {**why, **refused}.items() if row not in used}


def _exchange(one: Settled, tx_hash: str, chain: str, pool_of: PoolOf) -> Exchange | None:
    target = pool_of(chain, one.received_asset, one.receiver)
    if target is None or not one.payments or not one.received:
        return None
    parts = [(place, part) for place, (_, part) in enumerate(one.payments)]
    shares = tuple(share for _, share in converted(parts, one.received))
    return Exchange(settled=one, tx_hash=tx_hash, target=target, shares=shares)


def as_swaps(exchanges: Exchanges, moves: pa.Table, places: Mapping[Place, Cite] | None = None) -> Swaps:
    """Exchanges that take whole payments, as a trace takes them; the others are refused with a reason.

    A payment that became several assets, or of which some came back, would have to be cut. A movement that
    is one exchange's payment and another's arrival (both parties are accounts) stays the payment.

    Args:
        exchanges: What `find_exchanges` found.
        moves: The movements that it was given.
        places: Transaction and position of each event to the file and row that state it.
    """
    amounts = dict(zip(moves["row"].to_pylist(), map(int, moves["amount"].to_pylist()), strict=True))
    swaps: list[Swap] = []
    refused = dict(exchanges.refused)
    paying = {row for one in exchanges.found for row, _ in one.settled.payments}
    for one in exchanges.found:
        whole = all(part == amounts[row] for row, part in one.settled.payments)
        if not whole or one.settled.idle:
            refused |= {row: "unknown_split" for row, _ in one.settled.payments}
            continue
        arrivals = tuple(row for row in one.settled.arrivals if row not in paying)
        for (row, _), share in zip(one.settled.payments, one.shares, strict=True):
            if share:
                how = _how(one, places or {})
                swaps.append(Swap(row=row, target=one.target, received=share, arrivals=arrivals, how=how))
    return Swaps(found=tuple(sorted(swaps, key=lambda swap: swap.row)), refused=refused)


def _how(one: Exchange, places: Mapping[Place, Cite]) -> How:
    said, settled = places.get((one.tx_hash, one.settled.position)), one.settled
    return How(
        kind=settled.kind,
        method=settled.method,
        by=settled.protocol,
        confidence=settled.confidence,
        stated=(said,) if said and settled.method == "decoded" else (),
    )


def _places(events: pa.Table) -> dict[Place, Cite]:
    """Where each event stands, if its file is known."""
    if "file" not in events.column_names:
        return {}
    names = ("tx_hash", "position", "file", "locator")
    rows = zip(*(events[name].to_pylist() for name in names), strict=True)
    return {(tx, position): (file, locator) for tx, position, file, locator in rows}


def _kept_by(found: Exchanges, moves: pa.Table, ledger: Ledger) -> frozenset[int]:
    """Pools of believed venues that got what is not followed."""
    kept = set()
    for move in moves.select(["row", "tx_hash", "target"]).to_pylist():
        settlement = found.settlements.get(move["tx_hash"])
        if settlement and move["row"] in found.refused:
            venues = {check.venue for check in settlement.checks if check.agrees}
            if move["target"] in venues:
                kept.add(int(ledger.ends()[1][move["row"]]))
    return frozenset(kept)


def conversions_as_swaps(
    events: pa.Table,
    ledger: Ledger,
    rows: Array,
    *,
    prices: Prices | None = None,
    guessing: bool = True,
) -> Swaps:
    """Exchanges of whole transactions of a ledger, ready for the extraction of a case.

    Args:
        events: Decoded events of the ledger.
        ledger: The ledger.
        rows: Every movement of the transactions to look at, ascending.
        prices: Prices to share among several assets by.
        guessing: Whether conversions that no event shows are inferred from balances.
    """
    moves = ledger_moves(ledger, rows)
    found = find_exchanges(
        moves, events, pool_finder(ledger), gaps=gap_facts(ledger.gaps()), prices=prices, guessing=guessing
    )
    return replace(as_swaps(found, moves, _places(events)), venues=_kept_by(found, moves, ledger))


def pool_finder(ledger: Ledger) -> PoolOf:
    """Finder of pool numbers."""
    known: dict[tuple[str, str, str], int] = {}
    seen: set[str] = set()

    def find(chain: str, asset: str, holder: str) -> int | None:
        if holder not in seen:
            seen.add(holder)
            numbers = ledger.find_pools([holder])
            for number, pool in zip(numbers.tolist(), ledger.pools(numbers).to_pylist(), strict=True):
                known[pool["chain"], pool["asset"], pool["holder"]] = number
        return known.get((chain, asset, holder))

    return find


class Converting(NamedTuple):
    """Movements of a ledger in which payments are exchanges: what a kernel's case is made of."""

    row: Array
    """The ledger's movement; one that was cut stands as often as it has parts: int64."""
    source: Array
    target: Array
    amount: list[int]
    received: list[int]
    """What the target gets of the other asset; 0 for an ordinary movement.

    A payment that became several assets stands once with its amount, and with 0 for each further asset.
    """


def converting_moves(
    ends: tuple[Array, Array], amounts: Sequence[int], exchanges: Iterable[Exchange]
) -> Converting:
    """All movements with exchanges in them; what brought the other asset, or came back, is left out.

    Args:
        ends: Source and target pool of every movement.
        amounts: Base units of every movement.
        exchanges: Exchanges among them; a payment may have become several assets.
    """
    parts: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    moved: set[int] = set()
    for one in exchanges:
        for (row, part), share in zip(one.settled.payments, one.shares, strict=True):
            parts[row].append((one.target, part, share))
        moved.update(one.settled.arrivals, one.settled.idle)
    made: list[tuple[int, ...]] = []
    for row, (source, target, amount) in enumerate(
        zip(*(end.tolist() for end in ends), amounts, strict=True)
    ):
        if row in parts:
            made += _converting(row, source, parts[row])
        elif row not in moved:
            made.append((row, source, target, amount, 0))
    columns = list(zip(*made, strict=True)) if made else [()] * 5
    ledger_rows, payers, payees = (np.array(column, dtype=np.int64) for column in columns[:3])
    return Converting(ledger_rows, payers, payees, list(columns[3]), list(columns[4]))


def _converting(row: int, source: int, parts: Sequence[tuple[int, int, int]]) -> list[tuple[int, ...]]:
    """Movements of one payment: all that it gave into the first asset, and what else it became."""
    real = [(target, share) for target, _, share in parts if share]
    whole = sum(part for _, part, _ in parts)
    return [(row, source, to, 0 if place else whole, share) for place, (to, share) in enumerate(real)]
