"""Techniques are counted over the groups outside the DPRK."""

import pytest

from bongsu.errors import FactsError
from bongsu.facts.technique import load_techniques, techniques_of

BODY = "note: a note\ngroups: 4\ntable: |\n  T1001 1 Data Obfuscation\n  T1059.001 3 PowerShell\n"


def test_a_line_is_a_technique(document):
    found = techniques_of(document("techniques", "made", BODY))
    assert found["T1059.001"] == ("T1059.001", "PowerShell", 3, 0.75)
    assert found["T1001"].name == "Data Obfuscation"


@pytest.mark.parametrize("wrong", ["T1001 x Name", "T1001 5 Name", "T1001 1"])
def test_a_count_that_cannot_be_is_refused(document, wrong):
    with pytest.raises(FactsError, match="not an id"):
        techniques_of(document("techniques", "made", BODY + f"  {wrong}\n"))


def test_what_everybody_does_is_told_from_what_hardly_anybody_does():
    found = load_techniques()
    assert len(found) == 691
    assert found["T1059.001"].share > 0.4
    assert found["T1027.003"].share < 0.06
