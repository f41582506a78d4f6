from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.model.schema import MAX_AMOUNT
from bongsu.normalize.amount import parse_base_units, parse_units, plain_amounts
from bongsu.normalize.fault import Fault


def rule(value: int | Fault) -> str:
    return value.rule if isinstance(value, Fault) else str(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        (str(MAX_AMOUNT), str(MAX_AMOUNT)),
        (str(MAX_AMOUNT + 1), "amount_out_of_range"),
        (str(2**256 - 1), "amount_out_of_range"),
        ("-1", "negative_amount"),
        ("1.0", "inexact_amount"),
        ("1.5e18", "inexact_amount"),
        ("1E+21", "inexact_amount"),
        ("", "bad_amount"),
        (".", "bad_amount"),
        ("0x10", "bad_amount"),
        ("١٢", "bad_amount"),
        ("nan", "bad_amount"),
        ("1,000", "bad_amount"),
        ("9" * 5000, "amount_out_of_range"),
    ],
)
def test_base_units_are_plain_digits_in_range(text, expected):
    assert rule(parse_base_units(text)) == expected


@pytest.mark.parametrize(
    ("text", "decimals", "expected"),
    [
        ("945646.73", 2, "94564673"),
        ("$96,456,655", 2, "9645665500"),
        ("0.1 ETH", 18, "100000000000000000"),
        ("1e-05", 18, "10000000000000"),
        (".5", 1, "5"),
        ("5.", 1, "50"),
        ("1.50", 1, "15"),
        ("1.55", 1, "inexact_amount"),
        ("-0", 2, "0"),
        ("-0.01", 2, "negative_amount"),
        ("-x", 2, "bad_amount"),
        ("1,00", 2, "bad_amount"),
        ("1e999", 2, "amount_out_of_range"),
        ("0e999", 2, "0"),
        ("", 2, "bad_amount"),
        (".", 2, "bad_amount"),
        ("1 BTC", 18, "bad_amount"),
    ],
)
def test_units_are_exact_or_refused(text, decimals, expected):
    assert rule(parse_units(text, decimals, "ETH")) == expected


@given(st.integers(0, 10**30), st.integers(0, 8), st.integers(0, 8))
def test_units_agree_with_fractions(digits, places, decimals):
    text = f"{digits}e-{places}"
    exact = Fraction(digits, 10**places) * 10**decimals
    made = parse_units(text, decimals)
    assert made == exact if exact.denominator == 1 else rule(made) == "inexact_amount"


def test_a_plain_column_is_read_at_once_and_any_other_is_not():
    assert plain_amounts(pa.array(["1", None, str(MAX_AMOUNT)])).to_pylist() == [1, None, MAX_AMOUNT]
    assert plain_amounts(pa.array([None], pa.string())).to_pylist() == [None]
    for text in ("-1", "1.0", "1e3", "", "9" * 39):
        assert plain_amounts(pa.array(["1", text])) is None
