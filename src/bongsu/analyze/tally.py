"""Exact sums of what a policy says: per movement, per pool, per asset, as Python integers."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.extract import Extract, amounts_of
from bongsu.kernel.amount import Amounts, to_integers
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
from bongsu.model.schema import AMOUNT

UNSTATED = np.datetime64("NaT", "us").astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one policy says, summed over victims. Movements and pools in the case's numbers."""

    carried: dict[int, int]
    """Movement to the stolen value that arrived by it, in the asset of its target."""
    paid: dict[int, int]
    """Movement that converts to the stolen value that it took, in the asset of its source."""
    credited: dict[int, int]
    """Movement to the part of `carried` that became stolen on arrival."""
    assumed: dict[int, int]
    """Movement to what its payer lacked and is taken to be stolen."""
    held: dict[int, int]
    """Pool to the stolen value that is still there."""
    unknown: dict[int, int]
    """Movement to what its payer lacked and nobody can explain."""
    overlaps: dict[tuple[int, int, str], int]
    """(tag kept, tag that came late, asset) to the value that two thefts claim; the first keeps it."""
    victims: dict[tuple[int, int], int]
    """(tag, pool) to the stolen value of one victim still there or arrived at an end."""


def decimals_of(amounts: Amounts) -> pa.Array:
    """Kernel amounts as a decimal128(38, 0) array."""
    if amounts.ndim == 1:
        amounts = np.stack([amounts, np.zeros_like(amounts)], axis=1)
    limbs = np.ascontiguousarray(amounts)
    return pa.Array.from_buffers(AMOUNT, len(limbs), [None, pa.py_buffer(limbs)])


def sums_by(amounts: Amounts, *keys: Array) -> dict[tuple[int, ...], int]:
    """Exact sum of amounts per combination of keys, ascending by key; cost one hash pass."""
    names = [f"key{place}" for place in range(len(keys))]
    columns = [pa.array(np.asarray(key, dtype=np.int64)) for key in keys]
    table = pa.Table.from_arrays([*columns, decimals_of(amounts)], names=[*names, "amount"])
    summed = table.group_by(names, use_threads=False).aggregate([("amount", "sum")])
    summed = summed.sort_by([(name, "ascending") for name in names])
    values = to_integers(amounts_of(summed["amount_sum"].cast(AMOUNT)))
    return dict(zip(zip(*(summed[name].to_pylist() for name in names), strict=True), values, strict=True))


def _single(amounts: Amounts, key: Array) -> dict[int, int]:
    return {found[0]: value for found, value in sums_by(amounts, key).items()}


def converts(case: Case, parts: Fragments) -> Array:
    """Whether the movement of each part exchanges one asset for another."""
    return case.moves.credit[parts.movement] == CONVERTS  # type: ignore[no-any-return]


def arrived(case: Case, parts: Fragments) -> Array:
    """Whether each part arrived by its movement: neither a lack nor a claim that an earlier one overrides.

    What a movement that converts took did not arrive; what it became did.
    """
    plain = np.isin(parts.kind, (CARRIED, CREDITED))
    return np.where(converts(case, parts), parts.kind == CONVERTED, plain)


def tally_policy(found: Extract, parts: Fragments, held: Holdings) -> Tally:
    """Sums of one policy's fragments and holdings; at an end only what arrived counts, not its gross."""
    stolen, missing = parts.tag >= FIRST_STOLEN, parts.kind == ASSUMED
    came = stolen & arrived(found.case, parts)
    paid = stolen & (parts.kind == CARRIED) & converts(found.case, parts)
    credited = came & (parts.kind == CREDITED)
    own = (held.tag >= FIRST_STOLEN) & (found.case.ends[held.pool] == 0)
    unknown = missing & (parts.tag == UNKNOWN)
    target = found.case.moves.target[parts.movement]
    at_end = came & (found.stops[target] > 0)
    return Tally(
        carried=_single(parts.amount[came], parts.movement[came]),
        paid=_single(parts.amount[paid], parts.movement[paid]),
        credited=_single(parts.amount[credited], parts.movement[credited]),
        assumed=_single(parts.amount[stolen & missing], parts.movement[stolen & missing]),
        held=_single(held.amount[own], held.pool[own]),
        unknown=_single(parts.amount[unknown], parts.movement[unknown]),
        overlaps=_overlaps(found, parts),
        victims=_by_victim(
            np.concatenate([parts.amount[at_end], held.amount[own]]),
            np.concatenate([parts.tag[at_end], held.tag[own]]),
            np.concatenate([target[at_end], held.pool[own]]),
        ),
    )


def _overlaps(found: Extract, parts: Fragments) -> dict[tuple[int, int, str], int]:
    """Stolen value that arrived by movements that another theft calls stolen too."""
    later = found.case.moves.credit[parts.movement]
    twice = (
        (parts.kind == CARRIED) & (parts.tag >= FIRST_STOLEN) & (later >= FIRST_STOLEN) & (later != parts.tag)
    )
    target, assets = found.case.moves.target[parts.movement[twice]], found.pools["asset"].to_pylist()
    sums: dict[tuple[int, int, str], int] = {}
    for (kept, late, pool), value in sums_by(
        parts.amount[twice], parts.tag[twice], later[twice], target
    ).items():
        key = kept, late, assets[pool]
        sums[key] = sums.get(key, 0) + value
    return dict(sorted(sums.items()))


def _by_victim(amounts: Amounts, tag: Array, pool: Array) -> dict[tuple[int, int], int]:
    return {(key[0], key[1]): value for key, value in sums_by(amounts, tag, pool).items()}


def total_by_asset(found: Extract, values: dict[int, int], *, pools: Array) -> dict[str, int]:
    """Sum per asset of values by row, where `pools` gives each row's pool; assets without value left out."""
    assets = found.pools["asset"].to_pylist()
    sums: dict[str, int] = {}
    for row, value in values.items():
        asset = assets[int(pools[row])]
        sums[asset] = sums.get(asset, 0) + value
    return {asset: sums[asset] for asset in sorted(sums)}


def moments_of(found: Extract) -> Array:
    """Time of each movement, UTC, NaT where not stated: datetime64[us], shape (n,)."""
    numbers = pc.fill_null(found.table["time"].cast(pa.int64()), UNSTATED)
    return numbers.to_numpy().view("datetime64[us]")  # type: ignore[no-any-return]
