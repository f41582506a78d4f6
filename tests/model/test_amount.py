"""Amounts for a person and for a machine."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bongsu.model.amount import format_amount, format_amount_cut, format_amount_plain

UNITS = st.integers(min_value=-(10**38), max_value=10**38)
DECIMALS = st.integers(min_value=0, max_value=36)


def exact(text: str) -> Decimal:
    with localcontext() as context:
        context.prec = 90
        return +Decimal(text.replace(",", ""))


def of_units(units: int, decimals: int) -> Decimal:
    with localcontext() as context:
        context.prec = 90
        return Decimal(units).scaleb(-decimals)


@pytest.mark.parametrize(
    ("units", "decimals", "shown"),
    [
        (0, 0, "0"),
        (0, 18, "0.00"),
        (5, 0, "5"),
        (5, 1, "0.5"),
        (50, 2, "0.50"),
        (1234567, 2, "12,345.67"),
        ("401346768858404671280000", 18, "401,346.76885840467128"),
        (10**18, 18, "1.00"),
        (1, 18, "0.000000000000000001"),
        (-150, 2, "-1.50"),
        (10**38 - 1, 0, "99,999,999,999,999,999,999,999,999,999,999,999,999"),
    ],
)
def test_format_amount_by_hand(units, decimals, shown):
    assert format_amount(units, decimals) == shown


@given(UNITS, DECIMALS)
def test_format_amount_is_exact(units, decimals):
    assert exact(format_amount(units, decimals)) == of_units(units, decimals)
    assert exact(format_amount_plain(str(units), decimals)) == of_units(units, decimals)


@given(st.integers(min_value=1, max_value=10**38), DECIMALS, st.integers(min_value=1, max_value=6))
@example(195_312_499_999_999_999_999_999_999_999_999_995, 30, 1)
def test_cut_never_overstates(units, decimals, places):
    shown = format_amount_cut(units, decimals, places=places)
    if shown.startswith("<"):
        assert 0 < of_units(units, decimals) < exact(shown[1:])
    else:
        with localcontext(prec=200):  # the usual 28 digits would round the difference
            gap = of_units(units, decimals) - exact(shown)
        assert 0 <= gap < Decimal(1).scaleb(-places)


@pytest.mark.parametrize(
    ("units", "shown"),
    [
        (0, "0"),
        (10**18, "1.0000"),
        (12345678 * 10**17, "1,234,567.8000"),
        (199999 * 10**13, "1.9999"),
        (1, "<0.0001"),
        (-1, ">-0.0001"),
    ],
)
def test_cut_by_hand(units, shown):
    assert format_amount_cut(units, 18) == shown


@pytest.mark.parametrize("text", ["", "1.5", "1e3", "1_000", " 1", "١", "0x10", "--1", "1\n"])
def test_text_that_is_no_integer_is_refused(text):
    with pytest.raises(ValueError, match="not an integer"):
        format_amount(text, 2)


def test_cut_keeps_all_decimals_of_a_currency():
    assert format_amount_cut(1234567, 2) == "12,345.67"
    assert format_amount_cut(7, 0) == "7"


def test_negative_decimals_are_refused():
    with pytest.raises(ValueError, match="decimals"):
        format_amount(1, -1)
