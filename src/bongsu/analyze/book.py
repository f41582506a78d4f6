"""A ledger's tables with what a finding needs of them: whom a pool belongs to, and where a row is from."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from bongsu.analyze.pool_mask import Mask
from bongsu.kernel.case import Array
from bongsu.model.amount import format_amount
from bongsu.model.asset import Asset
from bongsu.model.evidence import Evidence
from bongsu.model.finding import Finding
from bongsu.model.marking import PUBLIC, Marking
from bongsu.model.ports import Ledger, SourceFile
from bongsu.model.text import _

MOST_EVIDENCE = 100
"""Rows that one finding cites; where there are more, its reasons say so."""

Value = int | str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Movements and pools of a ledger, given in as tables."""

    movements: pa.Table
    """From `stated_movements`, in the order of the ledger."""
    pools: pa.Table
    """Schema `bongsu.model.pool.POOL`."""
    sources: Sequence[SourceFile] = ()
    """Files that the movements cite by number."""
    assets: Mapping[str, Asset] = field(default_factory=dict)
    """Genuine assets by id, to print amounts in their units."""
    marking: Marking = PUBLIC
    """Strictest marking of the ledger; every finding carries it."""

    def account(self, pool: int) -> str:
        """CAIP-10 id of the pool's account, or of the address that its output pays."""
        row = self.pools.slice(pool, 1)
        named = row["address"][0].as_py() or row["holder"][0].as_py()
        return f"{row['chain'][0].as_py()}:{named}"

    def touching(self, focus: Mask) -> Array:
        """Whether each movement pays or is paid by a pool in the mask: bool."""
        source, target = (focus[self.movements[end].to_numpy()] for end in ("source", "target"))
        touched: Array = source | target
        return touched

    def holder(self, pool: int) -> str:
        """Holder of a pool."""
        return str(self.pools["holder"][pool].as_py())

    def amount(self, pool: int, units: int) -> str:
        """Amount of the pool's asset as a person reads it; base units where the asset is not known."""
        name = self.pools["asset"][pool].as_py()
        asset = self.assets.get(name)
        if asset is None:
            return _("{units} base units of {asset}").format(units=f"{units:,}", asset=name)
        return f"{format_amount(units, asset.decimals)} {asset.symbol}"

    def total(self, rows: Array) -> int:
        """Exact sum of the amounts of some movements."""
        return sum(int(amount) for amount in self.movements["amount"].take(pa.array(rows)).to_pylist())

    def evidence(self, rows: Iterable[int]) -> tuple[Evidence, ...]:
        """Where the first MOST_EVIDENCE of some movements stand, in the order given."""
        kept = pa.array([int(row) for row in rows][:MOST_EVIDENCE], pa.int64())
        columns = ["source", "target", "amount", "tx_hash", "file", "locator"]
        taken = self.movements.select(columns).take(kept)
        payers, payees = (self.pools["holder"].take(taken[end]).to_pylist() for end in ("source", "target"))
        said = _("{payer} paid {payee} {amount} in {tx}")
        unknown = _("a transaction without a stated hash")
        return tuple(
            Evidence(
                sha256=self.sources[move["file"]].sha256 if move["file"] < len(self.sources) else "",
                locator=f"row {move['locator']}",
                what=said.format(
                    payer=payer,
                    payee=payee,
                    amount=self.amount(move["source"], int(move["amount"])),
                    tx=move["tx_hash"] or unknown,
                ),
            )
            for move, payer, payee in zip(taken.to_pylist(), payers, payees, strict=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a method says about a subject, before it is a finding."""

    what: str
    subject: str
    score: int
    why: tuple[str, ...]
    rows: Array
    """Movements that show it."""


def finding_of(book: Book, said: Statement, *, method: str, params: Mapping[str, Value]) -> Finding:
    """Finding of a statement, with its evidence; where rows are left out, the last reason says so."""
    rows = np.unique(said.rows)
    why = said.why
    if len(rows) > MOST_EVIDENCE:
        left_out = _("the evidence cites the first {cited} of {count} movements")
        why = (*why, left_out.format(cited=MOST_EVIDENCE, count=f"{len(rows):,}"))
    return Finding(
        what=said.what,
        subject=said.subject,
        score=said.score,
        why=why,
        evidence=book.evidence(rows.tolist()),
        method=method,
        params=json.dumps(params, sort_keys=True, separators=(",", ":")),
        marking=book.marking,
    )


def stated_movements(ledger: Ledger, rows: Array | None = None) -> pa.Table:
    """Movements with what their sources state of them: the columns of MOVEMENT, then those of CITATION."""
    table, cited = ledger.movements(rows), ledger.citations(rows)
    return pa.table([*table.columns, *cited.columns], names=[*table.column_names, *cited.column_names])


def book_of(ledger: Ledger, assets: Mapping[str, Asset], marking: Marking = PUBLIC) -> Book:
    """Book of a whole ledger."""
    return Book(
        movements=stated_movements(ledger),
        pools=ledger.pools(),
        sources=ledger.sources,
        assets=assets,
        marking=marking,
    )
