import pytest

from bongsu.normalize.fault import Fault
from bongsu.normalize.record_value import canonical_offset, canonical_value


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("+09:00", "540"), ("UTC-5", "-300"), ("-0330", "-210"), ("540", "540"), ("America/New_York", "-300")],
)
def test_offsets(text, minutes):
    assert canonical_offset(text) == minutes


@pytest.mark.parametrize("text", ["Nowhere/City", "late", "../etc"])
def test_what_is_no_zone(text):
    found = canonical_offset(text)
    assert isinstance(found, Fault)
    assert found.rule == "bad_zone"


def test_identifiers_and_words():
    assert canonical_value("email", "A.B@gmail.com") == "ab@gmail.com"
    assert canonical_value("department", " IT  Support ") == "it support"
    assert isinstance(canonical_value("email", "nobody"), Fault)
    assert isinstance(canonical_value("department", " "), Fault)
