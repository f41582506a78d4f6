"""Counts of a source file's rows: in, kept, refused, set aside, missing, and exact sums."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.ports import Batch, Normalized
from bongsu.store.column_buffer import Array, limbs_of, one_chunk

_FEES = pa.array(["base_fee", "fee"])
_WIDE = pa.decimal256(76, 0)


@dataclass(slots=True, kw_only=True)
class Counts:
    """What became of some rows of a source file."""

    rows_in: int = 0
    rows_kept: int = 0
    transfers: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    first_rejects: dict[str, str] = field(default_factory=dict)
    """Of each rule the first row that breaks it: `LOCATOR: message`."""
    set_aside: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    """Base units moved by asset, without fees."""

    @classmethod
    def of_batch(cls, batch: Batch, made: Normalized) -> Self:
        """Counts of one batch and of what a normalizer made of it."""
        counts = cls(
            rows_in=made.rows_in + batch.rejects.num_rows,
            rows_kept=made.rows_kept,
            transfers=made.transfers.num_rows,
            set_aside=Counter(made.set_aside),
            gaps=_tally(made.gaps.column("reason")),
            sums=_sums(made.transfers),
        )
        refused = pa.concat_tables([batch.rejects, made.rejects]).sort_by("locator")
        counts.rejects = _tally(refused.column("rule"))
        for rule in counts.rejects:
            first = refused.filter(pc.equal(refused.column("rule"), rule)).slice(0, 1).to_pylist()[0]
            counts.first_rejects[rule] = f"{first['locator']}: {first['message']}"
        return counts

    @classmethod
    def of_document(cls, document: dict[str, Any]) -> Self:
        """Counts that `document` wrote."""
        return cls(
            rows_in=document["rows_in"],
            rows_kept=document["rows_kept"],
            transfers=document["transfers"],
            rejects=Counter(document["rejects"]),
            first_rejects=document["first_rejects"],
            set_aside=Counter(document["set_aside"]),
            gaps=Counter(document["gaps"]),
            sums=Counter({asset: int(text) for asset, text in document["sums"].items()}),
        )

    def merge(self, other: "Counts") -> None:
        """Nothing; adds the counts of later rows."""
        self.rows_in += other.rows_in
        self.rows_kept += other.rows_kept
        self.transfers += other.transfers
        for rule, example in other.first_rejects.items():
            self.first_rejects.setdefault(rule, example)
        for mine, theirs in (
            (self.rejects, other.rejects),
            (self.set_aside, other.set_aside),
            (self.gaps, other.gaps),
            (self.sums, other.sums),
        ):
            mine.update(theirs)

    def document(self) -> dict[str, Any]:
        """The counts as plain data, sorted; sums are base-unit strings."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        plain["sums"] = {asset: str(value) for asset, value in self.sums.items()}
        return {
            name: dict(sorted(value.items())) if isinstance(value, dict) else value
            for name, value in plain.items()
        }


def _tally(column: pa.ChunkedArray) -> Counter[str]:
    return Counter({one["values"]: one["counts"] for one in column.value_counts().to_pylist()})


def _sums(transfers: pa.Table) -> Counter[str]:
    moves = pc.invert(pc.is_in(transfers.column("kind"), value_set=_FEES))
    moved = transfers.select(["asset", "amount"]).filter(moves)
    asset = moved.column("asset").combine_chunks().dictionary_encode()
    if len(asset.dictionary) == 1 and not moved.column("amount").null_count:
        return Counter({asset.dictionary[0].as_py(): _sum(limbs_of(one_chunk(moved.column("amount"))))})
    wide = pa.table({"asset": moved.column("asset"), "amount": moved.column("amount").cast(_WIDE)})
    summed = wide.group_by("asset").aggregate([("amount", "sum")]).to_pylist()
    return Counter({one["asset"]: int(one["amount_sum"] or 0) for one in summed})


def _sum(limbs: Array) -> int:
    """Exact sum of amounts: sums of quarters of 32 bits do not overflow for as many rows as a batch has."""
    quarters = np.ascontiguousarray(limbs).view("<u4").reshape(-1, 4).sum(axis=0, dtype=np.uint64)
    return sum(int(value) << (32 * place) for place, value in enumerate(quarters))
