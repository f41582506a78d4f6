"""Fifth step of a seal: movements in the ledger's order."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from bongsu.model.transfer import LAST_POSITION
from bongsu.store.seal_row import CITED_ROW

_LOGGED = "(kind = 'token' AND position IS NOT NULL)"
"""SQL: the position is the place in the block's log, not in the transaction."""
_HASH = "if(block IS NULL OR tx_index IS NULL, tx_hash, substr(tx_hash, 3, 12))"
"""SQL: the hash, as much of it as matters: block and index tell transactions apart, but for forks."""
_INNER = LAST_POSITION - 1
"""Where in its transaction a movement stands that does not say where: before the fees."""


def ordered_batches(engine: duckdb.DuckDBPyConnection, batch_rows: int) -> Iterator[pa.Table]:
    """Movements in order with columns `chain_no` and `loose` (its place in its block is not known).

    The order depends on content only: time of the block, chain, block, transaction, position, path; then
    hash, pools and amount. A token event without transaction index stands by its place in the log.
    """
    reader = engine.sql(f"""
        WITH placed AS (
            SELECT k.*, coalesce(c.order_time, k.time) AS order_time,
                   coalesce(k.tx_index, if({_LOGGED}, coalesce(max(k.tx_index) OVER logs, -1), NULL)) AS place
            FROM kept k LEFT JOIN clock c ON c.chain_no = k.chain_no AND c.block = k.block
            WINDOW logs AS (PARTITION BY k.chain_no, k.block, {_LOGGED} ORDER BY k.position)
        )
        SELECT source, target, amount, block, time, tx_index, position, tx_hash, kind, assumed,
               {CITED_ROW}::BIGINT AS cite, bare,
               chain_no, place IS NULL OR (block IS NULL AND time IS NULL) AS loose
        FROM placed
        ORDER BY order_time NULLS LAST, chain_no, block NULLS LAST, place NULLS LAST,
                 if(place IS NULL, tx_hash, '') NULLS LAST, coalesce(position, {_INNER}), path NULLS FIRST,
                 {_HASH}, source, target, kind, amount, occurrence, time NULLS LAST
    """).to_arrow_reader(batch_rows)  # noqa: S608
    for batch in reader:
        yield pa.Table.from_batches([batch])
