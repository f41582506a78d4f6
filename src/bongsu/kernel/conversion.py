"""What each part of a payment becomes where one asset is exchanged for another: rule 8.

Parts keep their order and their tags; what is received is shared among them by largest remainder,
ties to the earlier part.
"""

import numpy as np

from bongsu.kernel.amount import Amounts, to_integers, to_narrow, to_wide
from bongsu.kernel.case import CARRIED, CONVERTED, CONVERTS, OTHER, Case, Holdings
from bongsu.kernel.log import Log, grow_log

Parts = list[tuple[int, int]]
"""(tag, amount) in the order in which they leave their pool, other funds among them."""


def joined(parts: Parts) -> Parts:
    """The parts with neighbors of the same tag made one, and none of nothing."""
    result: Parts = []
    for tag, value in parts:
        if result and result[-1][0] == tag:
            result[-1] = tag, result[-1][1] + value
        elif value:
            result.append((tag, value))
    return result


def converted(parts: Parts, received: int) -> Parts:
    """Parts of what is received, one for each part that is paid, neighbors of one tag joined before.

    Args:
        parts: What is paid; at least one base unit.
        received: Base units of the other asset.
    """
    paid = joined(parts)
    whole = sum(value for _, value in paid)
    shares = [value * received // whole for _, value in paid]
    wanting = sorted(range(len(paid)), key=lambda place: (-(paid[place][1] * received % whole), place))
    for place in wanting[: received - sum(shares)]:
        shares[place] += 1
    return [(tag, share) for (tag, _), share in zip(paid, shares, strict=True)]


def room_for(like: Amounts, rows: int = 64) -> Holdings:
    """Rows for compiled code to write parts of a payment to; their pool is known."""
    amounts = np.empty((rows, *like.shape[1:]), dtype=np.uint64)
    return Holdings(np.empty(0, dtype=np.int32), np.empty(rows, dtype=np.int16), amounts)


def told(out: Holdings, rows: int) -> Parts:
    """Parts that compiled code wrote."""
    return list(zip(out.tag[:rows].tolist(), to_integers(out.amount[:rows]), strict=True))


def packed(values: list[int], like: Amounts) -> Amounts:
    """Amounts of Python integers in the width of others."""
    wide = to_wide(values)
    return wide if like.ndim == 2 else to_narrow(wide)


def _write(log: Log, m: int, kind: int, parts: Parts) -> Log:
    """Log with the tagged parts of a movement, those of nothing left out."""
    rows = [(tag, value) for tag, value in parts if tag != OTHER and value]
    if len(log.tag) - int(log.used[0]) < len(rows):
        log = grow_log(log, len(rows))
    first = int(log.used[0])
    last = first + len(rows)
    log.movement[first:last], log.kind[first:last] = m, kind
    log.tag[first:last] = [tag for tag, _ in rows]
    log.amount[first:last] = packed([value for _, value in rows], log.amount)
    log.used[0] = last
    return log


def _received_with(case: Case, m: int) -> range:
    """Movement m, and those after it that say what else its payment became."""
    moves, last = case.moves, m + 1
    while (
        last < len(moves.source)
        and moves.credit[last] == CONVERTS
        and moves.source[last] == moves.source[m]
        and not moves.amount[last].any()
    ):
        last += 1
    return range(m, last)


def exchange(log: Log, case: Case, m: int, parts: Parts) -> tuple[Log, Holdings]:
    """Log that tells what movement m paid and what that became, and the latter to be brought to its targets.

    A movement that converts and pays nothing says what else the payment before it became: every part of
    that payment has its share in each of the assets. At its own place it does nothing.

    Args:
        log: The log so far.
        case: The case.
        m: A movement that converts.
        parts: What it pays, in the order in which it left its pool, other funds among them.
    """
    paid, brought = joined(parts), []
    amounts = case.moves.received
    log = _write(log, m, CARRIED, paid)
    for k in _received_with(case, m) if paid else ():
        became = converted(parts, to_integers(amounts[k : k + 1])[0])
        log = _write(log, k, CONVERTED, became)
        brought += [(int(case.moves.target[k]), tag, value) for tag, value in became if value]
    pools = np.array([pool for pool, _, _ in brought], dtype=np.int32)
    tags = np.array([tag for _, tag, _ in brought], dtype=np.int16)
    return log, Holdings(pools, tags, packed([value for *_, value in brought], amounts))
