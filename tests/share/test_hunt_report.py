import pytest

from bongsu.errors import ReleaseError
from bongsu.model.detection import LEVELS
from bongsu.share.hunt_report import level_names, render_hunt

DOCUMENT = {
    "made": "2026-03-02T00:00:00+00:00",
    "marking": {"tlp": "TLP:AMBER", "releasable_to": ["cert"]},
    "summary": {
        "findings": 1, "context": 0, "by_level": dict.fromkeys(LEVELS, 0) | {"high": 1}, "events": 5,
        "files": 1,
        "hosts": 1,
    },
    "sightings": [
        {
            "title": "<b>Made</b>", "level": "high", "alert": True, "host": "h", "user": "", "count": 1,
            "first": None, "last": None, "techniques": [], "clusters": [], "confidence": 50,
            "why": ["<i>why</i>"],
            "innocent": [], "next_steps": ["Look."], "evidence": [], "rule": "r", "source": "s",
        }
    ],
    "timeline": [],
    "findings": [],
    "attribution": {"cannot_tell": True, "why": ["no indicator was met"], "clusters": []},
    "coverage": {
        "files": [], "not_searched": [], "streams": {}, "no_rule": {"zeek odd": 7},
        "notes": [], "indicators": None, "yara": None,
        "rules": {"loaded": 1, "asked": 1, "not_asked": {"why": "w", "by_source": {}}, "not_loaded": []},
    },
    "limits": ["limit"],
}  # fmt: skip


HOST = {
    name: DOCUMENT["sightings"][0][name] for name in ("host", "user", "count", "first", "last", "evidence")
}
DOCUMENT["findings"] = [DOCUMENT["sightings"][0] | {"hosts": [HOST], "places": 1}]


def test_what_logs_hold_is_shown_as_text_and_never_as_markup():
    page = render_hunt(DOCUMENT)
    assert "&lt;b&gt;Made" in page
    assert "<b>Made" not in page
    assert "&lt;i&gt;why" in page


def test_the_same_document_gives_the_same_page():
    assert render_hunt(DOCUMENT) == render_hunt(DOCUMENT)


def test_a_page_goes_to_whom_the_marking_lets_it():
    assert render_hunt(DOCUMENT, recipient="cert")
    with pytest.raises(ReleaseError):
        render_hunt(DOCUMENT, recipient="other")
    with pytest.raises(ReleaseError):
        render_hunt({**DOCUMENT, "marking": {}})


def test_nothing_found_is_said_with_what_was_searched():
    page = render_hunt(
        DOCUMENT | {"sightings": [], "findings": [], "summary": DOCUMENT["summary"] | {"findings": 0}}
    )
    assert "Nothing found in what was searched" in page


def test_what_no_rule_is_about_is_said():
    assert "zeek odd</bdi>: 7" in render_hunt(DOCUMENT)


def test_every_level_has_a_name():
    assert set(level_names()) == set(LEVELS)
