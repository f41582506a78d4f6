"""Sets that grow by joining pairs, with a guard against everything becoming one."""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.jit import compiled

JOINED, CONFLICT, TOO_LARGE = 0, 1, 2
"""What became of a pair: its sets are one; they have different owners; together they are too large."""


@compiled
def _root(parent: Array, node: int) -> int:
    """Root of a node; the way to it is halved on the go."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


class _Nodes(NamedTuple):
    parent: Array
    size: Array
    owner: Array


@compiled
def _join_all(pairs: tuple[Array, Array], nodes: _Nodes, most: int, refused: Array) -> None:
    """Nothing; joins the pairs in order where the guard allows it."""
    left, right = pairs
    parent, size, owner = nodes
    for pair in range(len(left)):
        a, b = _root(parent, left[pair]), _root(parent, right[pair])
        if a == b:
            continue
        if owner[a] and owner[b] and owner[a] != owner[b]:
            refused[pair] = CONFLICT
        elif size[a] + size[b] > most:
            refused[pair] = TOO_LARGE
        else:
            if size[a] < size[b]:
                a, b = b, a
            parent[b] = a
            size[a] += size[b]
            owner[a] = max(owner[a], owner[b])


@compiled
def _roots(parent: Array, root: Array) -> None:
    """Nothing; writes the root of each node."""
    for node in range(len(parent)):
        root[node] = _root(parent, node)


def joined_sets(left: Array, right: Array, owner: Array, *, most: int) -> tuple[Array, Array]:
    """Smallest node of each node's set, and what became of each pair.

    Args:
        left: Nodes, shape (pairs,).
        right: Nodes to join them with, shape (pairs,).
        owner: Number of who is known to own each node, 0 where nobody is: shape (nodes,).
        most: Nodes that a set may have.

    Returns:
        int64 of shape (nodes,), and JOINED, CONFLICT or TOO_LARGE as uint8 of shape (pairs,). Pairs count in
        their order: one that is refused stays so, also where a later one would have been refused instead.

    Cost: nearly linear (Tarjan 1975); two random reads a pair.
    """
    count = len(owner)
    parent = np.arange(count, dtype=np.int64)
    nodes = _Nodes(parent, np.ones(count, dtype=np.int64), owner.astype(np.int64))
    refused = np.zeros(len(left), dtype=np.uint8)
    _join_all((left.astype(np.int64), right.astype(np.int64)), nodes, most, refused)
    root = np.empty(count, dtype=np.int64)
    _roots(parent, root)
    least = np.full(count, count, dtype=np.int64)
    np.minimum.at(least, root, np.arange(count))
    return least[root], refused
