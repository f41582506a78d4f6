"""What venues of one transaction say they got and paid, held against the transfers in it.

An event is believed only as far as the transfers agree. What an event leaves out (which token, how many
shares) is read off the transfers, and only where they leave one answer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bongsu.model.conversion import ConversionEvent

ZERO = "0x" + "0" * 40
"""Tokens are made from it and burned to it."""
ROUNDING = 2
"""Base units by which a transfer of a rebasing token may differ from an event: shares are whole."""
_WRAPPING = {"wrap", "unwrap"}
_MAKES = {"add_liquidity", "mint", "stake", "wrap"}
"""Kinds that give a share, which is made for it; others take one, which is burned."""


class Move(NamedTuple):
    """One transfer of a transaction; moves are listed in their order."""

    row: int
    """Its number in the ledger; -1: no row, an event alone shows it."""
    source: str
    target: str
    asset: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueCheck:
    """How the transfers of a transaction agree with what one venue's events say."""

    venue: str
    events: tuple[ConversionEvent, ...]
    """Its events with what they left out filled in, as far as the transfers tell."""
    status: str
    """One of `STATUSES`."""
    differences: tuple[tuple[str, int], ...] = ()
    """Asset to how much more the transfers leave the venue than its events say; negative: less."""

    @property
    def agrees(self) -> bool:
        """Whether its events can be believed."""
        return self.status in AGREEING


STATUSES = (
    "exact",
    "needs_traces",
    "rounding",
    "fee_on_transfer",
    "overpaid",
    "rebasing",
    "unresolved",
    "disagrees",
)
"""exact: to the last unit; needs_traces: so far as tokens go, coins are not in the ledger; rounding: by
a unit or two; fee_on_transfer: the token kept a part; overpaid: the venue got more than it asked for;
rebasing: the venue had more than the transfers brought it, as of tokens whose balances grow; all of
these with the other side to the last unit. unresolved: assets cannot be told; disagrees: the transfers
say something else; the events of these two are not used."""
AGREEING = frozenset(STATUSES[:6])
_BY_BALANCE = {"uniswap-v1", "uniswap-v2"}
"""Protocols whose pools take what arrived for what was given; others say what they asked for."""


def is_coin(asset: str) -> bool:
    """Whether an asset is the coin of its chain."""
    return "/slip44:" in asset


def own_token(event: ConversionEvent) -> str:
    """Token whose contract is the event's venue."""
    return f"{event.chain}/erc20:{event.venue}"


def check_venues(
    events: Iterable[ConversionEvent], moves: Sequence[Move], *, untraced: bool
) -> list[VenueCheck]:
    """One check a venue of a transaction.

    Args:
        events: Events of the transaction.
        moves: Transfers of the transaction, fees not among them.
        untraced: Whether movements of coins by contracts are missing.
    """
    by_venue: defaultdict[str, list[ConversionEvent]] = defaultdict(list)
    for event in events:
        if event.venue:
            by_venue[event.venue].append(event)
    return [_check(venue, own, moves, untraced=untraced) for venue, own in by_venue.items()]


def _check(venue: str, events: list[ConversionEvent], moves: Sequence[Move], *, untraced: bool) -> VenueCheck:
    found = tuple(fill_in(event, moves) for event in events)
    if not all(_is_told(event) for event in found):
        return VenueCheck(venue=venue, events=found, status="unresolved")
    said = _said(found)
    seen = _nets(venue, moves, set(said))
    off = {asset: seen[asset] - value for asset, value in said.items()}
    hidden = untraced and any(is_coin(asset) for asset in said)
    if hidden:
        off = {asset: value for asset, value in off.items() if not is_coin(asset)}
    status = _verdict(off, said, by_balance=found[0].protocol in _BY_BALANCE)
    if status == "exact" and hidden:
        status = "needs_traces"
    differences = tuple(sorted((asset, value) for asset, value in off.items() if value))
    return VenueCheck(venue=venue, events=found, status=status, differences=differences)


def _said(events: Iterable[ConversionEvent]) -> Counter[str]:
    """What a venue took in all (positive) or paid of each asset by its events.

    Its own token and shares are left out, which are made and burned by whoever they belong to.
    """
    said: Counter[str] = Counter()
    for event in events:
        for asset, amount, sign in _sides(event):
            if asset != own_token(event) and asset != _share_of(event):
                said[asset] += sign * amount
    return said


def _sides(event: ConversionEvent) -> list[tuple[str, int, int]]:
    """Asset, amount and sign of the sides that an event states in full: what the venue took, what it paid."""
    sides = ((event.given_asset, event.given, 1), (event.received_asset, event.received, -1))
    return [
        (asset, amount, sign) for asset, amount, sign in sides if asset is not None and amount is not None
    ]


def _share_of(event: ConversionEvent) -> str | None:
    if event.kind in _WRAPPING and event.protocol != "lido":
        return None
    if event.kind == "swap":
        return None
    return event.received_asset if event.kind in _MAKES else event.given_asset


