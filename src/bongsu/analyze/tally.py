"""Exact sums of what a policy says: per movement, per pool, per asset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.extract import Extract, amounts_of
from bongsu.kernel.amount import Amounts, to_integers, widened
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    UNKNOWN,
    Array,
    Case,
    Fragments,
    Holdings,
)
from bongsu.kernel.sums import sums_by_key
from bongsu.model.schema import AMOUNT

Value = TypeVar("Value")
UNSTATED = np.datetime64("NaT", "us").astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one policy says, summed over victims: wide amounts by movement or pool, in the case's numbers."""

    carried: Amounts
    """By movement: the stolen value that arrived by it, in the asset of its target."""
    paid: Amounts
    """By movement: the stolen value that it took where it converts, in the asset of its source."""
    credited: Amounts
    """By movement: the part of `carried` that became stolen on arrival."""
    assumed: Amounts
    """By movement: what its payer lacked and is taken to be stolen."""
    unknown: Amounts
    """By movement: what its payer lacked and nobody can explain."""
    held: Amounts
    """By pool: the stolen value that is still there."""
    overlaps: dict[tuple[int, int, str], int]
    """(tag kept, tag that came late, asset) to the value that two thefts claim; the first keeps it."""
    victims: Holdings
    """Stolen value of each victim still there or arrived at an end, in parts."""


def decimals_of(amounts: Amounts) -> pa.Array:
    """Kernel amounts as a decimal128(38, 0) array."""
    limbs = widened(amounts)
    return pa.Array.from_buffers(AMOUNT, len(limbs), [None, pa.py_buffer(limbs)])


def amount_texts(amounts: Amounts) -> list[str]:
    """Decimal digits of wide amounts."""
    return decimals_of(amounts).cast(pa.string()).to_numpy(zero_copy_only=False).tolist()  # type: ignore[no-any-return]


def texts_by_policy(amounts: Mapping[str, Amounts]) -> list[dict[str, str]]:
    """Rows of policy to decimal digits, of policies' columns of wide amounts.

    Policies often agree: where all do one text serves all, and one that says what the policy before says has
    its text.
    """
    names, columns = list(amounts), list(amounts.values())
    if not columns:
        return []
    agree = np.ones(len(columns[0]), dtype=bool)
    for one in columns[1:]:
        agree &= (one == columns[0]).all(axis=1)
    rows: list[dict[str, str]] = [{}] * len(agree)
    for place, text in zip(np.flatnonzero(agree).tolist(), amount_texts(columns[0][agree]), strict=True):
        rows[place] = dict.fromkeys(names, text)
    others = np.flatnonzero(~agree)
    differing = _differing_texts(names, [one[others] for one in columns])
    for place, row in zip(others.tolist(), differing, strict=True):
        rows[place] = row
    return rows


def _differing_texts(names: list[str], columns: list[Amounts]) -> list[dict[str, str]]:
    listed: list[list[str]] = []
    texts, last = np.empty(0, dtype=object), np.empty((0, 2), dtype=np.uint64)
    for one in columns:
        differs = (one != last).any(axis=1) if listed else np.ones(len(one), dtype=bool)
        texts = texts.copy() if listed else np.empty(len(one), dtype=object)
        texts[differs], last = amount_texts(one[differs]), one
        listed.append(texts.tolist())
    return rows_of(names, listed)


def rows_of(names: list[str], columns: list[list[Value]]) -> list[dict[str, Value]]:
    """Rows of columns as dictionaries; there are as many names as columns."""
    # Without `strict`: for so short rows that argument takes as long as all the rest.
    return [dict(zip(names, row)) for row in zip(*columns, strict=True)]  # noqa: B905


def rows_like(
    amounts: Mapping[str, Amounts], known: Sequence[dict[str, int]], told: Mapping[str, Amounts]
) -> list[dict[str, int]]:
    """Rows of policy to amount; one that says what is known already is the row that is known.

    Args:
        amounts: Policies' columns of wide amounts.
        known: A row for each of theirs, perhaps with the same amounts.
        told: Columns of the known rows.
    """
    differs = np.zeros(len(known), dtype=bool)
    for name, one in amounts.items():
        differs |= (one != told[name]).any(axis=1)
    other = rows_of(list(amounts), [to_integers(one[differs]) for one in amounts.values()])
    rows = list(known)
    for place, row in zip(np.flatnonzero(differs).tolist(), other, strict=True):
        rows[place] = row
    return rows


def some(amounts: Amounts) -> Array:
    """Whether each wide amount is more than nothing: bool, shape (n,)."""
    return (amounts[:, 0] | amounts[:, 1]) != 0  # type: ignore[no-any-return]


