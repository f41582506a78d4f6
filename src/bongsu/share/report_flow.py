"""The picture of the main flows of one asset: source, hops, and the largest ends, few enough to read.

Addresses on the way stand together by their fewest hops from the source; ends stand together by the
party that holds them. What is not among the largest ends is one node, `Other ends`. Value that comes
back to an address of the same or an earlier hop is not drawn but stated.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bongsu.model.text import _
from bongsu.share.report_label import party_name
from bongsu.share.report_money import Document, range_of
from bongsu.share.report_text import plain, stop_color, stop_name

TOP_ENDS = 25
"""Ends that have a node of their own; the rest is one node."""
LAST_HOP = 6
"""Addresses at this hop and later stand in one node."""
NAMED_STOPS = ("service", "bridge", "in_flight", "mixer", "likely_service", "unspent")
"""Ends of these kinds stand alone or with their party; the others by kind."""

Key = tuple[str, ...]
Amount = dict[str, int]


@dataclass(slots=True)
class Node:
    """A group of holders in the picture."""

    label: str
    color: str
    holders: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Flow:
    """Nodes and links of one asset's picture, with amounts under every policy."""

    asset: str
    nodes: dict[Key, Node]
    links: dict[tuple[Key, Key], Amount]
    returned: Amount
    grouped_ends: int


def flow_of(document: Document, asset: str, policies: list[str]) -> Flow:
    """Main flows of one asset; `policies` are the conserving ones, which rank the ends."""
    rows = [row for row in document["flows"] if row["asset"] == asset]
    ends = {end["id"].partition("|")[2]: end for end in document["endpoints"] if end["asset"] == asset}
    hops = hops_of(rows, {source["address"] for source in document["lead"]["sources"]})
    paying = {row["source"] for row in rows}
    groups, nodes = _end_groups(ends, policies)
    flow = Flow(asset, nodes, {}, {}, sum(1 for key in groups.values() if key == ("other",)))
    for row in rows:
        _draw(flow, row, hops, {} if row["target"] in paying else groups)
    for holder, end in ends.items():
        if holder in paying or holder not in hops:
            _link(flow, _layer(flow, holder, hops), groups[holder], _amount(end))
    for key, node in nodes.items():
        if key[0] == "hop":
            node.label = _layer_label(int(key[1]), len(node.holders))
    return flow


def hops_of(rows: Iterable[Mapping[str, Any]], sources: set[str]) -> dict[str, int]:
    """Fewest hops to each holder from the sources and from holders that nothing flows into."""
    following: dict[str, list[str]] = {}
    paid: set[str] = set()
    for row in rows:
        following.setdefault(row["source"], []).append(row["target"])
        paid.add(row["target"])
    roots = [holder for holder in following if holder in sources or holder not in paid]
    hops: dict[str, int] = dict.fromkeys(roots or list(following)[:1], 0)
    queue = deque(hops)
    while queue:
        holder = queue.popleft()
        for target in following.get(holder, ()):
            if target not in hops:
                hops[target] = hops[holder] + 1
                queue.append(target)
    return hops


def short_address(end: Document) -> str:
    """Rank and both ends of an address; the rank makes it unambiguous within the report."""
    shown = plain(str(end["shown"]))
    if len(shown) > 24:
        shown = f"{shown[:10]}…{shown[-8:]}"
    return f"#{end['rank']} {shown}"


def _draw(flow: Flow, row: Mapping[str, Any], hops: Mapping[str, int], groups: Mapping[str, Key]) -> None:
    source, target = row["source"], row["target"]
    start = _layer(flow, source, hops)
    if target in groups:
        _link(flow, start, groups[target], _amount(row))
    elif hops.get(target, 0) > hops.get(source, 0):
        goal = _layer(flow, target, hops)
        if goal != start:
            _link(flow, start, goal, _amount(row))
    elif source != target:
        _add(flow.returned, _amount(row))


def _layer(flow: Flow, holder: str, hops: Mapping[str, int]) -> Key:
    hop = min(hops.get(holder, 0), LAST_HOP)
    key = ("hop", str(hop))
    if key not in flow.nodes:
        flow.nodes[key] = Node("", "#D55E00" if hop == 0 else "#6B7280")
    flow.nodes[key].holders.add(holder)
    return key


def _layer_label(hop: int, count: int) -> str:
    if hop == 0:
        return _("Source: {count}").format(count=f"{count:,}")
    if hop == LAST_HOP:
        return _("Hop {hop} and later: {count}").format(hop=hop, count=f"{count:,}")
    return _("Hop {hop}: {count}").format(hop=hop, count=f"{count:,}")


def _end_groups(ends: Mapping[str, Document], policies: list[str]) -> tuple[dict[str, Key], dict[Key, Node]]:
    """Group of each end, and a node for each group."""
    keys = {holder: _end_key(holder, end) for holder, end in ends.items()}
    sums: dict[Key, Amount] = {}
    for holder, end in ends.items():
        _add(sums.setdefault(keys[holder], {}), _amount(end))
    ranked = sorted(sums, key=lambda key: (-range_of(sums[key], policies)[1], key))
    top = set(ranked if len(ranked) <= TOP_ENDS + 1 else ranked[:TOP_ENDS])
    groups = {holder: key if key in top else ("other",) for holder, key in keys.items()}
    nodes: dict[Key, Node] = {}
    for holder, key in groups.items():
        node = nodes.setdefault(key, Node("", _end_color(key, ends[holder])))
        node.holders.add(holder)
        node.label = _end_label(key, ends[holder], len(node.holders))
    return groups, nodes


def _end_key(holder: str, end: Document) -> Key:
    name = party_name(end["label"])
    if end["stop"] not in NAMED_STOPS:
        return ("stop", end["stop"])
    return ("party", end["stop"], name) if name else ("end", holder)


def _end_label(key: Key, end: Document, count: int) -> str:
    if key[0] == "other":
        return _("Other ends ({count})").format(count=f"{count:,}")
    if key[0] == "end":
        return short_address(end)
    name = stop_name(key[1]) if key[0] == "stop" else plain(key[2])
    return f"{name if len(name) <= 28 else name[:27] + '…'} ({count:,})"


def _end_color(key: Key, end: Document) -> str:
    return "#8C8C8C" if key[0] == "other" else stop_color(end["stop"])


def _amount(row: Mapping[str, Any]) -> Amount:
    return {policy: int(units) for policy, units in row["amount"].items()}


def _link(flow: Flow, start: Key, goal: Key, amount: Amount) -> None:
    _add(flow.links.setdefault((start, goal), {}), amount)


def _add(total: Amount, amount: Amount) -> None:
    for policy, units in amount.items():
        total[policy] = total.get(policy, 0) + units
