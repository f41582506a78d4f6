"""Red flags as data: all there, each with its innocent causes, and none reads what must never be scored."""

import re
from pathlib import Path

import pytest

from bongsu.errors import FactsError
from bongsu.facts.document import read_documents
from bongsu.facts.red_flag import excluded_of, load_excluded, load_red_flags, red_flags_of
from bongsu.facts.verify import verify_facts
from bongsu.model.event import EVENT_THINGS, Event
from bongsu.model.red_flag import FAMILIES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "red-flags.md"
BODY = """\
note: Words
flags:
  - id: Z01
    title: Something
    phase: apply
    check: machine
    strength: low
    expiry_days: 30
    reads: [email]
    detector: shared_contact
    innocent: [Chance]
    next_step: Look again.
    sources: [Somebody]
"""


def test_fifty_two_flags_of_six_families_ship():
    flags = load_red_flags()
    assert len(flags) == 52
    assert {flag.family for flag in flags.values()} == set(FAMILIES)
    assert all(flag.innocent and flag.next_step and flag.sources for flag in flags.values())
    assert flags["E01"].strength == "medium"


@pytest.mark.parametrize("field", ["name", "birthplace", "language", "school", "nationality", "disability"])
def test_a_rule_that_reads_an_excluded_signal_is_refused(document, field):
    assert [flag.id for flag in red_flags_of(document("red_flags", "identity", BODY))] == ["Z01"]
    with pytest.raises(FactsError, match=f"reads {field}, which must never be scored"):
        red_flags_of(document("red_flags", "identity", BODY.replace("[email]", f"[email, {field}]")))


def test_verify_finds_such_a_rule(tmp_path, write_facts):
    write_facts("red_flags", "identity", BODY.replace("[email]", "[nationality]"))
    (issue,) = verify_facts(tmp_path)
    assert (issue.severity, "nationality" in issue.message) == ("problem", True)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[email]", "[shoe_size]", "which no event states"),
        ("[Chance]", "[]", "what explains it innocently"),
        ("strength: low", "strength: huge", "not one of"),
    ],
)
def test_a_rule_that_is_not_whole_is_refused(document, old, new, why):
    with pytest.raises(FactsError, match=why):
        red_flags_of(document("red_flags", "identity", BODY.replace(old, new)))


def test_a_file_is_named_after_a_family(document):
    with pytest.raises(FactsError, match="named after no family"):
        red_flags_of(document("red_flags", "looks", BODY))


def test_no_event_can_hold_an_excluded_signal():
    excluded = set(load_excluded())
    (never,) = read_documents("excluded_signals")
    assert set(excluded_of(never)) == excluded
    assert not excluded & set(EVENT_THINGS)
    assert not excluded & set(Event.__dataclass_fields__)


def test_the_page_says_of_every_flag_how_much_it_says_and_who_finds_it():
    rows = re.findall(r"^\| ([A-Z]\d\d) \| (.+?) \| (\w+) \| ([\w ]+) \| (.+?) \|", PAGE.read_text(), re.M)
    stated = {row[0]: row[1:] for row in rows}
    for flag in load_red_flags().values():
        title, family, strength, by = stated[flag.id]
        assert (title, family, strength) == (flag.title, flag.family, flag.strength.replace("_", " "))
        assert by == f"`{flag.detector}`" if flag.detector else "`" not in by
