"""Why the tokens of a transaction moved as they did: each net of each holder has an explanation or none.

Per transaction and asset the nets add up to zero by construction; what can be wrong is that a venue does
not have what its events say, or that somebody gave one token and got another and nothing says why.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from bongsu.analyze.conversion import Settled, Settlement, is_account, nets_of
from bongsu.analyze.venue import Move, VenueCheck, is_coin

WHYS = (
    "venue",
    "fee_on_transfer",
    "rebasing",
    "made_or_burned",
    "converted",
    "inferred",
    "payment",
    "needs_traces",
    "unexplained",
)
"""venue: what its events say it took and paid; fee_on_transfer, rebasing: where they differ and why;
made_or_burned: the token's supply changed; converted, inferred: an account's conversion; payment: the
holder only got or only gave tokens; needs_traces: the other side are coins that are not in the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """What a holder got (positive) or gave of a token in one transaction, and why."""

    tx_hash: str
    holder: str
    asset: str
    amount: int
    why: str


@dataclass(slots=True, kw_only=True)
class Reconciled:
    """Nets of many transactions."""

    nets: list[Net] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Number of nets by why, in the order of `WHYS`."""
        found = Counter(net.why for net in self.nets)
        return {why: found[why] for why in WHYS if found[why]}

    def unexplained(self) -> list[Net]:
        """Nets that nothing explains."""
        return [net for net in self.nets if net.why == "unexplained"]


def explain(
    tx_hash: str,
    moves: Sequence[Move],
    settlement: Settlement,
    *,
    inferred: Iterable[Settled] = (),
    untraced: bool = False,
    nonfungible: Collection[str] = (),
) -> list[Net]:
    """Every net of every holder of a transaction but those of zero.

    Args:
        tx_hash: The transaction.
        moves: Its transfers, fees not among them.
        settlement: What its events say.
        inferred: Conversions that balances show.
        untraced: Whether movements of coins by contracts are missing.
        nonfungible: Assets of single things, which are no ERC-20; they are left out.
    """
    shown = [move for move in moves if move.asset not in nonfungible]
    guessed = list(inferred)
    nets = nets_of(shown)
    checks = {check.venue: check for check in settlement.checks}
    work = _Work(settlement, guessed, _reasons(shown, settlement), _facing(shown, guessed), untraced)
    found = []
    for holder in sorted(nets):
        for asset in sorted(nets[holder]):
            amount = nets[holder][asset]
            if not amount or is_coin(asset):
                continue
            why = work.why(holder, asset, nets[holder], checks.get(holder))
            found.append(Net(tx_hash=tx_hash, holder=holder, asset=asset, amount=amount, why=why))
    return found


@dataclass(frozen=True, slots=True)
class _Work:
    """What is known of a transaction while its nets are explained."""

    settlement: Settlement
    inferred: list[Settled]
    reasons: dict[str, set[str]]
    facing: set[str]
    untraced: bool

    def why(self, holder: str, asset: str, net: Mapping[str, int], check: VenueCheck | None) -> str:
        """Why a holder's net of an asset is what it is."""
        converted = self.converted(holder)
        if asset in converted:
            return converted[asset]
        if not is_account(holder):
            return "made_or_burned"
        if check is not None:
            return _why_venue(check, asset)
        if holder in self.facing:
            return "inferred"
        rest = {one: value for one, value in net.items() if one not in converted}
        return _why_other(rest, self.reasons.get(holder, set()), hidden=self.untraced)

    def converted(self, holder: str) -> dict[str, str]:
        """Assets that a holder gave or got by a conversion, and whether an event says so."""
        found: dict[str, str] = {}
        for why, ones in (("inferred", self.inferred), ("converted", self.settlement.settled)):
            for one in ones:
                found |= {one.given_asset: why} if one.account == holder else {}
                found |= {one.received_asset: why} if one.receiver == holder else {}
        return found


def _facing(moves: Iterable[Move], inferred: Iterable[Settled]) -> set[str]:
    """Who took what was given and paid what was received in a conversion that balances show."""
    by_row = {move.row: move for move in moves}
    took = {by_row[row].target for one in inferred for row, _ in one.payments if row in by_row}
    paid = {by_row[row].source for one in inferred for row in one.arrivals if row in by_row}
    return took & paid


def _reasons(moves: Iterable[Move], settlement: Settlement) -> dict[str, set[str]]:
    """Holder to the reasons why its payments are not followed."""
    found: dict[str, set[str]] = {}
    for move in moves:
        reason = settlement.refused.get(move.row)
        if reason:
            found.setdefault(move.source, set()).add(reason)
    return found


def _why_venue(check: VenueCheck, asset: str) -> str:
    """How a venue's balance of a token follows from its events; a token they do not name is a payment."""
    if not check.agrees:
        return "unexplained"
    if asset not in {side for e in check.events for side in (e.given_asset, e.received_asset)}:
        return "payment"
    differs = asset in dict(check.differences)
    return "venue" if not differs or check.status not in WHYS else check.status


def _why_other(net: Mapping[str, int], reasons: Collection[str], *, hidden: bool) -> str:
    """One who only got or only gave made or took a payment; coins that a row shows count as another side."""
    signs = {value > 0 for value in net.values() if value}
    if len(signs) == 1:
        return "needs_traces" if "needs_traces" in reasons else "payment"
    tokens = {value > 0 for asset, value in net.items() if value and not is_coin(asset)}
    return "needs_traces" if hidden and len(tokens) == 1 else "unexplained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How two statements of the same token transfers agree, by place in the block's log."""

    both: int
    differing: int
    """At one place, but of other ends, asset or amount."""
    only_first: int
    only_second: int


def compare_transfers(first: pa.Table, second: pa.Table) -> Agreement:
    """How token transfers of two sources agree, one to one by block and place in the log.

    Args:
        first: Transfers, `bongsu.model.transfer.TRANSFER`.
        second: Transfers of the same blocks.
    """
    one, other = (_by_place(table) for table in (first, second))
    shared = one.keys() & other.keys()
    return Agreement(
        both=sum(one[place] == other[place] for place in shared),
        differing=sum(one[place] != other[place] for place in shared),
        only_first=len(one) - len(shared),
        only_second=len(other) - len(shared),
    )


def _by_place(table: pa.Table) -> dict[tuple[int, int], tuple[object, ...]]:
    names = ("block", "position", "source", "target", "asset", "amount", "tx_hash")
    rows = zip(*(table[name].to_pylist() for name in names), strict=True)
    return {(block, position): rest for block, position, *rest in rows}  # type: ignore[misc]
