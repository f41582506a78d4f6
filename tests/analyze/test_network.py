"""People and what joins them."""

import dataclasses

from tests.analyze.test_referral import hit

from bongsu.analyze.network import Graph, find_clusters, find_vendors, say_node


def joined(flag, people, value, **more):
    return [
        dataclasses.replace(
            hit(flag, subject=one, value=value, **more), kind=kind_of(flag), others=tuple(set(people) - {one})
        )
        for one in people
    ]


def kind_of(flag):
    return {"P01": "iban", "E06": "ip", "O02": "postal_address"}[flag]


HITS = [*joined("P01", "abc", "X"), *joined("E06", "cde", "9.9.9.9"), *joined("O02", "xy", "5 far rd")]


def test_clusters_are_ranked_by_reach():
    employers = {"x": frozenset({"one"}), "y": frozenset({"two"}), "a": frozenset({"one"})}
    far, wide = find_clusters(HITS, employers)
    assert (far.people, far.employers, far.firm) == (("x", "y"), ("one", "two"), False)
    assert far.facilitators == (("postal_address", "5 far rd"),)
    assert (wide.people, wide.families, wide.firm) == (tuple("abcde"), ("money", "network"), True)
    assert wide.things == (("iban", "X"), ("ip", "9.9.9.9"))


def test_what_is_explained_or_weak_joins_nobody():
    assert find_clusters(joined("P01", "ab", "X", explained="a couple")) == []
    assert find_clusters(joined("P01", "ab", "X", strength="low")) == []


def test_the_path_between_two_nodes_is_walked_step_by_step():
    graph = Graph(HITS)
    path = graph.explain_path(("person", "a"), ("person", "e"))
    assert [step.right for step in path] == [
        ("iban", "X"),
        ("person", "c"),
        ("ip", "9.9.9.9"),
        ("person", "e"),
    ]
    assert all(step.why and step.flag for step in path)
    assert graph.explain_path(("person", "a"), ("person", "x")) == []
    assert graph.explain_path(("person", "a"), ("person", "a")) == []
    assert len(graph.explain_path(("person", "a"), ("ip", "9.9.9.9"))) == 3
    assert say_node(("person", "a")) == "person a"
    assert say_node(("ip", "1.1.1.1")) == "ip 1.1.1.1"


def test_vendors_are_judged_by_their_size():
    clusters = find_clusters(HITS)
    placed = {"small": frozenset("abq"), "large": frozenset("abcdefghijklmnopqrstuvw"), "one": frozenset("c")}
    assert [(x.name, x.placed, x.joined) for x in find_vendors(clusters, placed)] == [
        ("large", 23, 5), ("small", 3, 2)
    ]  # fmt: skip
    placed = {"large": frozenset("ab") | {f"p{i}" for i in range(20)}}
    assert find_vendors(clusters, placed) == []
