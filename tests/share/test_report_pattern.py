"""Findings, clusters and heuristics of a trace in the report."""

from bongsu.analyze.pattern import PATTERNS
from bongsu.app.jobs.heuristic_choice import chosen_heuristics, heuristics_used
from bongsu.share.report_pattern import clusters_view, findings_view, heuristics_view, pattern_name


def finding(**other):
    plain = {"what": "cycle", "subject": "a", "score": 40, "why": ["w"], "method": "m@1"}
    return plain | other


def test_findings_by_kind_the_surest_first():
    rows = [{"sha256": "s", "locator": f"row {n}", "what": ""} for n in range(7)]
    document = {"findings": [finding(), finding(what="coinjoin", score=95, evidence=rows), finding()]}
    first, second = findings_view(document)
    assert (first["name"], first["count"], second["count"]) == ("CoinJoin", "1", "2")
    assert (len(first["shown"][0]["evidence"]), first["shown"][0]["more"]) == (5, "2")
    assert (first["shown"][0]["tone"], second["shown"][0]["tone"]) == ("sure", "weak")


def test_many_of_a_kind_are_counted():
    (group,) = findings_view({"findings": [finding() for _ in range(30)]})
    assert (len(group["shown"]), group["more"]) == (25, "5")
    assert findings_view({}) == []


def test_clusters_that_hold_ends_come_first():
    members = [
        {"chain": "c", "address": name, "cluster": name[0], "method": "m@1", "probability": 50, "ends": ends}
        for name, ends in (("a1", []), ("a2", []), ("b1", [3]), ("b2", []))
    ]
    view = clusters_view({"clusters": {"methods": ["cospend"], "members": members}})
    assert [[one["address"] for one in group["members"]] for group in view["groups"]] == [
        ["b1", "b2"],
        ["a1", "a2"],
    ]
    assert clusters_view({}) is None
    assert clusters_view({"clusters": None}) is None


def test_each_heuristic_with_its_measured_errors():
    rows = heuristics_view({"method": {"heuristics": heuristics_used(chosen_heuristics("on"))}})
    (label,) = [row for row in rows if row["name"] == "conversion_label"]
    assert (label["found"], label["chance"], label["span"]) == ("29 right, 0 wrong of 41", "0 of 292", 2)
    assert heuristics_view({"method": {}}) == []


def test_every_pattern_has_words():
    assert all(pattern_name(what) != what for what in PATTERNS)
