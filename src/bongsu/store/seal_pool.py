"""Fourth step of a seal: the pools that movements are left for."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa


def renumber_pools(engine: duckdb.DuckDBPyConnection) -> None:
    """Nothing; pools that no movement names any more go, and the numbers close up."""
    engine.execute("""
        CREATE TABLE used AS
        SELECT id, (row_number() OVER (ORDER BY id) - 1)::UINTEGER AS number FROM pool
        SEMI JOIN (SELECT source AS id FROM kept UNION SELECT target FROM kept) USING (id)
    """)
    found = engine.execute("SELECT (SELECT count(*) FROM pool) - (SELECT count(*) FROM used)").fetchone()
    if found and found[0]:
        engine.execute("""
            CREATE TABLE numbered AS
            SELECT k.* REPLACE (s.number AS source, t.number AS target)
            FROM kept k JOIN used s ON s.id = k.source JOIN used t ON t.id = k.target
        """)
        engine.execute("DROP TABLE kept")
        engine.execute("ALTER TABLE numbered RENAME TO kept")
        engine.execute("""
            CREATE TABLE left_over AS
            SELECT p.* REPLACE (u.number AS id) FROM pool p JOIN used u USING (id)
        """)
        engine.execute("DROP TABLE pool")
        engine.execute("ALTER TABLE left_over RENAME TO pool")
    engine.execute("DROP TABLE used")


def pool_batches(engine: duckdb.DuckDBPyConnection, batch_rows: int) -> Iterator[pa.Table]:
    """chain, asset, holder and address of the pools in the order of their numbers, some at a time."""
    reader = engine.sql("""
        SELECT chain, asset, holder, address FROM pool JOIN asset USING (asset_no) ORDER BY id
    """).to_arrow_reader(batch_rows)
    for batch in reader:
        yield pa.Table.from_batches([batch])
