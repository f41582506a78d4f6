"""The part `clusters` of a trace document: an overlay that changes nothing else."""

import json

import pytest
from tests.data.crossing_scene import proven_ledger, tx

from bongsu.analyze.lead import Limits
from bongsu.app.jobs.heuristic_choice import chosen_heuristics
from bongsu.app.jobs.lead import lead_of
from bongsu.app.jobs.trace import TraceOptions, run_trace


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return proven_ledger(tmp_path_factory.mktemp("clusters"))


def traced(ledger, **options):
    limits = Limits(heuristics=chosen_heuristics("on,cospend"))
    return run_trace(lead_of([], [], [tx(1)]), TraceOptions(ledger=ledger, limits=limits, **options))


def test_clusters_are_shown_only_if_asked_for_and_change_nothing_else(ledger):
    plain, asked = traced(ledger), traced(ledger, clusters=True)
    assert "clusters" not in plain
    overlay = asked.pop("clusters")
    assert overlay["methods"] == ["cospend", "deposit_reuse"]
    assert overlay["members"] == []
    assert json.dumps(plain) == json.dumps(asked)


def test_patterns_are_findings_with_their_evidence(ledger):
    found = [one for one in traced(ledger)["findings"] if one["what"] == "pass_through"]
    assert found
    assert all(one["why"] and one["evidence"] for one in found)
