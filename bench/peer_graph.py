"""Graph libraries: build the graph, then ask what can be reached from the thief."""

import heapq
from typing import Any

import networkx as nx
import rustworkx as rx

from bench.peer_python import Columns


def build_simple(columns: Columns) -> Any:  # noqa: ANN401
    """Directed graph of networkx, one edge for each pair of pools: its quickest form, without times."""
    graph = nx.DiGraph()
    graph.add_edges_from(zip(columns[0], columns[1], strict=True))
    return graph


def build_timed(columns: Columns) -> Any:  # noqa: ANN401
    """Directed multigraph of networkx, one edge a movement, its row as the key."""
    graph = nx.MultiDiGraph()
    rows = range(len(columns[0]))
    graph.add_edges_from((s, t, m, {}) for s, t, m in zip(columns[0], columns[1], rows, strict=True))
    return graph


def networkx_descendants(graph: Any, thief: int) -> set[int]:  # noqa: ANN401
    """Pools on any path from the thief, whatever the times: breadth first."""
    return set(nx.descendants(graph, thief)) | {thief}


def networkx_timed(graph: Any, thief: int, row: int) -> set[int]:  # noqa: ANN401
    """Pools on a path from the thief whose movements ascend in time: earliest arrival with a heap."""
    reached: dict[int, int] = {}
    heap = [(row, thief)]
    while heap:
        at, pool = heapq.heappop(heap)
        if pool in reached:
            continue
        reached[pool] = at
        for _, target, later in graph.out_edges(pool, keys=True):
            if later > at and target not in reached:
                heapq.heappush(heap, (later, target))
    return set(reached)


def build_rustworkx(columns: Columns) -> Any:  # noqa: ANN401
    """Directed multigraph of rustworkx, one edge a movement, without its row."""
    graph = rx.PyDiGraph()
    graph.extend_from_edge_list(list(zip(columns[0], columns[1], strict=True)))
    return graph


def rustworkx_descendants(graph: Any, thief: int) -> set[int]:  # noqa: ANN401
    """Pools on any path from the thief, whatever the times."""
    return set(rx.descendants(graph, thief)) | {thief}
