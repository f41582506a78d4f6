"""Ethereum as BigQuery's public data set states it, seen as movements: an Ibis expression, no copy.

Any question of `bongsu.analyze.extraction` can be asked of it. It has the value that transactions and
contracts move and the events of tokens; it has no fees, which are in another table.
"""

import ibis

from bongsu.analyze.extraction import MOVEMENTS, Table
from bongsu.model.asset import ETHER, ETHEREUM
from bongsu.model.transfer import NULL_HOLDER

CATALOG, DATA_SET = "bigquery-public-data", "crypto_ethereum"
LAST_TX_INDEX = 2**31 - 1
"""Where rewards stand in a block: after its transactions."""
MOST_DIGITS = 38
"""Digits of the largest amount that a ledger holds."""

BIGQUERY_AMOUNT = "decimal(76, 38)"
"""BIGNUMERIC: what BigQuery calls NUMERIC has 29 digits before the point, which some tokens exceed."""

TOKEN_TRANSFERS: Table = ibis.table(
    {
        "token_address": "string",
        "from_address": "string",
        "to_address": "string",
        "value": "string",
        "transaction_hash": "string",
        "log_index": "int64",
        "block_timestamp": "timestamp('UTC', 6)",
        "block_number": "int64",
    },
    name="token_transfers",
    catalog=CATALOG,
    database=DATA_SET,
)
TRACES: Table = ibis.table(
    {
        "transaction_hash": "string",
        "transaction_index": "int64",
        "from_address": "string",
        "to_address": "string",
        "value": "decimal(38, 9)",
        "trace_type": "string",
        "call_type": "string",
        "trace_address": "string",
        "error": "string",
        "status": "int64",
        "block_timestamp": "timestamp('UTC', 6)",
        "block_number": "int64",
    },
    name="traces",
    catalog=CATALOG,
    database=DATA_SET,
)


def public_movements(*, amount: str = BIGQUERY_AMOUNT) -> Table:
    """Movements of the public data set: the columns of `extraction.MOVEMENTS`.

    Args:
        amount: Type of an amount on the engine.
    """
    return _tokens(amount).union(_values(amount))


def beyond_range() -> Table:
    """Number of token events whose amount is too large for a ledger; they are no movements here."""
    t = TOKEN_TRANSFERS
    return t.aggregate(beyond_range=(t.value.length() > MOST_DIGITS).sum())


def over(question: Table, movements: Table) -> Table:
    """A question about movements, asked of another table of the same columns."""
    return question.op().replace({MOVEMENTS.op(): movements.op()}).to_expr()


def _tokens(amount: str) -> Table:
    t = TOKEN_TRANSFERS.filter(TOKEN_TRANSFERS.value.length() <= MOST_DIGITS)
    given = {
        "asset": ibis.literal(f"{ETHEREUM}/erc20:") + t.token_address,
        "position": t.log_index,
        "tx_hash": t.transaction_hash,
        "source": t.from_address,
        "target": t.to_address,
        "amount": t.value.try_cast(amount),
        "kind": ibis.literal("token"),
        "locator": t.log_index,
        "part": ibis.literal("token_transfers"),
    }
    return _as_movements(t, given).filter(lambda row: row.amount > 0)


def _values(amount: str) -> Table:
    """Traces that move value: delegated and static calls only show that of the frame that they borrow."""
    t = TRACES
    called = (t.trace_type == "call") & (t.call_type == "call")
    granted = t.trace_type.isin(["reward", "genesis"])
    outside = granted | (t.trace_type == "daofork")
    carrying = called | outside | t.trace_type.isin(["create", "suicide", "selfdestruct"])
    worked = t.error.isnull() & (t.status.fill_null(1) != 0)
    inner = (t.trace_address.fill_null("") != "") & ~outside
    kind = ibis.ifelse(granted, "reward", ibis.ifelse(inner | outside, "internal", "native"))
    given = {
        "asset": ibis.literal(ETHER.id),
        "tx_index": ibis.ifelse(outside, LAST_TX_INDEX, t.transaction_index).cast("int32"),
        "position": ibis.ifelse(granted, None, ibis.ifelse(inner | outside, 1, 0)).cast("int64"),
        "path": ibis.ifelse(inner, _call_order(t.trace_address), None),
        "tx_hash": t.transaction_hash.fill_null(""),
        "source": t.from_address.fill_null(NULL_HOLDER),
        "target": t.to_address,
        "amount": t.value.cast(amount),
        "kind": kind,
        "locator": ibis.literal(0, "int64"),
        "part": ibis.literal("traces"),
    }
    return _as_movements(t.filter(carrying & worked & (t.value > 0)), given)


def _call_order(address: Table) -> Table:
    """Trace address whose text sorts in call order: four digits a level, joined by dots."""
    padded = address.re_replace(r"([0-9]+)", r"000\1").re_replace(r"[0-9]*([0-9]{4})", r"\1")
    return padded.replace(",", ".")


def _as_movements(table: Table, given: dict[str, Table]) -> Table:
    """The columns given, those that both tables have, and nulls, in the order and types of movements."""
    same = {"chain": ibis.literal(ETHEREUM), "block": table.block_number, "time": table.block_timestamp}
    made = same | given
    types = MOVEMENTS.schema()
    columns = {name: made.get(name, ibis.null(types[name])) for name in MOVEMENTS.columns}
    return table.select(**columns).cast({name: types[name] for name in types if name != "amount"})
