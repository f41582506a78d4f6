"""Questions about movements that are too many for one machine: unbound Ibis expressions, no engine.

They mark a superset of what stolen value can touch. Order is coarse: a block, or a second where a
chain's rows state no block; a row that states neither may come first or last. So whatever the exact
order is, a pool that it lets stolen value touch is marked. The exact trace runs on what is extracted.
"""

from datetime import datetime
from typing import Any

import ibis
import pyarrow as pa

from bongsu.analyze.impostor import HEAD, TAIL
from bongsu.model.transfer import TRANSFER

Table = Any
"""An Ibis table expression; Ibis has no stubs that a strict check could use."""

ALWAYS = -(2**62)
"""The order of what is touched from the beginning, and of a row that does not state its own."""
TX = ["chain", "tx_hash"]
POOL = ("chain", "asset", "holder")
_PLACE = {**dict.fromkeys(POOL, "string"), "since": "int64"}

_COLUMNS = ibis.Schema.from_pyarrow(pa.schema([field.with_nullable(True) for field in TRANSFER]))
MOVEMENTS: Table = ibis.table({**_COLUMNS, "part": "string"}, name="movements")
"""Rows of all part files, and the name that the engine has for the file of each."""
FRONTIER: Table = ibis.table(_PLACE, name="frontier")
"""Pools whose payments are followed now, each from an order on."""
CONVERTERS: Table = ibis.table(dict.fromkeys(POOL, "string"), name="converters")
"""Pools of converters that a frontier paid."""
PAYMENTS: Table = ibis.table({"tx_hash": "string", **_PLACE}, name="payments")
"""Who paid a converter in which transaction."""
MARKED: Table = ibis.table(dict.fromkeys(POOL, "string"), name="marked")
"""Pools whose movements are extracted."""
ACCOUNTS: Table = ibis.table({"address": "string"}, name="accounts")
TRANSACTIONS: Table = ibis.table({"tx_hash": "string"}, name="transactions")
KEYS: Table = ibis.table({"key": "string"}, name="keys")
"""First and last characters of addresses, as people compare them."""
WITNESSES: Table = ibis.table({"part": "string", "locator": "int64"}, name="witnesses")
"""Single rows to extract, by where they stand."""


def survey() -> Table:
    """Per file, chain and asset: number of rows, what they state, the last block and time, a witness."""
    m = MOVEMENTS
    stated = m.amount.notnull()
    return m.group_by("part", "chain", "asset").aggregate(
        rows=m.count(),
        amounts=m.amount.count(),
        blocks=m.block.count(),
        times=m.time.count(),
        indexes=m.tx_index.count(),
        positions=m.position.count(),
        base_fees=(m.kind == "base_fee").sum(),
        last_block=m.block.max(where=stated),
        last_time=m.time.max(where=stated),
        locator=m.locator.min(where=stated),
    )


def _filled() -> Table:
    """Movements, where one without block or time has those that another of its transaction states."""
    m = MOVEMENTS
    said = m.filter(m.tx_hash != "").group_by(*TX).aggregate(tx_block=m.block.min(), tx_time=m.time.min())
    both = m.left_join(said, TX)
    block, time = ibis.coalesce(both.block, both.tx_block), ibis.coalesce(both.time, both.tx_time)
    return both.select("chain", "amount", block=block, time=time)


def seen_blocks(until: datetime | None, *, fill: bool) -> Table:
    """Per chain: last block and time of what is not after a moment; what has no time is not.

    A row without a time has that of its block, if any row states it; one without an amount is not seen.

    Args:
        until: The moment; null: none.
        fill: Rows of a transaction may state what others of it do not.
    """
    m = _filled() if fill else MOVEMENTS
    early = ibis.literal(True) if until is None else m.time <= until
    stated = m.amount.notnull()
    blocks = m.group_by("chain", "block").aggregate(
        clock=ibis.ifelse(m.block.notnull(), m.time, None).min(),
        timed=m.time.max(where=stated & early),
        timeless=(stated & m.time.isnull()).sum(),
    )
    told = blocks.clock.isnull() | (ibis.literal(True) if until is None else blocks.clock <= until)
    waiting = (blocks.timeless > 0) & told
    seen = blocks.filter(blocks.timed.notnull() | waiting)
    waiting = ibis.ifelse(seen.timeless > 0, seen.clock, None)
    if until is not None:
        waiting = ibis.ifelse(waiting <= until, waiting, None)
    both = seen.select("chain", "block", time=seen.timed).union(seen.select("chain", "block", time=waiting))
    return both.group_by("chain").aggregate(last_block=both.block.max(), last_time=both.time.max())


