"""The certificate that a trace adds up, to the last base unit, or the movement that breaks it."""

from dataclasses import dataclass

import numpy as np

from bongsu.analyze.end import Codes
from bongsu.analyze.extract import Extract, amounts_of
from bongsu.analyze.stop import NOT_FOLLOWED, STOPS, TERMS
from bongsu.analyze.tally import Assets, Tally, assets_of, some, total_by_asset
from bongsu.errors import ConservationError
from bongsu.kernel.amount import Amounts, to_integers, to_wide
from bongsu.kernel.case import CONVERTS
from bongsu.kernel.replay import WHOLE, Said, replay
from bongsu.kernel.sums import sums_by_key
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


def added(first: ByAsset, second: ByAsset) -> ByAsset:
    """Sums by asset of two sums."""
    return {asset: first.get(asset, 0) + second.get(asset, 0) for asset in sorted({*first, *second})}


def _by_stop(assets: Assets, amounts: Amounts, stops: Codes) -> dict[str, ByAsset]:
    """Stop to what rests where value stops for it, by asset; assets without value left out."""
    count = len(assets.names)
    key = stops.astype(np.int64) * count + np.repeat(assets.place, 2)
    sums = to_integers(sums_by_key(amounts, key, count * len(STOPS)))
    named = {stop: sums[code * count : (code + 1) * count] for code, stop in enumerate(STOPS) if stop}
    return {
        stop: {asset: value for asset, value in zip(assets.names, values, strict=True) if value}
        for stop, values in named.items()
    }


def balance_of(found: Extract, tally: Tally, amounts: Amounts, stops: Codes, *, conserving: bool) -> Balance:
    """Every term of the equation, and whether it holds for every asset.

    Args:
        found: The case.
        tally: What one policy says.
        amounts: What rests in each slot, from `resting`.
        stops: Code of the stop of each slot.
        conserving: Whether the policy claims to add up.
    """
    assets, moves = assets_of(found), found.case.moves
    by_stop = _by_stop(assets, amounts, stops)
    exchanged = some(tally.paid) | (some(tally.carried) & (moves.credit == CONVERTS))
    # Stolen is what was credited on arrival, or assumed where a source paid more than it had.
    stolen = added(
        total_by_asset(assets, tally.credited, pools=moves.target),
        total_by_asset(assets, tally.assumed, pools=moves.source),
    )
    left = total_by_asset(assets, tally.paid, pools=moves.source)
    into = moves.target[exchanged]
    became = dict.fromkeys((assets.names[place] for place in np.unique(assets.place[into])), 0)
    became |= total_by_asset(assets, tally.carried[exchanged], pools=into)
    terms: dict[str, ByAsset] = {}
    for stop, term in TERMS.items():
        terms[term] = added(terms.get(term, {}), by_stop[stop])
    terms["converted_out"] = added(terms["converted_out"], left)
    sums = {asset: sum(by_stop[stop].get(asset, 0) for stop in by_stop) for asset in assets.names}
    sums, given = added(sums, left), added(stolen, became)
    return Balance(
        conserving=conserving,
        balanced=all(sums[asset] == given.get(asset, 0) for asset in sums),
        stolen=stolen,
        terms=terms | {"converted_in": became},
        not_followed={stop: by_stop[stop] for stop in NOT_FOLLOWED if by_stop[stop]},
        unknown=total_by_asset(assets, tally.unknown, pools=moves.source),
    )


def received_amounts(found: Extract) -> Amounts:
    """By movement: what it moved; where it converts what came for it; wide."""
    received = amounts_of(found.table["amount"])
    if not found.turns:
        return received
    received = received.copy()
    received[list(found.turns)] = to_wide([turn.received for turn in found.turns.values()])
    return received


def check_replay(found: Extract, tally: Tally, policy: str) -> None:
    """Nothing; replays what arrived by each movement on plain balances of stolen value.

    It shares nothing with the kernels of the policies: the list of movements as the ledger has it, and
    `bongsu.kernel.replay`, which has an arithmetic of its own.

    Raises:
        ConservationError: When a movement carries more stolen value than its payer had or than it
            moved, or a pool ends with another balance than the policy says. Names the first.
    """
    case = found.case
    converts = np.zeros(len(case.moves.source), dtype=np.uint8)
    converts[list(found.turns)] = 1
    said = Said(
        source=case.moves.source,
        target=case.moves.target,
        converts=converts,
        rests=((case.ends[case.moves.target] > 0) | (case.moves.stopped > 0)).astype(np.uint8),
        carried=tally.carried,
        paid=tally.paid,
        credited=tally.credited,
        assumed=tally.assumed,
        moved=amounts_of(found.table["amount"]),
        received=received_amounts(found),
    )
    broken, balance = replay(said, len(case.ends))
    if broken != WHOLE:
        raise _broken(found, policy, broken)
    wrong = np.flatnonzero((balance != tally.held).any(axis=1))
    if len(wrong):
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
