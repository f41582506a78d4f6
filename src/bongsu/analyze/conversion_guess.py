"""Conversions of one transaction without decoded events: from what an account gave and got in all.

A trade has two sides that look alike: the account that wanted it, and the venue. Only who sent the
transaction, or the contract that it called, is taken to be the account; what neither explains is not guessed.
Measured against decoded events (bench/heuristic_conversion.py): 123 of 129 claims were right in account,
both assets and both amounts, and 123 of the 173 that events prove were found; where transfers are dealt
out anew to transactions, it claims something in 18 of 6,500.
"""

from collections import Counter
from collections.abc import Sequence

from bongsu.analyze.conversion import Settled, is_account, nets_of, spread
from bongsu.analyze.venue import ZERO, Move

INFERRED = 75
"""Confidence of a conversion that no event shows: below the measured precision, for that is known of
transactions with decoded events only."""


def guess(
    moves: Sequence[Move], *, sender: str | None, called: str | None
) -> tuple[list[Settled], dict[int, str]]:
    """Conversions that balances show, and payments that are not followed with their reason.

    Args:
        moves: Transfers of the transaction in their order, fees not among them.
        sender: Who sent and paid for the transaction; null: not known.
        called: Contract that it called; null: not known.
    """
    nets = nets_of(moves)
    sides = {holder: _sides(nets[holder]) for holder in nets if is_account(holder)}
    plain = [holder for holder, (gave, got) in sides.items() if len(gave) == 1 and len(got) == 1]
    chosen = next((one for one in (sender, called) if one in plain), None)
    if chosen is not None:
        made = _settled(chosen, moves, sides[chosen])
        return ([made], {}) if made else ([], {})
    refused = {}
    for holder, (gave, got) in sides.items():
        if gave and got:
            reason = "side_unknown" if holder in plain else "unknown_split"
            refused.update({m.row: reason for m in moves if m.source == holder and m.asset in gave})
    return [], refused


def _sides(net: Counter[str]) -> tuple[dict[str, int], dict[str, int]]:
    gave = {asset: -value for asset, value in net.items() if value < 0}
    return gave, {asset: value for asset, value in net.items() if value > 0}


def _settled(
    account: str, moves: Sequence[Move], sides: tuple[dict[str, int], dict[str, int]]
) -> Settled | None:
    ((asset, _gave),), ((other, _got),) = (side.items() for side in sides)
    paid = [m for m in moves if m.source == account and m.asset == asset and m.target != account]
    back = [m for m in moves if m.target == account and m.asset == asset and m.source != account]
    came = [m for m in moves if m.target == account and m.asset == other and m.source != account]
    if any(m.source == account and m.asset == other and m.target != account for m in moves):
        return None
    whole = sum(m.amount for m in paid) - sum(m.amount for m in back)
    return Settled(
        account=account,
        receiver=account,
        given_asset=asset,
        given=whole,
        received_asset=other,
        received=sum(m.amount for m in came),
        kind=_kind(paid, came),
        protocol="",
        venues=(),
        method="inferred",
        confidence=INFERRED,
        payments=spread(paid, whole, whole),
        arrivals=tuple(m.row for m in came),
        idle=tuple(m.row for m in back),
    )


def _kind(paid: Sequence[Move], came: Sequence[Move]) -> str:
    """A share that is made is minted, one that is burned is redeemed; all else is a swap."""
    if all(move.source == ZERO for move in came):
        return "mint"
    return "redeem" if all(move.target == ZERO for move in paid) else "swap"
