"""The network behind the hits: people, and the devices, places, accounts and wallets that join them.

A person and a thing are joined where a hit says that the person shares the thing and nothing explains it.
What the records explain joins nobody. Clusters are ranked by how many employers they reach, then by people.
"""

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from bongsu.kernel.union_find import joined_sets
from bongsu.model.red_flag import FlagHit, weight_of
from bongsu.model.text import _

METHOD = "network@1"
LEAST_WEIGHT = weight_of("high")
"""Weight of a hit that joins people into a cluster."""
LEAST_PEOPLE = 2
LEAST_VENDOR, LEAST_VENDOR_SHARE = 2, 0.2
"""Placements of a vendor that are in clusters, and their share of all of its placements."""
Node = tuple[str, str]
"""Kind and value: `person` and an id, or a thing and its value."""


class Step(NamedTuple):
    """One edge of a path: from a person to a thing, or back, and what says so."""

    left: Node
    right: Node
    why: str
    flag: str
    rows: tuple[int, ...]


class Cluster(NamedTuple):
    """People whom things join."""

    people: tuple[str, ...]
    things: tuple[Node, ...]
    """What joins them, by falling number of people."""
    families: tuple[str, ...]
    employers: tuple[str, ...]
    facilitators: tuple[Node, ...]
    """Places, addresses and phones that serve people of several employers."""

    @property
    def firm(self) -> bool:
        """Whether two independent families join three people and more."""
        return len(self.people) > 2 and len(self.families) > 1


class Vendor(NamedTuple):
    """A company several of whose placements are in clusters, for its size."""

    name: str
    placed: int
    joined: int


class Graph:
    """People and things as hits join them."""

    def __init__(self, hits: Iterable[FlagHit], *, least: int = 1) -> None:
        self._edges: dict[Node, dict[Node, FlagHit]] = {}
        for hit in hits:
            if hit.others and not hit.explained and weight_of(hit.strength) >= least:
                person, thing = ("person", hit.subject), (hit.kind, hit.value)
                self._edges.setdefault(person, {})[thing] = hit
                self._edges.setdefault(thing, {})[person] = hit

    @property
    def nodes(self) -> list[Node]:
        """All nodes, sorted."""
        return sorted(self._edges)

    def neighbors(self, node: Node) -> dict[Node, FlagHit]:
        """Nodes beside this one, each with the hit that says so."""
        return self._edges.get(node, {})

    def explain_path(self, one: Node, other: Node) -> list[Step]:
        """Shortest path between two nodes; empty where there is none. Cost: a walk of the graph."""
        came: dict[Node, Node] = {one: one}
        waiting = deque([one])
        while waiting and other not in came:
            node = waiting.popleft()
            for beside in sorted(self.neighbors(node)):
                if beside not in came:
                    came[beside] = node
                    waiting.append(beside)
        return self._walk_back(came, other) if other in came else []

    def _walk_back(self, came: dict[Node, Node], end: Node) -> list[Step]:
        steps = []
        while came[end] != end:
            hit = self._edges[came[end]][end]
            steps.append(Step(came[end], end, hit.why, hit.flag, hit.rows))
            end = came[end]
        return steps[::-1]


def find_clusters(
    hits: Iterable[FlagHit], employers: dict[str, frozenset[str]] | None = None
) -> list[Cluster]:
    """Clusters of two people and more, widest reach first.

    Args:
        hits: Hits of everybody.
        employers: Person to employers, where the records are of several.
    """
    graph = Graph(hits, least=LEAST_WEIGHT)
    nodes = graph.nodes
    places = {node: place for place, node in enumerate(nodes)}
    pairs = [(places[a], places[b]) for a in nodes if a[0] == "person" for b in sorted(graph.neighbors(a))]
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    roots, _fate = joined_sets(left, right, np.zeros(len(nodes), np.int64), most=max(1, len(nodes)))
    members: dict[int, list[Node]] = {}
    for node, root in zip(nodes, roots.tolist(), strict=True):
        members.setdefault(root, []).append(node)
    found = [_cluster(graph, nodes, employers or {}) for nodes in members.values()]
    kept = [one for one in found if len(one.people) >= LEAST_PEOPLE]
    return sorted(kept, key=lambda one: (-len(one.employers), -len(one.people), one.people))


def find_vendors(clusters: Iterable[Cluster], placed: dict[str, frozenset[str]]) -> list[Vendor]:
    """Vendors with two placements and a fifth of all of them in clusters, most first.

    Args:
        clusters: Clusters.
        placed: Vendor to everybody whom it placed.
    """
    joined = {person for cluster in clusters for person in cluster.people}
    found = [Vendor(name, len(people), len(people & joined)) for name, people in placed.items()]
    kept = [x for x in found if x.joined >= LEAST_VENDOR and x.joined >= LEAST_VENDOR_SHARE * x.placed]
    return sorted(kept, key=lambda one: (-one.joined, one.name))


def say_node(node: Node) -> str:
    """Node as a person reads it."""
    return _("person {id}").format(id=node[1]) if node[0] == "person" else f"{node[0]} {node[1]}"


def _cluster(graph: Graph, nodes: list[Node], employers: dict[str, frozenset[str]]) -> Cluster:
    people = tuple(sorted(value for kind, value in nodes if kind == "person"))
    things = [node for node in nodes if node[0] != "person"]
    reach = {node: _reach(graph, node, employers) for node in things}
    families = {hit.family for node in things for hit in graph.neighbors(node).values()}
    return Cluster(
        people=people,
        things=tuple(sorted(things, key=lambda node: (-len(graph.neighbors(node)), node))),
        families=tuple(sorted(families)),
        employers=tuple(sorted(frozenset().union(*(employers.get(one, frozenset()) for one in people)))),
        facilitators=tuple(
            node for node in things if node[0] in {"postal_address", "ip", "phone"} and len(reach[node]) > 1
        ),
    )


def _reach(graph: Graph, node: Node, employers: dict[str, frozenset[str]]) -> frozenset[str]:
    """Employers of the people beside a thing."""
    beside = (employers.get(person, frozenset()) for _kind, person in graph.neighbors(node))
    return frozenset().union(*beside)