def sums_by(amounts: Amounts, *keys: Array) -> dict[tuple[int, ...], int]:
    """Exact sum of amounts per combination of keys, ascending by key; cost one hash pass."""
    names = [f"key{place}" for place in range(len(keys))]
    columns = [pa.array(np.asarray(key, dtype=np.int64)) for key in keys]
    table = pa.Table.from_arrays([*columns, decimals_of(amounts)], names=[*names, "amount"])
    summed = table.group_by(names, use_threads=False).aggregate([("amount", "sum")])
    summed = summed.sort_by([(name, "ascending") for name in names])
    values = to_integers(amounts_of(summed["amount_sum"].cast(AMOUNT)))
    return dict(zip(zip(*(summed[name].to_pylist() for name in names), strict=True), values, strict=True))


def converts(case: Case, parts: Fragments) -> Array:
    """Whether the movement of each part exchanges one asset for another."""
    return case.moves.credit[parts.movement] == CONVERTS  # type: ignore[no-any-return]


def arrived(case: Case, parts: Fragments) -> Array:
    """Whether each part arrived by its movement: neither a lack nor a claim that an earlier one overrides.

    What a movement that converts took did not arrive; what it became did.
    """
    plain: Array = (parts.kind == CARRIED) | (parts.kind == CREDITED)
    return np.where(converts(case, parts), parts.kind == CONVERTED, plain)


def tally_policy(found: Extract, parts: Fragments, held: Holdings) -> Tally:
    """Sums of one policy's fragments and holdings; at an end only what arrived counts, not its gross.

    No sum leaves the width of the case: of what moved no unit is counted twice.
    """
    stolen, missing = parts.tag >= FIRST_STOLEN, parts.kind == ASSUMED
    came = stolen & arrived(found.case, parts)
    own = (held.tag >= FIRST_STOLEN) & (found.case.ends[held.pool] == 0)
    target = found.case.moves.target[parts.movement]
    at_end = came & (found.stops[target] > 0)

    def by_movement(chosen: Array) -> Amounts:
        movements = len(found.case.moves.source)
        return widened(sums_by_key(parts.amount[chosen], parts.movement[chosen], movements))

    return Tally(
        carried=by_movement(came),
        paid=by_movement(stolen & (parts.kind == CARRIED) & converts(found.case, parts)),
        credited=by_movement(came & (parts.kind == CREDITED)),
        assumed=by_movement(stolen & missing),
        unknown=by_movement(missing & (parts.tag == UNKNOWN)),
        held=widened(sums_by_key(held.amount[own], held.pool[own], len(found.case.ends))),
        overlaps=_overlaps(found, parts),
        victims=Holdings(
            np.concatenate([target[at_end], held.pool[own]]),
            np.concatenate([parts.tag[at_end], held.tag[own]]),
            np.concatenate([parts.amount[at_end], held.amount[own]]),
        ),
    )


def _overlaps(found: Extract, parts: Fragments) -> dict[tuple[int, int, str], int]:
    """Stolen value that arrived by movements that another theft calls stolen too."""
    later = found.case.moves.credit[parts.movement]
    twice = (
        (parts.kind == CARRIED) & (parts.tag >= FIRST_STOLEN) & (later >= FIRST_STOLEN) & (later != parts.tag)
    )
    if not twice.any():
        return {}
    target, assets = found.case.moves.target[parts.movement[twice]], found.pools["asset"].to_pylist()
    sums: dict[tuple[int, int, str], int] = {}
    for (kept, late, pool), value in sums_by(
        parts.amount[twice], parts.tag[twice], later[twice], target
    ).items():
        key = kept, late, assets[pool]
        sums[key] = sums.get(key, 0) + value
    return dict(sorted(sums.items()))


class Assets(NamedTuple):
    """Assets of a case, ascending, and each pool's place among them."""

    names: list[str]
    place: Array


def assets_of(found: Extract) -> Assets:
    """Assets of a case."""
    encoded = found.pools["asset"].combine_chunks().dictionary_encode()
    names = encoded.dictionary.to_pylist()
    ranked = sorted(range(len(names)), key=names.__getitem__)
    return Assets([names[code] for code in ranked], np.argsort(ranked)[encoded.indices.to_numpy()])


def total_by_asset(assets: Assets, amounts: Amounts, *, pools: Array) -> dict[str, int]:
    """Sum per asset of wide amounts, where `pools` gives each one's pool; assets without value left out."""
    sums = to_integers(sums_by_key(amounts, assets.place[pools], len(assets.names)))
    return {name: value for name, value in zip(assets.names, sums, strict=True) if value}


def moments_of(found: Extract) -> Array:
    """Time of each movement, UTC, NaT where not stated: datetime64[us], shape (n,)."""
    numbers = pc.fill_null(found.table["time"].cast(pa.int64()), UNSTATED)
    return numbers.to_numpy().view("datetime64[us]")  # type: ignore[no-any-return]
