"""Findings, clusters and heuristics of a trace as the report shows them, few enough to read."""

from typing import Any

from bongsu.model.text import _
from bongsu.share.report_money import Document
from bongsu.share.report_route import tone_of

MOST_FINDINGS = 25
"""Findings of one kind that the page shows."""
MOST_EVIDENCE = 5
MOST_CLUSTERS = 50


def findings_view(document: Document) -> list[dict[str, Any]]:
    """Findings by kind, the kind with the surest finding first."""
    kinds: dict[str, list[Document]] = {}
    for finding in sorted(document.get("findings", ()), key=lambda one: -one["score"]):
        kinds.setdefault(finding["what"], []).append(finding)
    return [
        {
            "name": pattern_name(what),
            "count": f"{len(found):,}",
            "shown": [_finding(one) for one in found[:MOST_FINDINGS]],
            "more": _rest(found, MOST_FINDINGS),
        }
        for what, found in kinds.items()
    ]


def _finding(one: Document) -> dict[str, Any]:
    rows = [(row["sha256"], row["locator"]) for row in one.get("evidence", ())]
    return {
        **{name: one[name] for name in ("subject", "score", "why", "method")},
        "tone": tone_of(one["score"]),
        "evidence": rows[:MOST_EVIDENCE],
        "more": _rest(rows, MOST_EVIDENCE),
    }


def _rest(rows: list[Any], most: int) -> str:
    """How many are not shown; empty: none."""
    return f"{len(rows) - most:,}" if len(rows) > most else ""


def clusters_view(document: Document) -> dict[str, Any] | None:
    """Clusters with their members, those that hold ends first; null where they were not asked for."""
    made = document.get("clusters")
    if made is None:
        return None
    groups: dict[str, list[Document]] = {}
    for member in made["members"]:
        groups.setdefault(member["cluster"], []).append(member)
    ranked = sorted(groups.values(), key=lambda group: not any(one["ends"] for one in group))
    return {
        "methods": ", ".join(made["methods"]) or _("none"),
        "groups": [
            {"members": group, "method": ", ".join(sorted({one["method"] for one in group}))}
            for group in ranked[:MOST_CLUSTERS]
        ],
        "more": _rest(ranked, MOST_CLUSTERS),
    }


def heuristics_view(document: Document) -> list[dict[str, Any]]:
    """Guesses that were allowed with their measured errors, a row a measurement; the first names it."""
    rows = []
    for one in document["method"].get("heuristics", ()):
        named = {"name": one["name"], "meaning": one["meaning"], "span": max(len(one["measured"]), 1)}
        told = [_measured(counts) for counts in one["measured"]] or [{"found": "", "chance": "", "data": ""}]
        rows += [{"name": ""} | told[place] | ({} if place else named) for place in range(len(told))]
    return rows


def _measured(counts: Document) -> dict[str, str]:
    right, wrong, cases, decoys, by_chance = (
        "" if counts[name] is None else f"{counts[name]:,}"
        for name in ("right", "wrong", "cases", "decoys", "decoys_found")
    )
    found = _("{right} found of {cases}; nobody knows which are right").format(right=right, cases=cases)
    if wrong:
        found = _("{right} right, {wrong} wrong of {cases}").format(right=right, wrong=wrong, cases=cases)
    chance = _("{found} of {decoys}").format(found=by_chance, decoys=decoys)
    return {
        "found": found,
        "chance": chance if counts["decoys"] else _("no decoy"),
        "data": counts["data"],
    }


def pattern_name(what: str) -> str:
    """What a finding is, in words."""
    names = {
        "coinjoin": _("CoinJoin"),
        "mixer_pool": _("Mixer visited"),
        "mixer_lead": _("Lead out of a mixer"),
        "peel_chain": _("Peel chain"),
        "fan_out": _("Fan-out"),
        "fan_in": _("Fan-in"),
        "scatter_gather": _("Scattered and gathered"),
        "layering_depth": _("Layering depth"),
        "pass_through": _("Passed on quickly"),
        "dormancy": _("Dormant, then moved"),
        "structured_amounts": _("Structured amounts"),
        "deposit_account": _("Deposit account"),
        "deposit_reuse": _("Deposit address used by several"),
        "cycle": _("Cycle"),
        "address_poisoning": _("Address poisoning"),
        "unknown_token": _("Token that no fact knows"),
        "look_alike": _("Look-alike address"),
        "patterns_left_out": _("Patterns were not looked for"),
    }
    return names.get(what, what)
