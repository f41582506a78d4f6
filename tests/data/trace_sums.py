"""Sums of a trace document (bongsu.trace/1), taken again from the document alone."""

from collections import Counter
from itertools import pairwise

TERM_OF = {
    "service": "at_services",
    "bridge": "in_bridges",
    "mixer": "in_mixers",
    "burn": "burned",
    "fee": "fees",
    "conversion": "converted_out",
    "unspent": "held",
    "ledger_end": "beyond_ledger",
}
"""As the reference of the document says it; every other stop is not followed."""


def conserving(document):
    return [name for name, terms in document["conservation"].items() if terms["conserving"]]


def ends_by_term(document, policy):
    """(term or `not_followed`, stop, asset) to the sum of the ends."""
    sums = Counter()
    for end in document["endpoints"]:
        term = TERM_OF.get(end["stop"], "not_followed")
        stop = end["stop"] if term == "not_followed" else ""
        sums[term, stop, end["asset"]] += int(end["amount"][policy])
    return {key: value for key, value in sums.items() if value}


def stated_terms(terms):
    """The same from the document's own certificate."""
    sums = {(term, "", asset): int(v) for term in TERM_OF.values() for asset, v in terms[term].items()}
    for stop, amounts in terms["not_followed"].items():
        sums |= {("not_followed", stop, asset): int(value) for asset, value in amounts.items()}
    return {key: value for key, value in sums.items() if value}


def check_conservation(document):
    """Nothing; checks from the document alone that what was stolen is at the ends."""
    for policy in conserving(document):
        terms = document["conservation"][policy]
        found = ends_by_term(document, policy)
        assert found == stated_terms(terms), policy
        total = Counter()
        for (_term, _stop, asset), value in found.items():
            total[asset] += value
        stolen = {asset: int(value) for asset, value in document["stolen"][policy].items()}
        entered = {asset: int(value) for asset, value in terms["converted_in"].items()}
        assert total == Counter(stolen) + Counter(entered), policy
        assert terms["balanced"]


def check_flows(document):
    """Nothing; checks that at each account but the sources, what came less what went is its end."""
    sources = {one["address"] for one in document["lead"]["sources"]}
    for policy in conserving(document):
        left = Counter()
        for flow in document["flows"]:
            left[flow["target"], flow["asset"]] += int(flow["amount"][policy])
            left[flow["source"], flow["asset"]] -= int(flow["amount"][policy])
        there = Counter()
        for end in document["endpoints"]:
            there[end["id"].split("|")[1], end["asset"]] += int(end["amount"][policy])
        first = {flow["source"] for flow in document["flows"] if flow["target"] in sources}
        for account in set(left) | set(there):
            if account[0] not in sources | first:
                assert left[account] == there[account], (policy, account)


def check_ends(document):
    """Nothing; checks each end against itself and against the parts that it cites."""
    policies, files = conserving(document), {one["sha256"] for one in document["ledger"]["files"]}
    sources = {one["address"] for one in document["lead"]["sources"]}
    assert [end["rank"] for end in document["endpoints"]] == list(range(1, len(document["endpoints"]) + 1))
    assert len({end["id"] for end in document["endpoints"]}) == len(document["endpoints"])
    for end in document["endpoints"]:
        amount = {name: int(value) for name, value in end["amount"].items()}
        kept = [amount[name] for name in policies]
        assert (int(end["min"]), int(end["max"])) == (min(kept), max(kept))
        for name, value in amount.items():
            bounds = end["bounds"]["per_policy"][name]
            assert int(bounds["min"]) <= value <= int(bounds["max"])
            assert int(end["direct"][name]) + int(end["indirect"][name]) == value
        for action in end["actions"]:
            assert action["policies"] == [name for name in policies if amount[name]]
            least = [int(end["bounds"]["per_policy"][name]["min"]) for name in policies]
            assert action["holds_under_all"] == (min(least) > 0)
        path = end["path"]
        assert path[0]["source"] in sources or path[0]["target"] in sources
        assert path[-1]["target"] == end["id"].split("|")[1]
        assert all(one["target"] == two["source"] for one, two in pairwise(path))
        assert {step["evidence"]["sha256"] for step in path} <= files
        assert all(int(t) <= int(step["amount"]) for step in path for t in step["tainted"].values())
