"""What others can do with an export on disk: which pools the loot can reach."""

import resource
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

ENDS = ["from_address", "to_address"]


def measure_peer(name: str, path: Path, address: str, most: int) -> dict[str, Any]:
    """Seconds, number of pools, and what was computed.

    Raises:
        MemoryError: When the peer wants more bytes than `most`.
    """
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    start = time.perf_counter()
    pools, what = {"duckdb": _duckdb, "rustworkx": _rustworkx, "networkx": _networkx}[name](path, address)
    return {"best": time.perf_counter() - start, "pools": pools, "what": what}


def _duckdb(path: Path, address: str) -> tuple[int, str]:
    import duckdb

    connection = duckdb.connect(":memory:", config={"memory_limit": "12GB"})
    try:
        connection.execute(
            f"""
            CREATE TABLE moves AS
            SELECT from_address AS source, to_address AS target,
                   block_number * 100000 + transaction_index AS row FROM read_parquet('{path}')
            """
        )
        found = connection.execute(
            """
            WITH RECURSIVE reached(pool, since) USING KEY (pool) AS (
                SELECT ?::VARCHAR, -1::BIGINT
                UNION
                SELECT m.target, min(m.row)
                FROM reached r JOIN moves m ON m.source = r.pool AND m.row > r.since
                LEFT JOIN recurring.reached seen ON seen.pool = m.target
                WHERE seen.pool IS NULL OR m.row < seen.since
                GROUP BY m.target
            )
            SELECT count(*) FROM reached
            """,
            [address],
        ).fetchone()
    except duckdb.OutOfMemoryException as error:
        raise MemoryError from error
    return int(
        found[0]
    ) if found else 0, "load and recursion with USING KEY; through services too, no amounts"


def _numbered(path: Path) -> tuple[Any, Any, dict[str, int]]:
    table = pq.read_table(path, columns=ENDS)
    numbers: dict[str, int] = {}
    ends = [
        [numbers.setdefault(one, len(numbers)) for one in batch.to_pylist()]
        for name in ENDS
        for batch in [table[name]]
    ]
    return ends[0], ends[1], numbers


def _rustworkx(path: Path, address: str) -> tuple[int, str]:
    import rustworkx

    source, target, numbers = _numbered(path)
    graph = rustworkx.PyDiGraph(multigraph=True)
    graph.add_nodes_from(range(len(numbers)))
    graph.add_edges_from_no_data(list(zip(source, target, strict=True)))
    return len(rustworkx.descendants(graph, numbers[address])), "build and descendants; blind to time"


def _networkx(path: Path, address: str) -> tuple[int, str]:
    import networkx

    source, target, numbers = _numbered(path)
    graph = networkx.MultiDiGraph()
    graph.add_edges_from(zip(source, target, strict=True))
    return len(networkx.descendants(graph, numbers[address])), "build and descendants; blind to time"