def _either_end(rows: Table, *more: str) -> Table:
    """Each row twice: once for its payer, once for its payee, the other end beside it."""
    payer = rows.select("chain", "asset", *more, holder=rows.source, other=rows.target)
    return payer.union(rows.select("chain", "asset", *more, holder=rows.target, other=rows.source))


def busy_pools(counterparties: int) -> Table:
    """Pools with more than so many counterparties, and how many each has.

    Only rows with an amount count: others may be dropped when the ledger is sealed. Pools with few rows
    are set aside first, so that counting what is distinct is for the few that may be busy.
    """
    m = MOVEMENTS
    ends = _either_end(m.filter(m.amount.notnull() & (m.source != m.target)))
    rows = ends.group_by(*POOL).aggregate(rows=ends.count())
    candidates = rows.filter(rows.rows > counterparties)
    asked = ends.semi_join(candidates, POOL)
    counted = asked.group_by(*POOL).aggregate(counterparties=asked.other.nunique())
    return counted.filter(counted.counterparties > counterparties)


def _placed(blockless: tuple[str, ...]) -> Table:
    """Movements with their coarse order `at`: null where a row does not state it."""
    m = MOVEMENTS
    if not blockless:
        return m.mutate(at=m.block)
    return m.mutate(at=ibis.ifelse(m.chain.isin(blockless), m.time.epoch_seconds().cast("int64"), m.block))


def _due(blockless: tuple[str, ...]) -> Table:
    """Payments of the frontier's pools from when on each is touched."""
    due = _placed(blockless).join(FRONTIER.rename(source="holder"), ["chain", "asset", "source"])
    return due.filter(due.at.isnull() | (due.at >= due.since))


def _first_touch(rows: Table, at: Table) -> Table:
    """Payees, each with the earliest order that it is touched from, and the address of an output."""
    paid = ibis.ifelse(rows.kind == "spend", None, rows.address)
    return rows.group_by("chain", "asset", holder=rows.target).aggregate(
        since=at.fill_null(ALWAYS).min(), address=paid.min()
    )


def touched_pools(blockless: tuple[str, ...]) -> Table:
    """Pools that a frontier paid: one round of the reach.

    Args:
        blockless: Chains whose rows state no block, so that their time is their order.
    """
    due = _due(blockless)
    return _first_touch(due, due.at)


def converted_payments(blockless: tuple[str, ...]) -> Table:
    """Payments of a frontier to converters: who paid in which transaction, and when."""
    due = _due(blockless)
    converters = CONVERTERS.rename(target="holder")
    paid = due.filter(due.tx_hash != "").semi_join(converters, ["chain", "asset", "target"])
    return paid.group_by("tx_hash", "chain", "asset", holder=paid.source).aggregate(
        since=paid.at.fill_null(ALWAYS).min()
    )


def converted_pools() -> Table:
    """Pools of other assets that got something in a transaction where their account paid a converter."""
    payments = PAYMENTS.rename(target="holder", given="asset")
    gained = MOVEMENTS.join(payments, ["chain", "tx_hash", "target"])
    gained = gained.filter(gained.asset != gained.given)
    return _first_touch(gained, gained.since)


def named_rows() -> Table:
    """Rows of the accounts and of the transactions that a lead names."""
    m = MOVEMENTS
    named = [end.isin(ACCOUNTS.address) for end in (m.source, m.target, m.address)]
    return m.filter(named[0] | named[1] | named[2] | m.tx_hash.isin(TRANSACTIONS.tx_hash))


def held_assets() -> Table:
    """Per asset that moved at the accounts: a witness."""
    m = MOVEMENTS
    named = [end.isin(ACCOUNTS.address) for end in (m.source, m.target, m.address)]
    held = m.filter(m.amount.notnull() & (named[0] | named[1] | named[2]))
    return held.group_by("part", "asset").aggregate(locator=held.locator.min())


def alike_accounts(*, amounts: bool) -> Table:
    """Accounts that look like one of the keys: a witness in each file.

    Args:
        amounts: Leave out what is marked: as all rows state their amount, none of it will be dropped.
    """
    m = MOVEMENTS
    ends = _either_end(m.filter(m.amount.notnull()), "part", "locator")
    accounts = ends.filter(ends.holder.startswith("0x") & (ends.holder.length() == 42))
    head, tail = accounts.holder.substr(0, HEAD), accounts.holder.substr(42 - TAIL, TAIL)
    keyed = accounts.mutate(key=head + tail).semi_join(KEYS, "key")
    keyed = keyed.anti_join(MARKED, "holder") if amounts else keyed
    return keyed.group_by("holder", "part").aggregate(locator=keyed.locator.min())
