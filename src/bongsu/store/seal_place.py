"""Second step of a seal: when and where a row happened, from any file that states it."""

import duckdb


def fill_places(engine: duckdb.DuckDBPyConnection) -> None:
    """Nothing; fills block, time and tx_index of `rows` from rows of the same transaction or block.

    Where files state different values the smallest counts, so that their order does not matter. Makes the
    table `clock`: chain, block, time, and the order time, which never runs backward.
    """
    if _lacking(engine):
        engine.execute("""
            CREATE TABLE tx AS
            SELECT chain_no, tx_hash, min(block) AS block, min(time) AS time, min(tx_index) AS tx_index
            FROM rows WHERE tx_hash <> '' GROUP BY chain_no, tx_hash
        """)
        _replace_rows(
            engine,
            """
            SELECT r.* REPLACE (coalesce(r.block, x.block) AS block, coalesce(r.time, x.time) AS time,
                                coalesce(r.tx_index, x.tx_index) AS tx_index)
            FROM rows r LEFT JOIN tx x ON x.chain_no = r.chain_no AND x.tx_hash = r.tx_hash
            """,
        )
        engine.execute("DROP TABLE tx")
    _make_clock(engine)
    if _has(engine, "time IS NULL AND block IS NOT NULL"):
        _replace_rows(
            engine,
            """
            SELECT r.* REPLACE (coalesce(r.time, c.time) AS time)
            FROM rows r LEFT JOIN clock c ON c.chain_no = r.chain_no AND c.block = r.block
            """,
        )


def _lacking(engine: duckdb.DuckDBPyConnection) -> bool:
    """Whether rows lack a place that another row of a transaction may state."""
    found = engine.execute("""
        SELECT bool_or(block IS NULL) AND bool_or(block IS NOT NULL)
            OR bool_or(time IS NULL) AND bool_or(time IS NOT NULL)
            OR bool_or(tx_index IS NULL) AND bool_or(tx_index IS NOT NULL)
        FROM rows WHERE tx_hash <> ''
    """).fetchone()
    return bool(found and found[0])


def _has(engine: duckdb.DuckDBPyConnection, condition: str) -> bool:
    return engine.execute(f"SELECT 1 FROM rows WHERE {condition} LIMIT 1").fetchone() is not None  # noqa: S608


def _replace_rows(engine: duckdb.DuckDBPyConnection, select: str) -> None:
    engine.execute(f"CREATE TABLE filled AS {select}")
    engine.execute("DROP TABLE rows")
    engine.execute("ALTER TABLE filled RENAME TO rows")


def _make_clock(engine: duckdb.DuckDBPyConnection) -> None:
    """Blocks before the first with a time take that time: they come before it by their height."""
    engine.execute("""
        CREATE TABLE clock AS
        SELECT chain_no, block, time,
               coalesce(max(time) OVER earlier, min(time) OVER (PARTITION BY chain_no)) AS order_time
        FROM (
            SELECT chain_no, block, min(time) AS time
            FROM rows WHERE block IS NOT NULL GROUP BY chain_no, block
        )
        WINDOW earlier AS (PARTITION BY chain_no ORDER BY block)
    """)