def _verdict(off: dict[str, int], said: Counter[str], *, by_balance: bool) -> str:
    wrong = {asset: value for asset, value in off.items() if value}
    if not wrong:
        return "exact"
    if all(abs(value) <= ROUNDING for value in wrong.values()):
        return "rounding"
    given = {asset for asset in wrong if said[asset] > 0}
    if len(wrong) == len(said) or (given and len(given) < len(wrong)):
        return "disagrees"
    if any(is_coin(asset) and said[asset] < 0 for asset in wrong):
        return "disagrees"
    more, less = all(value > 0 for value in wrong.values()), all(value < 0 for value in wrong.values())
    if given and less:
        return "rebasing"
    if not more:
        return "disagrees"
    return "fee_on_transfer" if by_balance or not given else "overpaid"


def _is_told(event: ConversionEvent) -> bool:
    """Whether both sides are known so far as the venue's own balance goes; a share need not be."""
    given = event.given_asset is not None or event.given is None
    received = event.received_asset is not None or event.received is None
    return given and received and (event.given_asset is not None or event.received_asset is not None)


def _nets(holder: str, moves: Iterable[Move], assets: set[str]) -> Counter[str]:
    nets: Counter[str] = Counter()
    for move in moves:
        if move.asset in assets:
            nets[move.asset] += move.amount * ((move.target == holder) - (move.source == holder))
    return nets


def fill_in(event: ConversionEvent, moves: Sequence[Move]) -> ConversionEvent:
    """The event with the assets and amounts that the transfers tell and it does not.

    Two tokens of a pool are told by the order of their addresses; else an asset by its amount; a share by
    its mint or burn, where the transaction has one.
    """
    event = _by_order(event, moves)
    if event.given_asset is None and event.given is not None:
        came = [move for move in moves if move.target == event.venue]
        asset = _kept(event.venue, moves, _assets_of(came, event.given), 1)
        event = replace(event, given_asset=asset or _burned(event, moves, event.given))
    if event.received_asset is None and event.received is not None:
        went = [move for move in moves if move.source == event.venue]
        asset = _kept(event.venue, moves, _assets_of(went, event.received), -1)
        event = replace(event, received_asset=asset)
    return _with_share(event, moves)


def _by_order(event: ConversionEvent, moves: Iterable[Move]) -> ConversionEvent:
    if event.slot is None:
        return event
    tokens = sorted(
        {
            move.asset
            for move in moves
            if event.venue in (move.source, move.target)
            and not is_coin(move.asset)
            and move.asset != own_token(event)
        }
    )
    if len(tokens) != 2:
        return event
    first, second = tokens[event.slot], tokens[1 - event.slot]
    if event.kind == "swap":
        return replace(event, given_asset=first, received_asset=second)
    if event.kind in _MAKES:
        return replace(event, given_asset=first)
    return replace(event, received_asset=first)


def _assets_of(moves: Iterable[Move], amount: int) -> set[str]:
    """Assets that were moved in this amount."""
    return {move.asset for move in moves if move.amount == amount}


def _kept(venue: str, moves: Sequence[Move], assets: set[str], sign: int) -> str | None:
    """The one of some assets of which a venue has more (1) or less (-1) in the end.

    A venue that wraps coins moves both the coin and its token in one amount; only one of them is its own.
    """
    if len(assets) > 1:
        nets = _nets(venue, moves, assets)
        assets = {asset for asset in assets if nets[asset] * sign > 0}
    return next(iter(assets)) if len(assets) == 1 else None


def _burned(event: ConversionEvent, moves: Iterable[Move], amount: int) -> str | None:
    """The one share that was burned in this amount."""
    if event.kind in _MAKES or event.kind == "swap":
        return None
    assets = _assets_of((move for move in moves if move.target == ZERO), amount)
    return assets.pop() if len(assets) == 1 else None


def _with_share(event: ConversionEvent, moves: Sequence[Move]) -> ConversionEvent:
    """The event with the share that was made or burned for it, and what was given for a share."""
    if event.kind == "swap":
        return event
    if event.kind not in _MAKES:
        share, amount = _share(event.given_asset, event.given, (m for m in moves if m.target == ZERO))
        event = replace(event, given_asset=share, given=amount)
        if event.received is None and event.received_asset is not None:
            event = replace(event, received=_sum(event.venue, event.received_asset, moves, paid=True))
        return event
    got = {event.receiver, event.account} - {None}
    made = (m for m in moves if m.source == ZERO and (not got or m.target in got))
    share, amount = _share(event.received_asset, event.received, made)
    event = replace(event, received_asset=share, received=amount)
    if event.given is None and event.given_asset is not None:
        event = replace(event, given=_sum(event.venue, event.given_asset, moves, paid=False))
    return event


def _share(asset: str | None, amount: int | None, moves: Iterable[Move]) -> tuple[str | None, int | None]:
    """Asset and amount of a share: the one that was made or burned, if the event does not say."""
    found = [move for move in moves if asset in (None, move.asset) and not is_coin(move.asset)]
    assets = {move.asset for move in found}
    if asset is None and len(assets) == 1:
        asset = assets.pop()
    if amount is None and asset is not None and found:
        amount = sum(move.amount for move in found)
    return asset, amount


def _sum(venue: str, asset: str, moves: Iterable[Move], *, paid: bool) -> int | None:
    rows = [
        move.amount
        for move in moves
        if move.asset == asset and venue == (move.source if paid else move.target)
    ]
    return sum(rows) if rows else None
