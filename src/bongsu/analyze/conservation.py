"""The certificate that a trace adds up, to the last base unit, or the movement that breaks it."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from bongsu.analyze.extract import Extract
from bongsu.analyze.stop import NOT_FOLLOWED, STOPS, TERMS
from bongsu.analyze.tally import Tally, total_by_asset
from bongsu.errors import ConservationError
from bongsu.model.text import _

ByAsset = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Every term of the conservation equation of one policy, by asset."""

    conserving: bool
    balanced: bool
    stolen: ByAsset
    terms: dict[str, ByAsset]
    """Term of `TERMS` to its amounts."""
    not_followed: dict[str, ByAsset]
    """Stop to its amounts."""
    unknown: ByAsset
    """What nobody can explain; outside the equation."""


def amount_by_end(found: Extract, tally: Tally, held_stop: list[str]) -> dict[tuple[int, str], int]:
    """Stolen value by (pool, stop): arrived at ends, below the threshold, or still held.

    Args:
        found: The case.
        tally: What one policy says.
        held_stop: Stop of each pool for what it still holds.
    """
    moves = found.case.moves
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    for m, value in tally.carried.items():
        pool = int(moves.target[m])
        if found.stops[pool]:
            sums[pool, STOPS[found.stops[pool]]] += value
        elif moves.stopped[m]:
            sums[pool, "below_threshold"] += value
    for pool, value in tally.held.items():
        sums[pool, held_stop[pool]] += value
    return dict(sums)


def added(first: ByAsset, second: ByAsset) -> ByAsset:
    """Sums by asset of two sums."""
    return {asset: first.get(asset, 0) + second.get(asset, 0) for asset in sorted({*first, *second})}


def _created(found: Extract, tally: Tally) -> ByAsset:
    """What counts as stolen: credited on arrival, or assumed where a source paid more than it had."""
    moves = found.case.moves
    credited = total_by_asset(found, tally.credited, pools=moves.target)
    assumed = total_by_asset(found, tally.assumed, pools=moves.source)
    return added(credited, assumed)


def balance_of(
    found: Extract, tally: Tally, ends: dict[tuple[int, str], int], *, conserving: bool
) -> Balance:
    """Every term of the equation, and whether it holds for every asset."""
    assets, moves = found.pools["asset"].to_pylist(), found.case.moves
    by_stop: dict[str, ByAsset] = {stop: {} for stop in STOPS[1:]}
    for (pool, stop), value in sorted(ends.items()):
        sums = by_stop[stop]
        sums[assets[pool]] = sums.get(assets[pool], 0) + value
    stolen = _created(found, tally)
    left = total_by_asset(found, tally.paid, pools=moves.source)
    became = total_by_asset(found, {m: tally.carried.get(m, 0) for m in tally.paid}, pools=moves.target)
    terms = {term: by_stop[stop] for stop, term in TERMS.items()}
    terms["converted_out"] = added(terms["converted_out"], left)
    sums = {asset: sum(by_stop[stop].get(asset, 0) for stop in by_stop) for asset in set(assets)}
    sums, given = added(sums, left), added(stolen, became)
    return Balance(
        conserving=conserving,
        balanced=all(sums[asset] == given.get(asset, 0) for asset in sums),
        stolen=stolen,
        terms=terms | {"converted_in": became},
        not_followed={stop: by_stop[stop] for stop in NOT_FOLLOWED if by_stop[stop]},
        unknown=total_by_asset(found, tally.unknown, pools=moves.source),
    )


def received_by(found: Extract, m: int) -> int:
    """What the account of a movement that converts got for it, by the movements that brought it."""
    values = found.table["amount"]
    return sum(int(values[row].as_py()) for row in found.arrivals[m])


def check_replay(found: Extract, tally: Tally, policy: str) -> None:
    """Nothing; replays what arrived by each movement on plain balances of stolen value.

    It shares no arithmetic with the kernels: integers, one dictionary, the list of movements.

    Raises:
        ConservationError: When a movement carries more stolen value than its payer had or than it
            moved, or a pool ends with another balance than the policy says. Names the first.
    """
    case = found.case
    balance: defaultdict[int, int] = defaultdict(int)
    values = found.table["amount"]
    for m in sorted({*tally.carried, *tally.assumed, *tally.paid}):
        source, target = int(case.moves.source[m]), int(case.moves.target[m])
        arrived, credited = tally.carried.get(m, 0), tally.credited.get(m, 0)
        left = tally.paid.get(m, 0) if m in found.arrivals else arrived - credited
        balance[source] += tally.assumed.get(m, 0) - left
        most = received_by(found, m) if m in found.arrivals else int(values[m].as_py())
        if balance[source] < 0 or arrived > most or left > int(values[m].as_py()):
            raise _broken(found, policy, m)
        if not case.ends[target] and not case.moves.stopped[m]:
            balance[target] += arrived
    wrong = [pool for pool in sorted({*balance, *tally.held}) if balance[pool] != tally.held.get(pool, 0)]
    if wrong:
        paid = np.flatnonzero((case.moves.source == wrong[0]) | (case.moves.target == wrong[0]))
        raise _broken(found, policy, int(paid[0]))


def _broken(found: Extract, policy: str, m: int) -> ConservationError:
    move = found.table.slice(m, 1).to_pylist()[0]
    return ConservationError(
        _("Cannot certify the trace: {policy} does not add up at transaction {tx}, block {block}.").format(
            policy=policy, tx=found.cite(found.rows[[m]])["tx_hash"][0].as_py() or "?", block=move["block"]
        ),
        hint=_("This is a fault of the program, not of your data: please report it with this message."),
    )
