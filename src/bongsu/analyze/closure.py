"""Which rows of a ledger are extracted, and which others they need beside them: unbound Ibis expressions.

A seal makes one row out of what several say: it fills in places, counts alike rows once, resolves amounts,
orders by a clock that never runs backward. Where a ledger's rows leave that to others, these come along.
"""

from dataclasses import dataclass

import ibis

from bongsu.analyze.extraction import MARKED, MOVEMENTS, TX, WITNESSES, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Which rows besides those of marked pools a seal of a part of a ledger needs."""

    transactions: bool
    """Others of the same transaction: what is filled in, counted once or exchanged depends on them."""
    blocks: bool
    """Others of the same block, where a transaction does not state its place or time in full."""
    amounts: bool
    """Those that state the amount of an output that is spent."""
    clock: bool
    """Those of earlier blocks that a block is placed after, for a chain's clock may run backward."""


def extracted_rows(closure: Closure) -> Table:
    """Movements of the marked pools, in or out, and the witnesses: each row once.

    Args:
        closure: What must come along so that a seal makes of a row what it makes of it in the whole.
    """
    m = MOVEMENTS
    payers, payees = MARKED.rename(source="holder"), MARKED.rename(target="holder")
    pays, paid = ["chain", "asset", "source"], ["chain", "asset", "target"]
    seen = m.semi_join(WITNESSES, ["part", "locator"]).anti_join(payers, pays).anti_join(payees, paid)
    wanted = m.semi_join(payers, pays).union(m.semi_join(payees, paid).anti_join(payers, pays), seen)
    if closure.blocks:
        wanted = _with_blocks(wanted)
    elif closure.transactions:
        wanted = wanted.filter(wanted.tx_hash == "").union(m.semi_join(_transactions(wanted), TX))
    if closure.amounts:
        wanted = wanted.union(_stating(wanted))
    return wanted.union(_clock_rows(wanted)) if closure.clock else wanted


def _transactions(rows: Table) -> Table:
    return rows.filter(rows.tx_hash != "").select(*TX).distinct()


def _with_place(rows: Table) -> Table:
    """The rows with where they stand: their block, or where there is none their second."""
    second = rows.time.epoch_seconds().cast("int64").fill_null(-1)
    return rows.mutate(at=rows.block.fill_null(-1), moment=ibis.ifelse(rows.block.isnull(), second, -1))


def _with_blocks(wanted: Table) -> Table:
    """The rows wanted, all others of their transactions, and those of the blocks that need them.

    Whether an order is known depends on a block's other rows where a transaction does not state its place
    in it; so does the time of a row that states none.
    """
    m, place = MOVEMENTS, ["chain", "at", "moment"]
    together = m.semi_join(_transactions(wanted), TX)
    said = together.group_by(*TX).aggregate(
        block=together.block.min(), time=together.time.min(), index=together.tx_index.min()
    )
    lacking = said.filter(said.block.isnull() | said.time.isnull() | said.index.isnull())
    loose = wanted.filter(wanted.tx_hash == "").select("chain", "block", "time")
    places = _with_place(lacking.select("chain", "block", "time").union(loose)).select(*place).distinct()
    mates = _with_place(m).semi_join(places, place).select(*m.columns)
    transactions = _transactions(together.union(mates))
    return m.semi_join(transactions, TX).union(mates.filter(mates.tx_hash == ""))


def _clock_rows(rows: Table) -> Table:
    """Rows of other transactions in the blocks that tell when a block of the rows is.

    A ledger's order knows no block before an earlier one of its chain: it takes the latest time so far,
    or if there is none yet the earliest of all.
    """
    m = MOVEMENTS
    clock = m.filter(m.block.notnull()).group_by("chain", "block").aggregate(time=m.time.min())
    so_far = ibis.window(group_by="chain", order_by="block", preceding=None, following=0)
    before = ibis.rows_window(preceding=(None, 1), group_by="chain", order_by="block")
    latest = clock.mutate(latest=clock.time.max().over(before))
    leads = latest.time.notnull() & (latest.latest.isnull() | (latest.time > latest.latest))
    told = latest.mutate(by=ibis.ifelse(leads, latest.block, None))
    told = told.mutate(by=told.by.max().over(so_far))
    first = clock.group_by("chain").aggregate(first=clock.time.min())
    first = clock.join(first, "chain").filter(lambda row: row.time == row.first).select("chain", by="block")
    late = told.semi_join(rows.select("chain", "block").distinct(), ["chain", "block"])
    late = late.filter(late.by.isnull() | (late.by != late.block))
    early = late.filter(late.by.isnull()).select("chain").join(first, "chain").select("chain", "by")
    telling = late.filter(late.by.notnull()).select("chain", "by").union(early)
    telling = telling.select("chain", block="by").distinct()
    hashed = m.filter(m.tx_hash != "").semi_join(telling, ["chain", "block"])
    return hashed.anti_join(_transactions(rows), TX)


def _stating(rows: Table) -> Table:
    """Rows of other transactions that say how large an output is that one of the rows spends."""
    m = MOVEMENTS
    spent = rows.filter(rows.amount.isnull() & (rows.kind == "spend"))
    spent = spent.select("chain", "asset", output=spent.source).distinct()
    stating = m.filter(m.kind.isin(["pay", "spend"]))
    stating = stating.mutate(output=ibis.ifelse(stating.kind == "pay", stating.target, stating.source))
    stating = stating.semi_join(spent, ["chain", "asset", "output"])
    return stating.anti_join(_transactions(rows), TX).select(*m.columns)
