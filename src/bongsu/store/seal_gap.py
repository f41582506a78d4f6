"""Gaps of a sealed ledger: what its files miss, less what other files fill."""

from pathlib import Path

import duckdb
import pyarrow as pa

from bongsu.model.gap import GAP


def load_gaps(engine: duckdb.DuckDBPyConnection, parts: list[Path], table: pa.Table | None = None) -> None:
    """Nothing; makes the view `raw_gap` of part files, or of a table in memory."""
    if not parts:
        engine.register("raw_gap", GAP.empty_table() if table is None else table)
        return
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in parts)
    engine.execute(f"CREATE VIEW raw_gap AS SELECT * FROM read_parquet([{listed}])")  # noqa: S608


def open_gaps(engine: duckdb.DuckDBPyConnection) -> pa.Table:
    """Gaps that remain, once each, sorted, and one for each row that was dropped for want of an amount.

    Unknown inputs are a gap as long as an input's amount is assumed or was dropped;
    traces are missing where no table of traces holds the block (view `traced`).
    """
    found: pa.Table = engine.sql("""
        WITH unsure AS (
            SELECT chain_no, tx_hash FROM dropped WHERE kind = 'spend'
            UNION SELECT chain_no, tx_hash FROM kept WHERE assumed
        ), sure AS (
            SELECT DISTINCT a.chain, k.tx_hash
            FROM (SELECT * FROM kept ANTI JOIN unsure USING (chain_no, tx_hash)) k
            JOIN asset a ON a.chain_no = k.chain_no WHERE k.kind = 'spend'
        ), missing AS (
            SELECT chain, block, tx_hash, holder, reason, locator FROM raw_gap g
            WHERE NOT (reason = 'needs_inputs'
                       AND EXISTS (SELECT 1 FROM sure s WHERE s.chain = g.chain AND s.tx_hash = g.tx_hash))
            AND NOT (reason = 'needs_traces'
                     AND EXISTS (SELECT 1 FROM traced t WHERE t.chain = g.chain AND t.block = g.block))
            UNION ALL
            SELECT a.chain, d.block, d.tx_hash, p.holder, d.reason, d.locator
            FROM (SELECT *, if(kind IN ('spend', 'fee'), 'needs_inputs', 'needs_amount') AS reason
                  FROM dropped) d
            JOIN pool p ON p.id = d.source JOIN asset a ON a.asset_no = p.asset_no
            WHERE NOT EXISTS (SELECT 1 FROM raw_gap g WHERE g.chain = a.chain AND g.tx_hash = d.tx_hash
                              AND g.reason = d.reason AND d.tx_hash <> '')
        )
        SELECT chain, block, tx_hash, holder, reason, min(locator) AS locator
        FROM missing GROUP BY ALL ORDER BY ALL
    """).to_arrow_table()
    return found.cast(GAP)


def plain_gaps(engine: duckdb.DuckDBPyConnection) -> pa.Table:
    """As `open_gaps`, where no row was dropped and no amount is assumed."""
    engine.execute("""
        CREATE TABLE kept (chain_no USMALLINT, tx_hash VARCHAR, kind VARCHAR, assumed BOOLEAN);
        CREATE TABLE dropped (chain_no USMALLINT, tx_hash VARCHAR, kind VARCHAR, block BIGINT,
                              source UINTEGER, locator BIGINT);
        CREATE TABLE asset (chain VARCHAR, chain_no USMALLINT, asset_no UINTEGER);
        CREATE TABLE pool (id UINTEGER, holder VARCHAR, asset_no UINTEGER);
    """)
    return open_gaps(engine)
