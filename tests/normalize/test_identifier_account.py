import hypothesis.strategies as st
import pytest
from hypothesis import given

from bongsu.normalize.identifier_account import (
    IBAN_LENGTHS,
    canonical_bank_account,
    canonical_emoney,
    canonical_iban,
    is_routing_number,
)

# Examples of the SWIFT IBAN registry.
EXAMPLES = ["GB29 NWBK 6016 1331 9268 19", "DE89370400440532013000", "FR14 2004 1010 0505 0001 3M02 606"]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_of_the_registry(text):
    found = canonical_iban(f"iban: {text.lower()}")
    assert (found.value, found.strength) == (text.replace(" ", ""), "strong")
    assert len(found.value) == IBAN_LENGTHS[found.value[:2]]


@given(st.sampled_from(EXAMPLES), st.integers(4, 21), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_found(text, place, digit):
    plain = text.replace(" ", "")
    wrong = plain[:place] + digit + plain[place + 1 :]
    found = canonical_iban(wrong)
    assert getattr(found, "value", None) == plain if wrong == plain else found.rule == "bad_checksum"


@pytest.mark.parametrize("text", ["DE8937040044053201300", "12345678901234567890", "", "DE89 3704 0044"])
def test_what_has_not_the_form_is_refused(text):
    assert canonical_iban(text).rule == "bad_iban"


@pytest.mark.parametrize("text", ["021000021 / 00123-4567", "021000021:1234567", "021000021 1234567"])
def test_routing_number_and_account(text):
    found = canonical_bank_account(text)
    assert (found.value, found.namespace) == ("021000021/1234567", "aba")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("021000022/1234567", "bad_checksum"),
        ("000000000/1234567", "bad_checksum"),
        ("021000021", "bad_account"),
        ("021000021/0001", "bad_account"),
        ("account 1234567", "bad_account"),
    ],
)
def test_what_is_no_account_is_refused(text, rule):
    assert canonical_bank_account(text).rule == rule


def test_routing_numbers_by_their_check_digit():
    assert is_routing_number("122105155")  # example of the American Bankers Association's rule
    assert sum(is_routing_number(f"12210515{digit}") for digit in range(10)) == 1


def test_an_account_at_a_platform_is_strong_and_without_it_weak():
    assert canonical_emoney(" Ann@Company.example ", "PayPal") == (
        "emoney",
        "ann@company.example",
        "paypal",
        "strong",
        "",
    )
    assert canonical_emoney("$annmade", "").strength == "weak"
    assert canonical_emoney("two words", "wise").rule == "bad_emoney"
