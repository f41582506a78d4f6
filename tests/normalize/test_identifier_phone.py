import sys

import pytest

from bongsu.errors import MissingExtraError
from bongsu.normalize.identifier_phone import canonical_phone


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("+1 (202) 456-1111", "", "+12024561111"),
        ("202.456.1111", "US", "+12024561111"),
        ("02-2100-2114", "KR", "+82221002114"),
        ("+82 (0)2 2100 2114", "", "+82221002114"),
        ("00 44 20 7946 0018", "FR", "+442079460018"),
    ],
)
def test_a_number_in_the_form_of_e164(text, region, number):
    found = canonical_phone(text, region)
    assert (found.value, found.strength) == (number, "strong")


@pytest.mark.parametrize(
    ("text", "region"), [("202 456 1111", ""), ("+1 000 000 0000", ""), ("call me", "US")]
)
def test_what_no_plan_has_is_refused(text, region):
    assert canonical_phone(text, region).rule == "bad_phone"


def test_a_toll_free_number_is_weak():
    assert canonical_phone("+1 800 555 0199").strength == "weak"


def test_without_the_package_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    with pytest.raises(MissingExtraError, match="phonenumbers") as caught:
        canonical_phone("+12024561111")
    assert "bongsu[screen]" in caught.value.hint
