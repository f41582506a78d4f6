"""DuckDB's recursive queries: over any path, and in time order with `USING KEY`."""

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from bench.scene import Scene

_ANY_PATH = """
    WITH RECURSIVE reached(pool) AS (
        SELECT ?::INTEGER
        UNION
        SELECT m.target FROM reached r JOIN moves m ON m.source = r.pool
    )
    SELECT pool FROM reached
"""
_IN_TIME = """
    WITH RECURSIVE reached(pool, since) USING KEY (pool) AS (
        SELECT ?::INTEGER, ?::INTEGER
        UNION
        SELECT m.target, min(m.row)
        FROM reached r JOIN moves m ON m.source = r.pool AND m.row > r.since
        LEFT JOIN recurring.reached seen ON seen.pool = m.target
        WHERE seen.pool IS NULL OR m.row < seen.since
        GROUP BY m.target
    )
    SELECT pool FROM reached
"""


def load_duckdb(scene: Scene) -> Any:  # noqa: ANN401
    """Connection with a table of the movements in memory."""
    moves = scene.case.moves
    rows = np.arange(len(moves.source), dtype=np.int32)
    table = pa.table({"row": rows, "source": moves.source, "target": moves.target})
    connection = duckdb.connect(":memory:")
    connection.register("given", table)
    connection.execute("CREATE TABLE moves AS SELECT * FROM given")
    return connection


def duckdb_descendants(connection: Any, thief: int) -> set[int]:  # noqa: ANN401
    """Pools on any path from the thief, whatever the times."""
    return _pools(connection.execute(_ANY_PATH, [thief]))


def duckdb_timed(connection: Any, thief: int, row: int) -> set[int]:  # noqa: ANN401
    """Pools on a path whose movements ascend in time: earliest arrival, improved until nothing changes."""
    return _pools(connection.execute(_IN_TIME, [thief, row]))


def _pools(result: Any) -> set[int]:  # noqa: ANN401
    return set(result.fetchnumpy()["pool"].tolist())
