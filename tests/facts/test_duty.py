"""Duties that ship are complete; what is in force depends on the day."""

from datetime import date

import pytest

from bongsu.errors import FactsError
from bongsu.facts.document import read_document
from bongsu.facts.duty import COUNTRIES, duties_of, load_duties
from bongsu.model.duty import PHASES

TODAY = date(2026, 11, 25)
HEAD = """title: Duties
sources: [a code]
retrieved: 2026-11-25
license: free
confidence: 50
marking: "TLP:CLEAR"
note: a note
duties:
"""
DUTY = "  - {id: a, phase: report, force: must, what: Tell., law: L 1}\n"


def read(folder, body):
    path = folder / "us.yaml"
    path.write_text(HEAD + body)
    return duties_of(read_document(path))


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_says_what_comes_before_and_after_a_decision_and_of_sanctions(country):
    found = load_duties(country.upper(), TODAY)
    phases = [one.phase for one in found]
    assert phases == sorted(phases, key=PHASES.index)
    assert {"before_decision", "after_decision"} <= set(phases)
    assert {"sanctions", "report"} & set(phases)
    assert all(one.law and one.what and one.source and 0 < one.confidence <= 100 for one in found)


def test_a_country_that_nothing_ships_of_has_none():
    assert load_duties("ZZ", TODAY) == []


def test_a_duty_counts_from_its_first_day_to_its_last(tmp_path):
    assert "kr-automated-decision" in [one.id for one in load_duties("kr", date(2024, 3, 15))]
    assert "kr-automated-decision" not in [one.id for one in load_duties("kr", date(2024, 3, 14))]
    dated = DUTY.replace("law: L 1", "law: L 1, valid_from: 2020-01-01, valid_to: 2020-12-31")
    (found,) = read(tmp_path, dated)
    assert (found.id, found.country, found.confidence) == ("us-a", "US", 50)
    assert (found.valid_from, found.valid_to) == (date(2020, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (" []\n", "duties is missing"),
        (DUTY + DUTY, "us-a twice"),
        (DUTY.replace("must", "should"), "not one of"),
        (DUTY.replace("phase: report", "phase: later"), "not one of"),
        (DUTY.replace(", law: L 1", ""), "law is missing"),
        (
            DUTY.replace("law: L 1", "law: L, valid_from: 2021-01-01, valid_to: 2020-01-01"),
            "before valid_from",
        ),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path, body, why):
    with pytest.raises(FactsError, match=why):
        read(tmp_path, body)
