"""Which withdrawal over a bridge continues which deposit: by the id that both carry, else by a score.

An id that both sides carry is followed only where the rest agrees: a thief who makes a bridge pay twice for
one deposit, or more than was deposited, uses a real id. What does not agree is kept as refused, with why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.bridge_agree import disagreements
from bongsu.analyze.bridge_calibration import MEASURED, WIDEST, Calibration
from bongsu.analyze.bridge_candidate import find_candidates
from bongsu.analyze.bridge_link import comparable, filled, link_table, where
from bongsu.analyze.bridge_score import Scored, score_pairs
from bongsu.analyze.bridge_side import compare_sides
from bongsu.kernel.case import Array
from bongsu.model.bridge import BRIDGE_LINK, Bridge
from bongsu.model.text import _

THRESHOLD = 90
"""Least probability of a link by score; with the beneficiary known, 99 of 100 such links were right."""
MOST = 512
"""Most deposits that are looked at for each withdrawal."""


_ORDER = [(name, "ascending") for name in ("time", "chain", "tx_hash", "position", "locator")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreModel:
    """How pairs are scored and what a score is taken for."""

    calibrations: Mapping[tuple[bool, bool], Calibration] = field(default_factory=lambda: MEASURED)
    """By whether a fee is deducted, and whether both sides name the same beneficiary."""
    threshold: int = THRESHOLD
    """Least probability of a link, in percent."""
    most: int = MOST
    """Most deposits for each withdrawal."""
    basis_points: Mapping[str, int] = field(default_factory=dict)
    """Bridge to the most that it deducts; a bridge that is not named deducts nothing."""
    skipped: frozenset[str] = frozenset()
    """Bridges whose amounts do not compare, or whose fee has no bound that is known."""
    pairs: Mapping[str, str] = field(default_factory=dict)
    """Asset that leaves to the asset that arrives, where the deposit does not state it."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Links, and pairs that carry one id but cannot be one transfer; both of schema BRIDGE_LINK."""

    links: pa.Table
    refused: pa.Table


def model_of(bridges: Mapping[str, Bridge], pairs: Mapping[str, str] | None = None) -> ScoreModel:
    """Model whose fees are those that the facts state; what no measurement covers is not scored."""
    deducted = {slug: b.fee_basis_points or 0 for slug, b in bridges.items() if b.fee == "deducted"}
    points = {slug: most for slug, most in deducted.items() if 0 < most <= WIDEST}
    free = {slug for slug, bridge in bridges.items() if bridge.fee == "none"}
    return ScoreModel(
        basis_points=points, skipped=frozenset(set(bridges) - free - set(points)), pairs=pairs or {}
    )


def link_events(events: pa.Table, bridges: Mapping[str, Bridge], model: ScoreModel) -> Linked:
    """Links by id, then by score among what no id links; refused pairs are not scored again.

    Args:
        events: Schema BRIDGE_EVENT, either side, any bridges.
        bridges: What is known of them.
        model: Scores.
    """
    by_id = link_by_id(events, bridges)
    settled = pa.concat_tables([by_id.links, by_id.refused])
    rest = events.filter(pa.array(~standing_in(events, settled)))
    deposits, withdrawals = (
        rest.filter(pc.equal(rest["direction"], side)) for side in ("deposit", "withdrawal")
    )
    known = {**learned_pairs(by_id.links), **model.pairs}
    scored = link_by_score(deposits, withdrawals, replace(model, pairs=known))
    return Linked(pa.concat_tables([by_id.links, scored]), by_id.refused)


