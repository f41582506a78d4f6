"""Deposits and withdrawals of a bridge as arrays that compare: asset that arrives, account, amount, time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.extract import amounts_of
from bongsu.kernel.amount import to_integers, to_wide
from bongsu.kernel.case import Array

DIGITS = 12
"""Significant digits of an amount above which it makes no difference how many it has."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side's events that can be compared; all arrays have one item an event."""

    row: Array
    """Number of the event in its table."""
    asset: Array
    """Code of the asset that arrives, shared by both sides."""
    account: Array
    """Code of the beneficiary, shared by both sides; -1: not stated."""
    amount: Array
    """Wide amounts, shape (n, 2), in the decimals of the coarser side."""
    time: Array
    """Microseconds."""
    digits: Array
    """Significant digits of the amount, DIGITS at most: few digits are shared by many."""
    origin: Array
    """Code of the chain that the value left, shared by both sides; -1: not stated."""
    identified: Array
    """Whether the event carries a transfer id (bool): two that do are not for a score to link."""

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, and how many events could not be compared, by why."""

    deposits: Side
    withdrawals: Side
    left_out: dict[str, int]


def compare_sides(deposits: pa.Table, withdrawals: pa.Table, pairs: Mapping[str, str]) -> Sides:
    """Both sides of one bridge as arrays.

    Args:
        deposits: Events of one bridge, schema BRIDGE_EVENT.
        withdrawals: The same of the other side.
        pairs: Asset that leaves to the asset that arrives, for deposits that do not state it.
    """
    given = [pairs.get(asset or "") for asset in deposits["asset"].to_pylist()]
    arriving = pc.coalesce(_column(deposits, "other_asset"), pa.array(given, pa.string()))
    assets = (arriving, _column(withdrawals, "asset"))
    reasons: Counter[str] = Counter()
    rows = [
        _usable(table, asset, reasons) for table, asset in zip((deposits, withdrawals), assets, strict=True)
    ]
    parts = [table.take(pa.array(kept)) for table, kept in zip((deposits, withdrawals), rows, strict=True)]
    asset_codes = _codes(*(asset.take(pa.array(kept)) for asset, kept in zip(assets, rows, strict=True)))
    accounts = _codes(*(_column(part, "beneficiary") for part in parts))
    origins = _codes(_column(parts[0], "chain"), _column(parts[1], "other_chain"))
    amounts = _aligned(parts, asset_codes)
    sides = [
        Side(
            row=rows[n],
            asset=asset_codes[n],
            account=accounts[n],
            amount=amounts[n],
            time=_times(parts[n]),
            digits=_digits(amounts[n]),
            origin=origins[n],
            identified=_column(parts[n], "transfer_id").is_valid().to_numpy(zero_copy_only=False),
        )
        for n in (0, 1)
    ]
    return Sides(sides[0], sides[1], dict(reasons))


def _column(table: pa.Table, name: str) -> pa.Array:
    return table[name].combine_chunks()


def _usable(table: pa.Table, asset: pa.Array, reasons: Counter[str]) -> Array:
    """Rows that state asset, amount and time; the others are counted by what they lack first."""
    left = np.ones(table.num_rows, dtype=np.bool_)
    side = "deposit" if table.num_rows and table["direction"][0].as_py() == "deposit" else "withdrawal"
    for name, column in (("asset", asset), ("amount", table["amount"]), ("time", table["time"])):
        lacking = left & column.is_null().to_numpy(zero_copy_only=False)
        if lacking.any():
            reasons[f"{side}_without_{name}"] += int(lacking.sum())
        left &= ~lacking
    return np.flatnonzero(left).astype(np.int64)


def _codes(*columns: pa.Array) -> list[Array]:
    """Codes of the texts of several columns in one numbering; -1 where null."""
    joined = pa.concat_arrays(list(columns)).dictionary_encode()
    codes = joined.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return list(np.split(codes, np.cumsum([len(column) for column in columns])[:-1]))


def _times(table: pa.Table) -> Array:
    times: Array = table["time"].cast(pa.int64()).to_numpy().astype(np.int64)
    return times


def _aligned(parts: list[pa.Table], assets: list[Array]) -> list[Array]:
    """Amounts in the fewest decimals that any event of their asset states; unstated counts as equal."""
    decimals = [part["decimals"].fill_null(-1).to_numpy().astype(np.int64) for part in parts]
    known = np.concatenate(decimals)
    codes = np.concatenate(assets)
    least = np.full(int(codes.max(initial=-1)) + 1, 127, dtype=np.int64)
    np.minimum.at(least, codes[known >= 0], known[known >= 0])
    return [
        _coarser(part, own - least[code], own)
        for part, own, code in zip(parts, decimals, assets, strict=True)
    ]


def _coarser(part: pa.Table, steps: Array, decimals: Array) -> Array:
    amounts = np.array(amounts_of(part["amount"]))
    finer = np.flatnonzero((decimals >= 0) & (steps > 0))
    if len(finer):
        values = to_integers(amounts[finer])
        amounts[finer] = to_wide(
            [value // 10**step for value, step in zip(values, steps[finer].tolist(), strict=True)]
        )
    return amounts


def _digits(amounts: Array) -> Array:
    """Digits of each amount without the zeros at its end."""
    body = np.ascontiguousarray(amounts)
    column = pa.Array.from_buffers(pa.decimal128(38, 0), len(body), [None, pa.py_buffer(body)])
    lengths = pc.utf8_length(pc.utf8_rtrim(column.cast(pa.string()), characters="0"))
    digits: Array = np.minimum(lengths.to_numpy(zero_copy_only=False), DIGITS).astype(np.int64)
    return digits
