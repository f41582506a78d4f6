"""Exchanges of one asset for another inside one transaction, read off the ledger: rule 8.

An account paid a labeled converter (a DEX router, an aggregator, a wrapper) and got exactly one other
asset in the same transaction: what it paid became what it got. Where the ledger says who sent the
transaction, only that account is taken for one that exchanged. Anything less plain is not guessed;
the value ends at the converter and the reason is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bongsu.analyze.end import Codes
from bongsu.analyze.pool_mask import Mask
from bongsu.analyze.stop import CODE
from bongsu.kernel.case import Array
from bongsu.kernel.reach import Turned
from bongsu.model.ports import Ledger

Row = dict[str, Any]
REASONS = (
    "nothing_received",
    "several_payments",
    "unknown_split",
    "below_threshold",
    "several_accounts",
    "needs_traces",
    "transfers_disagree",
    "side_unknown",
    "unknown_token",
)
"""Why a payment to a converter is not followed: nothing else came back in its transaction, the account
paid converters more than once, it got several assets or some of what it paid back, or too little. Of decoded
ones also those of `bongsu.analyze.conversion.REASONS`; and what came is no token that facts know."""
PLAIN = 75
"""Confidence of an exchange that only a label and what came back in its transaction show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How one asset became another, and how sure that is."""

    kind: str = "swap"
    """One of `bongsu.model.conversion.CONVERSION_KINDS`, or `bridge`."""
    method: str = "plain"
    """`decoded`, `plain` or `inferred`; of a bridge `id`, `score` or `stated`."""
    by: str = ""
    """Slug of the protocol or bridge; empty: not known."""
    confidence: int = PLAIN
    why: tuple[str, ...] = ()
    """Reasons beside those of the method, one sentence each."""
    stated: tuple[tuple[int, int], ...] = ()
    """File number and locator of the events that say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """One payment that became another asset. Rows and pools in the ledger's numbers."""

    row: int
    target: int
    """The payer's pool of the asset that it got."""
    received: int
    """Base units of that asset."""
    arrivals: tuple[int, ...]
    """Movements that brought it; none where an event alone says so, and several payments may share them."""
    how: How = How()


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A payment that left over a bridge, and what continues it. Rows and pools in the ledger's numbers."""

    deposit: int
    """Movement that left."""
    withdrawal: int
    """Movement that arrived; -1: none is known, the value is in flight."""
    target: int
    """Pool that it arrived at; -1 in flight."""
    received: int
    """Base units that arrived; 0 in flight."""
    how: How
    deposit_chain: str
    deposit_tx: str
    withdrawal_chain: str
    """Where it arrived, also where the ledger lacks that; empty: not known."""
    withdrawal_tx: str
    fee: int | None
    """What left less what arrived; null: it does not compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swaps:
    """Exchanges of a ledger in the order of their payments, and those that are not followed."""

    found: tuple[Swap, ...] = ()
    refused: Mapping[int, str] = field(default_factory=dict)
    """Payment to one of `REASONS`."""
    crossings: tuple[Crossing, ...] = ()
    """Payments over bridges in the order of their deposits."""
    venues: frozenset[int] = frozenset()
    """Pools of venues that kept what is not followed: ends, as a labeled converter is one."""

    @property
    def size(self) -> int:
        """How many things are known; it only grows."""
        return len(self.found) + len(self.crossings) + len(self.venues)

    def joined(self, other: "Swaps") -> "Swaps":
        """These exchanges and the other ones, each once; the first known of a payment stays."""
        found = {swap.row: swap for swap in (*other.found, *self.found)}
        crossed = {one.deposit: one for one in (*other.crossings, *self.crossings)}
        refused = {row: why for row, why in {**self.refused, **other.refused}.items() if row not in found}
        return Swaps(
            found=tuple(found[row] for row in sorted(found)),
            refused=refused,
            crossings=tuple(crossed[row] for row in sorted(crossed)),
            venues=self.venues | other.venues,
        )

    def leaves(self) -> dict[int, tuple[int, ...]]:
        """Deposit to the payments that it is: itself, or those that became it and nothing else."""
        brought: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
        for swap in self.found:
            if len(swap.arrivals) == 1:
                brought[swap.arrivals[0]] += (swap.row,)
        return {one.deposit: brought.get(one.deposit, (one.deposit,)) for one in self.crossings}

    def routes(self) -> dict[int, int]:
        """Payment to the pool that it reaches in the end."""
        targets, leaves = {swap.row: swap.target for swap in self.found}, self.leaves()
        arrived = [one for one in self.crossings if one.withdrawal >= 0]
        return targets | {row: one.target for one in arrived for row in leaves[one.deposit]}

    def turned(self) -> Turned:
        """Payments that reach what they became."""
        routes = sorted(self.routes().items())
        rows, targets = np.array(routes, dtype=np.int64).reshape(-1, 2).T
        return Turned(np.ascontiguousarray(rows), np.ascontiguousarray(targets))

    def closed(self) -> Array:
        """Movements that carry nothing on: what brought what payments became, and what is in flight."""
        leaves = self.leaves()
        rows = [row for swap in self.found for row in swap.arrivals]
        rows += [one.withdrawal for one in self.crossings if one.withdrawal >= 0]
        rows += [row for one in self.crossings if one.withdrawal < 0 for row in leaves[one.deposit]]
        return np.array(rows, dtype=np.int64)

    def follow(self, rows: Array, source: Array, target: Array) -> tuple[Array, Array]:
        """Ends of movements, where a payment reaches what it became and its arrivals pay nothing."""
        place = dict(zip(rows.tolist(), range(len(rows)), strict=True)) if self.size else {}
        for row, reached in self.routes().items():
            if row in place:
                target[place[row]] = reached
        brought = [(row, swap.target) for swap in self.found for row in swap.arrivals]
        brought += [(one.withdrawal, one.target) for one in self.crossings]
        for row, reached in brought:
            if row in place:
                source[place[row]] = reached
        return source, target


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapFinder:
    """Finds exchanges whose payer is followed and whose payee is labeled as a converter."""

    ledger: Ledger
    codes: Codes
    """Stop of each pool of the ledger."""
    counted: Mask
    """Pools of assets that count as value; an impostor is never what was received."""
    minimum: Mapping[str, int]
    """Asset to the smallest movement that is followed."""

    def find(self, rows: Array) -> Swaps:
        """Exchanges in the transactions that some movements are of.

        Cost: a few look-ups a movement of those transactions.
        """
        if not (self.codes == CODE["conversion"]).any():
            return Swaps()
        together = self.ledger.same_transactions(rows)
        payments = self._payments(together)
        moves = _described(self.ledger, self.ledger.same_transactions(payments))
        swaps: list[Swap] = []
        refused: dict[int, str] = {}
        by_payer = _by_account(moves, set(payments.tolist()), self.counted)
        senders = _senders(moves)
        for (transaction, _chain, holder), (paid, arrivals) in by_payer.items():
            reason = _refusal(paid, arrivals, self.minimum)
            if not reason and holder not in senders.get(transaction, {holder}):
                reason = "side_unknown"
            if reason:
                refused |= dict.fromkeys((move["row"] for move in paid), reason)
            elif paid:
                swaps.append(_swap(paid[0], arrivals))
        return Swaps(found=tuple(sorted(swaps, key=lambda swap: swap.row)), refused=refused)

    def _payments(self, rows: Array) -> Array:
        """Payments to converters among movements, in a stated transaction."""
        source, target = (end[rows] for end in self.ledger.ends())
        followed = (self.codes[source] == 0) & self.counted[source]
        paid = rows[(self.codes[target] == CODE["conversion"]) & followed]
        stated: Mask = self.ledger.movements(paid)["transaction"].is_valid().to_numpy()
        kept: Array = paid[stated]
        return kept


def _described(ledger: Ledger, rows: Array) -> list[Row]:
    """Movements with the account and asset of their ends."""
    table = ledger.movements(rows).select(["source", "target", "amount", "transaction", "kind"])
    ends = {side: ledger.pools(table[side].to_numpy()).to_pylist() for side in ("source", "target")}
    return [
        {**move, "row": row, "amount": int(move["amount"]), "payer": payer, "payee": payee}
        for row, move, payer, payee in zip(
            rows.tolist(), table.to_pylist(), ends["source"], ends["target"], strict=True
        )
    ]


def _by_account(
    moves: Iterable[Row], payments: set[int], counted: Mask
) -> dict[tuple[int, str, str], tuple[list[Row], list[Row]]]:
    """(transaction, chain, holder) of who paid a converter to its payments there and what it got."""
    paid: defaultdict[tuple[int, str, str], list[Row]] = defaultdict(list)
    got: defaultdict[tuple[int, str, str], list[Row]] = defaultdict(list)
    for move in moves:
        if not move["amount"] or move["source"] == move["target"]:
            continue
        payer, payee = move["payer"], move["payee"]
        if move["row"] in payments:
            paid[move["transaction"], payer["chain"], payer["holder"]].append(move)
        if counted[move["target"]] and payer["holder"] != payee["holder"]:
            got[move["transaction"], payee["chain"], payee["holder"]].append(move)
    return {account: (paid[account], got[account]) for account in paid}


def _senders(moves: Iterable[Row]) -> dict[int, set[str]]:
    """Transaction to who paid its fee, where that is shown: a pool's side of a trade looks like a trade."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for move in moves:
        if move["kind"] in ("fee", "base_fee"):
            found[move["transaction"]].add(move["payer"]["holder"])
    return dict(found)


def _refusal(payments: list[Row], arrivals: list[Row], minimum: Mapping[str, int]) -> str:
    """Why an exchange is not followed, or empty."""
    if len(payments) > 1:
        return "several_payments"
    asset = payments[0]["payer"]["asset"]
    if payments[0]["amount"] < minimum.get(asset, minimum.get("*", 0)):
        return "below_threshold"
    received = {move["payee"]["asset"] for move in arrivals}
    if not received:
        return "nothing_received"
    return "unknown_split" if len(received) > 1 or asset in received else ""


def _swap(payment: Row, arrivals: list[Row]) -> Swap:
    return Swap(
        row=payment["row"],
        target=arrivals[0]["target"],
        received=sum(move["amount"] for move in arrivals),
        arrivals=tuple(move["row"] for move in arrivals),
    )


def refused_by_reason(swaps: Swaps, touched: Array, source: Array) -> dict[str, int]:
    """Number of payments to converters by stolen value's holders that are not followed, by reason."""
    counts = Counter(why for row, why in swaps.refused.items() if touched[source[row]])
    return {why: counts[why] for why in REASONS if counts[why]}
