"""A person decides, says why, and is told what the law asks; then the appeal log is open."""

from datetime import UTC, datetime

import pytest
from tests.data.screen_case import write_company

from bongsu.app.jobs.screen import run_screen
from bongsu.app.jobs.screen_decision import (
    Decided,
    appeal,
    appeals,
    decide,
    history,
    open_appeals,
    rules_before,
    show_decisions,
)
from bongsu.app.jobs.screen_dossier import write_screening
from bongsu.app.jobs.screen_intake import ScreenRequest
from bongsu.errors import InputError
from bongsu.share.dossier import person_name, read_dossiers
from bongsu.store.decision_log import read_decisions

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def cases(tmp_path):
    request = ScreenRequest(files=write_company(tmp_path), countries=("KR",))
    write_screening(run_screen(request, clock=lambda: NOW), tmp_path / "cases")
    return tmp_path / "cases"


def made(outcome="adverse", by="K. Lee", why="The laptop was elsewhere.", **more):
    return Decided(by=by, outcome=outcome, why=why, **more)


def test_an_adverse_decision_tells_duties_with_deadlines_and_opens_appeals(cases):
    done = decide(cases, "e1", made(), now=NOW)
    assert (done["subject"], done["by"], done["says"]) == ("e1", "K. Lee", "The laptop was elsewhere.")
    assert (done["appeal"], done["notes"], done["at"]) == ("open", [], "2026-12-01T00:00:00+00:00")
    assert {one["phase"] for one in done["duties"]} >= {"after_decision", "report"}
    assert "before_decision" not in {one["phase"] for one in done["duties"]}
    assert "14 days after the request" in {one["deadline"] for one in done["duties"]}
    told = decide(cases, "e2", made(countries=("us",)), now=NOW)
    assert {one["country"] for one in told["duties"]} == {"US"}


def test_another_decision_than_an_adverse_one_opens_nothing(cases):
    for outcome in ("cleared", "more_evidence"):
        done = decide(cases, "e1", made(outcome), now=NOW)
        assert (done["appeal"], done["duties"]) == ("closed", [])
    with pytest.raises(InputError, match="no adverse decision stands"):
        appeal(cases, "e1", "B. Park", "It was stolen.")


def test_without_a_country_it_says_that_no_duty_was_told(tmp_path):
    write_screening(run_screen(ScreenRequest(files=write_company(tmp_path))), tmp_path / "cases")
    assert "No country was named" in decide(tmp_path / "cases", "e1", made())["notes"][0]


@pytest.mark.parametrize(
    ("decided", "why"),
    [
        (made(by=" "), "--by says nothing"),
        (made(why=""), "--why says nothing"),
        (made("reject"), "Cannot use --decision reject"),
        (made(countries=("ZZ",)), "law of ZZ"),
    ],
)
def test_a_decision_without_who_why_or_a_known_outcome_is_none(cases, decided, why):
    with pytest.raises(InputError, match=why):
        decide(cases, "e1", decided)
    assert read_decisions(cases) == []


def test_whom_no_dossier_is_about_nobody_decides_on(cases):
    for ask in (lambda: decide(cases, "e5", made()), lambda: rules_before(cases, "e5")):
        with pytest.raises(InputError, match="no dossier of that id"):
            ask()


def test_the_tip_off_rule_and_the_law_are_told_before(cases):
    told = rules_before(cases, "e1")
    assert told[0].startswith("Do not let the person know before somebody has decided")
    assert any(one.startswith("KR · must not: Process resident registration numbers") for one in told)
    assert not any("Return documents" in one for one in told)
    assert any(one.startswith("US · ") for one in rules_before(cases, "e1", ("US",)))


def test_an_appeal_waits_until_another_decision_answers_it(cases):
    with pytest.raises(InputError, match="no adverse decision stands"):
        appeal(cases, "e1", "B. Park", "It was stolen.", now=NOW)
    decide(cases, "e1", made(), now=NOW)
    with pytest.raises(InputError, match="no adverse decision stands"):
        appeal(cases, "e2", "B. Park", "It was stolen.", now=NOW)
    for by, says in (("", "x"), ("B. Park", " ")):
        with pytest.raises(InputError, match="says nothing"):
            appeal(cases, "e1", by, says, now=NOW)
    said = appeal(cases, "e1", "B. Park", "It was stolen.", now=NOW)
    assert (said["kind"], said["says"]) == ("appeal", "It was stolen.")
    assert open_appeals(read_decisions(cases)) == {"e1"}
    assert [one.get("state") for one in appeals(cases)] == [None, "open"]
    same = decide(cases, "e1", made("cleared", by="k. lee"), now=NOW)
    assert "let another person look" in same["notes"][0]
    assert [one.get("state") for one in appeals(cases)] == [None, "answered", None]
    assert [one["outcome"] for one in history(cases, "e1")] == ["adverse", "waits", "cleared"]
    assert open_appeals(read_decisions(cases)) == frozenset()
    with pytest.raises(InputError, match="not a folder"):
        appeals(cases / "nowhere")


def test_another_person_who_answers_an_appeal_is_no_note(cases):
    decide(cases, "e1", made(), now=NOW)
    appeal(cases, "e1", "B. Park", "It was stolen.", now=NOW)
    assert decide(cases, "e1", made("cleared", by="C. Choi"), now=NOW)["notes"] == []


def test_the_dossier_shows_decision_and_appeal_and_no_other_does(cases):
    decide(cases, "e1", made(why="<b>Elsewhere</b>"), now=NOW)
    appeal(cases, "e1", "B. Park", "It was stolen.", now=NOW)
    pages = {path.stem: path.read_text() for path in cases.glob("*.html")}
    shown = {stem for stem, page in pages.items() if "It was stolen." in page}
    assert shown == {person_name("e1")}
    assert "&lt;b&gt;Elsewhere" in pages[person_name("e1")]
    show_decisions(cases, "e4")  # nothing was decided
    decided = {p.stem: one["decisions"] for p, one in read_dossiers(cases) if "decisions" in one}
    assert [len(decided[person_name(subject)]) for subject in ("e1", "e4")] == [2, 0]
