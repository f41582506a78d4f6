import pytest

from bongsu.analyze.file_sighting import file_sighting
from bongsu.model.file_match import FileMatch

MATCH = FileMatch(
    "made_note", "made.yar", ("made", "t1059_001"),
    (("author", "A. Tester"), ("description", "a made note"), ("mitre", "T1027, T1566.002"),
     ("hash", "T1000")),
    "$word", 10, "made-up word",
)  # fmt: skip


def test_a_sighting_says_where_the_rule_fits_and_who_wrote_it():
    one = file_sighting(MATCH, "#3", "in.zip!note.txt")
    assert (one.kind, one.rule, one.field, one.value) == (
        "file", "made.yar:made_note", "in.zip!note.txt", "made-up word",
    )  # fmt: skip
    assert one.title == "file rule made_note: a made note"
    assert (one.evidence[0].sha256, one.evidence[0].locator) == ("#3", "10")
    assert one.source == "A. Tester"
    assert one.why[0] == "in.zip!note.txt holds $word at byte 10: made-up word"
    assert one.next_steps
    assert one.innocent
    assert one.clusters == (), "a rule's name is no attribution"


def test_techniques_are_those_that_the_author_states():
    assert file_sighting(MATCH, "#0", "a").techniques == ("T1027", "T1059.001", "T1566.002")
    odd = MATCH._replace(tags=("AT1059", "T10590"), meta=(("reference", "sha T10599"),))
    assert file_sighting(odd, "#0", "a").techniques == ()


@pytest.mark.parametrize(
    ("said", "level", "alert"),
    [((), "medium", True), ((("Severity", "LOW"),), "low", False),
     ((("level", "critical"),), "critical", True), ((("severity", "9"),), "medium", True)],
)  # fmt: skip
def test_the_level_is_the_author_s_or_medium(said, level, alert):
    one = file_sighting(MATCH._replace(meta=said), "#0", "a")
    assert (one.level, one.alert) == (level, alert)


def test_a_rule_without_a_pattern_fits_the_file_as_a_whole():
    one = file_sighting(MATCH._replace(pattern="", offset=0, shown="", meta=(), tags=()), "#0", "a")
    assert one.why[0] == "a fits the rule as a whole."
    assert (one.title, one.source, one.evidence[0].locator) == ("file rule made_note", "made.yar", "0")
