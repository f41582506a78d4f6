"""The picture of flows: few nodes, no loops, and the amounts are all there."""

from itertools import pairwise

import pytest
from tests.data.trace_document import CONSERVING, ETH, POLICIES, USDT, large, small

from bongsu.share.report_flow import LAST_HOP, TOP_ENDS, flow_of, hops_of, short_address


def row(source, target, amount=1, asset="a"):
    return {
        "source": source,
        "target": target,
        "asset": asset,
        "hop": 1,
        "amount": {"fifo": str(amount)},
        "movements": 1,
    }


def end(holder, amount, rank=1, stop="unspent", label=None):
    return {
        "id": f"a|{holder}",
        "asset": "a",
        "rank": rank,
        "shown": holder,
        "stop": stop,
        "label": label,
        "amount": {"fifo": str(amount)},
    }


def case(rows, ends, sources=("s",)):
    return {"flows": rows, "endpoints": ends, "lead": {"sources": [{"address": s} for s in sources]}}


def drawn(flow):
    return {
        (flow.nodes[a].label, flow.nodes[b].label): amount["fifo"] for (a, b), amount in flow.links.items()
    }


def test_small_case_by_hand():
    """S pays M 10; M pays the exchange 6, keeps 3 and pays a fee of 1."""
    label = {"entity_name": "Exchange", "name": "Exchange: deposit", "category": "exchange", "sanctions": []}
    document = case(
        [row("s", "m", 10), row("m", "x", 6), row("m", "fee:1", 1)],
        [end("x", 6, stop="service", label=label), end("m", 3, rank=2), end("fee:1", 1, rank=3, stop="fee")],
    )
    assert drawn(flow_of(document, "a", ["fifo"])) == {
        ("Source: 1", "Hop 1: 1"): 10,
        ("Hop 1: 1", "Exchange (1)"): 6,
        ("Hop 1: 1", "#2 m"): 3,
        ("Hop 1: 1", "Fee (1)"): 1,
    }


def test_listing_that_was_lifted_names_nobody():
    listing = {"name": "EXA: Mixer", "source": "list", "listed": None, "delisted": None, "status": "listed"}
    label = {"entity_name": None, "name": "EXA: Mixer", "category": "sanctioned", "sanctions": [listing]}
    document = case([row("s", "x", 6)], [end("x", 6, label=label)])
    assert drawn(flow_of(document, "a", ["fifo"])) == {("Source: 1", "EXA: Mixer (1)"): 6}
    listing |= {"delisted": "2025-03-21", "status": "delisted"}
    assert drawn(flow_of(document, "a", ["fifo"])) == {("Source: 1", "#1 x"): 6}


def test_value_that_comes_back_is_stated_not_drawn():
    document = case([row("s", "m", 10), row("m", "s", 4), row("m", "n", 6), row("n", "m", 2)], [])
    flow = flow_of(document, "a", ["fifo"])
    assert flow.returned == {"fifo": 6}
    assert drawn(flow) == {("Source: 1", "Hop 1: 1"): 10, ("Hop 1: 1", "Hop 2: 1"): 6}


def test_late_hops_stand_together():
    chain = ["s", *(f"m{i}" for i in range(1, 10)), "x"]
    document = case([row(a, b) for a, b in pairwise(chain)], [end("x", 1)])
    flow = flow_of(document, "a", ["fifo"])
    assert drawn(flow)[(f"Hop {LAST_HOP} and later: 4", "#1 x")] == 1
    assert len(flow.nodes) == LAST_HOP + 2


def test_start_of_a_converted_asset_is_where_nothing_flows_in():
    assert hops_of([row("p", "q"), row("q", "r")], {"s"}) == {"p": 0, "q": 1, "r": 2}


def test_loop_without_a_start_still_has_one():
    assert hops_of([row("p", "q"), row("q", "p")], {"s"}) == {"p": 0, "q": 1}


@pytest.mark.parametrize("asset", [ETH, USDT])
@pytest.mark.parametrize("make", [small, large])
def test_drawing_ends_hold_exactly_what_the_ends_hold(make, asset):
    document = make()
    flow = flow_of(document, asset, CONSERVING)
    into = dict.fromkeys(POLICIES, 0)
    for (_start, goal), amount in flow.links.items():
        if goal[0] != "hop":
            for policy in POLICIES:
                into[policy] += amount[policy]
    for policy in POLICIES:
        ends = [end for end in document["endpoints"] if end["asset"] == asset]
        assert into[policy] == sum(int(end["amount"][policy]) for end in ends)


def test_large_case_has_few_nodes_and_no_loop():
    flow = flow_of(large(), ETH, CONSERVING)
    assert len(flow.nodes) <= TOP_ENDS + 1 + LAST_HOP + 1
    assert flow.nodes[("other",)].label == f"Other ends ({flow.grouped_ends})"
    for start, goal in flow.links:
        assert start[0] == "hop"
        assert goal[0] != "hop" or int(goal[1]) == int(start[1]) + 1


def test_short_address_has_its_rank():
    shown = "0x" + "a" * 40
    assert short_address({"shown": shown, "rank": 7}) == "#7 0xaaaaaaaa…aaaaaaaa"
    assert short_address({"shown": "null", "rank": 8}) == "#8 null"