def link_by_id(events: pa.Table, bridges: Mapping[str, Bridge]) -> Linked:
    """Links of the two sides that carry the same transfer id, and refused pairs.

    The probability is the lesser confidence of the two events; where several withdrawals carry the id of
    one deposit and together exceed it, it is divided by their number, for not all can be right.
    """
    carrying = events.filter(events["transfer_id"].is_valid())
    deposits, withdrawals = (
        carrying.filter(pc.equal(carrying["direction"], side)) for side in ("deposit", "withdrawal")
    )
    mine, theirs = _same_ids(deposits, withdrawals)
    left, arrived = deposits.take(pa.array(mine)), withdrawals.take(pa.array(theirs))
    wrong = disagreements(left, arrived, bridges)
    refuse = np.any([column.is_valid().to_numpy(zero_copy_only=False) for column in wrong], axis=0)
    good, bad = np.flatnonzero(~refuse), np.flatnonzero(refuse)
    kept, paid = left.take(pa.array(good)), arrived.take(pa.array(good))
    number = _claims(kept, paid)
    least = np.minimum(kept["confidence"].to_numpy(), paid["confidence"].to_numpy()).astype(np.int64)
    shared = filled(
        _("The deposit's id stands on {count} withdrawals, which exceed it together."),
        "count",
        pa.array(number),
    )
    why = [
        filled(_("Both sides carry the transfer id {id}."), "id", kept["transfer_id"]),
        where(number > 1, shared),
        where(
            ~(_truths(kept["established"]) & _truths(paid["established"])),
            _("No source names the contract that logged one of them."),
        ),
    ]
    links = link_table(kept, paid, "id", percent=least // number, why=why)
    lost = left.take(pa.array(bad)), arrived.take(pa.array(bad))
    reasons = [column.take(pa.array(bad)) for column in wrong]
    refused = link_table(*lost, "id", percent=np.zeros(len(bad), dtype=np.int64), why=reasons)
    return Linked(links, refused)


def link_by_score(deposits: pa.Table, withdrawals: pa.Table, model: ScoreModel) -> pa.Table:
    """Links that a score makes, of the model's threshold at least, each event once; schema BRIDGE_LINK.

    There is no limit to the time between the two; a withdrawal never comes before its deposit. Events
    without amount, time or asset that arrives take no part.
    """
    tables = [BRIDGE_LINK.empty_table()]
    for slug in sorted(set(pc.unique(withdrawals["bridge"]).to_pylist()) - model.skipped):
        both = (table.filter(pc.equal(table["bridge"], slug)) for table in (deposits, withdrawals))
        own = [table.sort_by(_ORDER) for table in both]  # of twins the same is taken, however rows come in
        tables.append(_score(own[0], own[1], model, model.basis_points.get(slug, 0)))
    return pa.concat_tables(tables)


def learned_pairs(links: pa.Table) -> dict[str, str]:
    """Asset that leaves to the asset that arrives, where all links agree on it."""
    stated = links.filter(pc.and_(links["deposit_asset"].is_valid(), links["withdrawal_asset"].is_valid()))
    pairs = stated.group_by(["deposit_asset", "withdrawal_asset"]).aggregate([])
    found = zip(pairs["deposit_asset"].to_pylist(), pairs["withdrawal_asset"].to_pylist(), strict=True)
    targets: dict[str, set[str]] = {}
    for asset, other in found:
        targets.setdefault(asset, set()).add(other)
    return {asset: next(iter(others)) for asset, others in targets.items() if len(others) == 1}


def _score(deposits: pa.Table, withdrawals: pa.Table, model: ScoreModel, basis_points: int) -> pa.Table:
    """Links by score of one bridge."""
    sides = compare_sides(deposits, withdrawals, model.pairs)
    found = score_pairs(sides, find_candidates(sides, basis_points, model.most))
    percent = probabilities(found, model, deducted=basis_points > 0)
    kept = np.flatnonzero(percent >= model.threshold)
    left = deposits.take(pa.array(sides.deposits.row[found.deposit[kept]]))
    arrived = withdrawals.take(pa.array(sides.withdrawals.row[found.withdrawal[kept]]))
    why = _score_reasons(found, kept, percent[kept], comparable(left, arrived))
    return link_table(left, arrived, "score", percent=percent[kept], why=why)


def probabilities(found: Scored, model: ScoreModel, *, deducted: bool) -> Array:
    """Probability of each chosen pair in percent, as measured where the truth is known."""
    known = model.calibrations[deducted, True].percent_of(found.score)
    unknown = model.calibrations[deducted, False].percent_of(found.score)
    chosen: Array = np.where(found.known, known, unknown)
    return chosen


def _score_reasons(found: Scored, kept: Array, percent: Array, equal: Array) -> list[pa.Array]:
    rivals, latency = found.rivals[kept], found.latency[kept]
    named = found.known[kept].astype(np.bool_)
    return [
        where(named, _("Both sides name the same beneficiary.")),
        where(~named, _("The beneficiary is not known on both sides.")),
        where(equal, _("The amounts fit.")),
        where(~equal, _("The amounts fit if both assets have the same decimals, which is not known.")),
        where(rivals == 0, _("No other deposit fits.")),
        where(rivals > 0, filled(_("{count} other deposits fit too."), "count", pa.array(rivals))),
        filled(_("It arrived {seconds} seconds after it left."), "seconds", pa.array(latency)),
        filled(
            _("Where the truth is known, at least {percent} of 100 such pairs were right."),
            "percent",
            pa.array(percent),
        ),
    ]


def _same_ids(deposits: pa.Table, withdrawals: pa.Table) -> tuple[Array, Array]:
    """Rows of deposits and of withdrawals that carry one id of one bridge.

    All withdrawals go with the one deposit of their id; where several deposits carry it, the k-th deposit
    goes with the k-th withdrawal in time, and further withdrawals with none.
    """
    keys = [
        pc.binary_join_element_wise(t["bridge"], t["transfer_id"], "\x1f").combine_chunks()
        for t in (deposits, withdrawals)
    ]
    codes = pa.concat_arrays(keys).dictionary_encode().indices.to_numpy().astype(np.int64)
    mine, theirs = codes[: len(keys[0])], codes[len(keys[0]) :]
    size = int(codes.max(initial=-1)) + 1
    first, _place = _ordered(deposits, mine)
    _second, rank = _ordered(withdrawals, theirs)
    count = np.bincount(mine, minlength=size)
    begin = np.concatenate([[0], np.cumsum(count)])[theirs]
    wanted = np.where(count[theirs] == 1, 0, rank)
    fits = np.flatnonzero(wanted < count[theirs])
    return first[begin[fits] + wanted[fits]], fits


def _ordered(events: pa.Table, codes: Array) -> tuple[Array, Array]:
    """Rows sorted by code and time, and the place of each row among those of its code."""
    time = events["time"].cast(pa.int64()).fill_null(0).to_numpy()
    order = np.lexsort((time, codes))
    begin = np.searchsorted(codes[order], codes[order], side="left")
    place = np.empty(len(codes), dtype=np.int64)
    place[order] = np.arange(len(codes)) - begin
    return order, place


def _claims(deposits: pa.Table, withdrawals: pa.Table) -> Array:
    """How many withdrawals claim each link's deposit; 1 where together they do not exceed it."""
    keys = pc.binary_join_element_wise(
        deposits["chain"], deposits["tx_hash"], deposits["position"].cast(pa.string()).fill_null(""),
        deposits["transfer_id"], "\x1f",
    ).combine_chunks()  # fmt: skip
    codes = keys.dictionary_encode().indices.to_numpy().astype(np.int64)
    number = np.bincount(codes)[codes] if len(codes) else codes
    same = comparable(deposits, withdrawals)
    several = np.flatnonzero(number > 1)
    several = several[np.argsort(codes[several], kind="stable")]
    left, paid = (table["amount"].take(pa.array(several)).to_pylist() for table in (deposits, withdrawals))
    edges = np.flatnonzero(np.diff(codes[several])) + 1
    for places in np.split(np.arange(len(several)), edges) if len(several) else ():
        rows = several[places]
        if same[rows].all() and sum(paid[place] for place in places) <= left[places[0]]:
            number[rows] = 1
    claims: Array = np.maximum(number, 1).astype(np.int64)
    return claims


def _truths(column: pa.ChunkedArray) -> Array:
    found: Array = column.to_numpy().astype(np.bool_)
    return found


def standing_in(events: pa.Table, links: pa.Table) -> Array:
    """Whether each event is a side of one of the links."""
    made = [
        _places(links, [f"{side}_{name}" for name in ("chain", "tx", "position")])
        for side in ("deposit", "withdrawal")
    ]
    own = _places(events, ["chain", "tx_hash", "position"])
    found: Array = pc.is_in(own, value_set=pa.concat_arrays(made)).to_numpy(zero_copy_only=False)
    return found


def _places(table: pa.Table, names: list[str]) -> pa.Array:
    texts = [table[name].cast(pa.string()).fill_null("") for name in names]
    return pc.binary_join_element_wise(*texts, "\x1f").combine_chunks()
