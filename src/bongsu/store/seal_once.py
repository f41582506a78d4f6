"""Third step of a seal: what several files state counts once."""

import duckdb

from bongsu.model.transfer import LAST_POSITION
from bongsu.store.seal_row import CITED_FILE

_WHERE_NO_HASH = "if(tx_hash = '', block, NULL) AS own_block, if(tx_hash = '', time, NULL) AS own_time"
_KEY = "source, target, kind, tx_hash, path, amount, own_block, own_time"
_CONTENT = "hash(source, target, kind, tx_hash, amount)"
"""SQL: rows of which this differs are distinct by every rule."""
_PLACE = "min(block) AS block, min(time) AS time, min(tx_index) AS tx_index"
_CITED = "min(cite) AS cite, arg_min(locator, cite) AS locator, arg_min(bare, cite) AS bare"


def drop_unsplit_fees(engine: duckdb.DuckDBPyConnection) -> None:
    """Nothing; a fee in one sum goes where another file states its burned part and the tip."""
    found = engine.execute(f"""
        SELECT bool_or(kind = 'base_fee'), count(DISTINCT {CITED_FILE})
        FROM rows WHERE kind IN ('fee', 'base_fee')
    """).fetchone()  # noqa: S608
    if not found or not found[0] or found[1] < 2:
        return
    engine.execute(f"""
        CREATE TABLE split AS
        SELECT DISTINCT chain_no, tx_hash, {CITED_FILE} AS file
        FROM rows WHERE kind = 'base_fee' AND position = {LAST_POSITION} AND tx_hash <> ''
    """)  # noqa: S608
    engine.execute(f"""
        DELETE FROM rows r WHERE kind = 'fee'
        AND EXISTS (SELECT 1 FROM split s WHERE s.chain_no = r.chain_no AND s.tx_hash = r.tx_hash)
        AND NOT EXISTS (SELECT 1 FROM split s WHERE s.chain_no = r.chain_no AND s.tx_hash = r.tx_hash
                        AND s.file = {CITED_FILE})
    """)  # noqa: S608
    engine.execute("DROP TABLE split")


def keep_once(engine: duckdb.DuckDBPyConnection) -> None:
    """Nothing; makes the table `kept` of distinct rows of `rows`.

    Rows that state their position are the same if they say the same. Of rows that do not, those alike
    within one file are distinct, and across files the largest number of them counts; those that a row
    with position states too are not counted again. A row without transaction hash is known by its
    block and time instead. The row that is cited is the first of the file with the smallest number.

    Rows whose content has a hash of its own are distinct by any of these rules and are not looked at.
    """
    engine.execute(f"""
        CREATE TABLE alike AS
        SELECT content FROM (SELECT {_CONTENT} AS content FROM rows) GROUP BY content HAVING count(*) > 1
    """)  # noqa: S608
    engine.execute(f"""
        CREATE TABLE kept AS
        SELECT chain_no, {_KEY}, position, 0::BIGINT AS occurrence,
               block, time, tx_index, cite, locator, bare, false AS assumed
        FROM (SELECT *, {_WHERE_NO_HASH}, {_CONTENT} AS content FROM rows) ANTI JOIN alike USING (content)
    """)  # noqa: S608
    if engine.execute("SELECT 1 FROM alike LIMIT 1").fetchone() is not None:
        _keep_alike(engine)
    engine.execute("DROP TABLE alike")


def _keep_alike(engine: duckdb.DuckDBPyConnection) -> None:
    engine.execute(f"""
        CREATE TABLE doubtful AS
        FROM (SELECT *, {_WHERE_NO_HASH}, {_CONTENT} AS content FROM rows) SEMI JOIN alike USING (content)
    """)  # noqa: S608
    engine.execute(f"""
        CREATE TABLE placed AS
        SELECT chain_no, {_KEY}, position, 0::BIGINT AS occurrence, {_PLACE}, {_CITED}, false AS assumed
        FROM doubtful WHERE position IS NOT NULL GROUP BY ALL
    """)  # noqa: S608
    engine.execute(f"""
        INSERT INTO kept
        WITH numbered AS (
            SELECT *, row_number() OVER (PARTITION BY {CITED_FILE}, {_KEY} ORDER BY cite) AS occurrence
            FROM doubtful WHERE position IS NULL
        ), once AS (
            SELECT chain_no, {_KEY}, position, occurrence, {_PLACE}, {_CITED}, false AS assumed
            FROM numbered GROUP BY ALL
        ), stated AS (
            SELECT source, target, kind, tx_hash, amount, count(*) AS times
            FROM placed WHERE tx_hash <> '' GROUP BY ALL
        )
        FROM placed
        UNION ALL
        SELECT o.* FROM once o LEFT JOIN stated s
            ON s.source = o.source AND s.target = o.target AND s.kind = o.kind
            AND s.tx_hash = o.tx_hash AND s.amount = o.amount
        WHERE o.occurrence > coalesce(s.times, 0)
    """)  # noqa: S608
    engine.execute("DROP TABLE doubtful")
    engine.execute("DROP TABLE placed")
