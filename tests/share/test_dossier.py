"""Dossiers as files."""

import json
from datetime import UTC, datetime

import pytest

from bongsu.errors import ReleaseError
from bongsu.share.dossier import (
    dossiers,
    person_name,
    purge_dossiers,
    read_dossiers,
    render_dossier,
    rewrite_dossier,
    write_dossiers,
)

HIT = {
    "flag": "P01",
    "title": "One account",
    "family": "money",
    "strength": "very_high",
    "verified_by": "machine",
    "why": "<b>Pay</b> of 4 people.",
    "thing": "iban",
    "value": "DE89…00",
    "shared_with": ["b"],
    "sources": ["FBI"],
    "evidence": [{"sha256": "a" * 64, "file": "pay.csv", "locator": 3, "what": "payout iban", "time": None}],
}
PERSON = {
    "subject": "A/../b",
    "kind": "person",
    "score": 60,
    "families": ["money", "place"],
    "for": [HIT],
    "explained": [HIT | {"explained": "A couple."}],
    "against": ["a couple"],
    "next_steps": ["Ask payroll."],
    "tell": ["Counsel."],
    "avoid": ["Do not tell."],
    "timeline": [{"time": "2026-01-31T00:00:00+00:00", "flag": "P01", "title": "One account"}],
}
NETWORK = {
    "referred": ["a"],
    "others": 2,
    "firm": True,
    "families": ["money"],
    "employers": [],
    "things": [{"kind": "iban", "value": "DE89…00"}],
    "facilitators": [],
}
DUTY = {
    "country": "KR",
    "phase": "after_decision",
    "force": "must",
    "what": "Tell <i>applicants</i>.",
    "when": "30 workers or more",
    "deadline": "14 days",
    "law": "Act 10",
    "authority": "Ministry",
    "source": "a code",
    "confidence": 75,
}
DOCUMENT = {
    "made": "2026-03-01T00:00:00+00:00",
    "marking": {"tlp": "TLP:AMBER", "releasable_to": ["kr"]},
    "method": {},
    "limits": ["It says nothing of guilt."],
    "duties": [DUTY],
    "referrals": [PERSON],
    "networks": [NETWORK],
    "files": ["secret"],
}


def test_one_dossier_a_person_and_a_network_with_no_more_than_it_needs(tmp_path):
    names = write_dossiers(DOCUMENT, tmp_path, recipient="kr")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".html", ".json", ".json"]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert all("/" not in name and ".." not in name for name in names)
    for _name, content in dossiers(DOCUMENT):
        assert set(content) <= {
            "schema",
            "made",
            "marking",
            "method",
            "duties",
            "limits",
            "person",
            "network",
        }
        assert "secret" not in json.dumps(content)


def test_the_page_shows_for_against_next_and_not_and_escapes():
    (_name, content), (_other, network) = dossiers(DOCUMENT)
    page = render_dossier(content)
    for text in (
        "One account",
        "a couple",
        "A couple.",
        "Ask payroll.",
        "Counsel.",
        "Do not tell.",
        "TLP:AMBER",
        "pay.csv",
    ):
        assert text in page
    assert "<b>Pay" not in page
    assert "<script" not in page
    assert page == render_dossier(content)
    assert "Joined with them and not referred: 2" in " ".join(render_dossier(network).split())


def test_release_is_asked(tmp_path):
    with pytest.raises(ReleaseError):
        write_dossiers(DOCUMENT, tmp_path, recipient="us")
    assert list(tmp_path.iterdir()) == []


def test_purge_leaves_what_is_young_or_not_ours(tmp_path):
    write_dossiers(DOCUMENT, tmp_path, recipient=None)
    (tmp_path / "bongsu-dossier-other.json").write_text("[]")
    (tmp_path / "notes.json").write_text(
        '{"made": "2000-01-01T00:00:00+00:00", "schema": "bongsu.dossier/1"}'
    )
    assert purge_dossiers(tmp_path, datetime(2026, 3, 1, tzinfo=UTC)) == []
    assert len(purge_dossiers(tmp_path, datetime(2026, 3, 2, tzinfo=UTC))) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bongsu-dossier-other.json", "notes.json"]


def test_a_dossier_says_what_the_law_asks_and_when(tmp_path):
    (_name, content), *_others = dossiers(DOCUMENT)
    page = render_dossier(content)
    for text in (
        "What the law asks",
        "After a decision against the person",
        "KR · must",
        "14 days",
        "Act 10 · Ministry",
    ):
        assert text in page
    assert "Tell &lt;i&gt;applicants" in page
    earlier = DUTY | {"country": "US", "phase": "before_decision", "force": "must_not"}
    page = render_dossier(content | {"duties": [DUTY, earlier]})
    assert page.index("US · must not") < page.index("KR · must")
    assert "What the law asks" not in render_dossier(content | {"duties": []})


def test_a_dossier_shows_what_was_decided_and_is_spared_where_it_must_stay(tmp_path):
    write_dossiers(DOCUMENT, tmp_path, recipient=None)
    name = person_name("A/../b")
    told = {
        "at": "2026-03-02",
        "kind": "decision",
        "outcome": "adverse",
        "by": "<i>K</i>",
        "says": "Elsewhere.",
    }
    assert rewrite_dossier(tmp_path / f"{name}.json", {"decisions": [told]}) == [
        f"{name}.json",
        f"{name}.html",
    ]
    page = (tmp_path / f"{name}.html").read_text()
    for text in ("decided against the person", "&lt;i&gt;K", "Elsewhere."):
        assert text in page
    contents = dict(read_dossiers(tmp_path))
    assert contents[tmp_path / f"{name}.json"]["decisions"] == [told]
    assert rewrite_dossier(tmp_path / "bongsu-dossier-gone.json", {}) == []
    assert len(purge_dossiers(tmp_path, datetime(2027, 1, 1, tzinfo=UTC), frozenset({name}))) == 2
    assert {path.stem for path in tmp_path.iterdir()} == {name}
