import csv
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from tests.data.ledger_rows import ASSET
from tests.data.trace_case import TOKEN, USD

from bongsu.app.jobs.price_file import load_prices
from bongsu.errors import InputError
from bongsu.model.asset import ETHER

HEADER = "asset,time,currency,price,source"
GOOD = f"{ASSET},2023-06-30T00:00:00Z,USD,1933.21,Publisher A"
KNOWN = {ETHER.id: ETHER, USD.id: USD}


@pytest.fixture
def written(tmp_path):
    def write(*lines, header=HEADER, encoding="utf-8"):
        path = tmp_path / "prices.csv"
        path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
        return path

    return write


def test_a_price_is_exact_and_in_utc(written):
    later = f"{ASSET},2023-07-01T09:00:00+09:00,USD,0.1,Publisher B"
    prices = load_prices(written(GOOD, later), KNOWN)
    first, second = prices.rows
    assert (first.asset, first.currency, first.source) == (ASSET, "USD", "Publisher A")
    assert (first.time, first.price) == (datetime(2023, 6, 30, tzinfo=UTC), Fraction(193321, 100))
    assert (second.time, second.price) == (datetime(2023, 7, 1, tzinfo=UTC), Fraction(1, 10))
    assert prices.currency == "USD"
    assert prices.worth(ASSET, 15 * 10**18) == Fraction(3, 2), "fifteen at the later price"


def test_a_day_is_its_start_in_utc(written):
    (row,) = load_prices(written(f"{ASSET},2023-06-30,USD,1,A"), KNOWN).rows
    assert row.time == datetime(2023, 6, 30, tzinfo=UTC)


def test_an_asset_without_known_decimals_has_no_worth(written):
    prices = load_prices(written(f"{TOKEN},2023-06-30,USD,1,A"), KNOWN)
    assert prices.worth(TOKEN, 5) is None
    assert prices.worth(ASSET, 5) is None


def test_a_mark_at_the_start_and_quotes_change_nothing(written):
    plain = load_prices(written(GOOD), KNOWN)
    assert load_prices(written(GOOD, encoding="utf-8-sig"), KNOWN) == plain
    quoted = ",".join(f'"{cell}"' for cell in GOOD.split(","))
    assert load_prices(written(quoted), KNOWN) == plain


@pytest.mark.parametrize("header", ["", "asset,time,price,currency,source", HEADER + ",note", "asset;time"])
def test_other_columns_are_refused(written, header):
    with pytest.raises(InputError, match=f"line 1: the columns must be {HEADER}") as caught:
        load_prices(written(GOOD, header=header), KNOWN)
    assert "Publisher" in caught.value.hint


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (GOOD.replace("1933.21", "-1"), "price is no decimal"),
        (GOOD.replace("1933.21", "1e9"), "price is no decimal"),
        (GOOD.replace("1933.21", "1/3"), "price is no decimal"),
        (GOOD.replace("1933.21", "nan"), "price is no decimal"),
        (GOOD.replace("1933.21", ""), "price is no decimal"),
        (GOOD.replace("1933.21", "١"), "price is no decimal"),
        (GOOD.replace("1933.21", '"1,933.21"'), "price is no decimal"),
        (GOOD.replace("2023-06-30T00:00:00Z", "30.6.2023"), "time is not ISO 8601"),
        (GOOD.replace("2023-06-30T00:00:00Z", ""), "time is not ISO 8601"),
        (GOOD.replace("2023-06-30T00:00:00Z", "9999-12-31T23:59:59-12:00"), "time is not ISO 8601"),
        (GOOD.replace(ASSET, "ETH"), "must have an asset id"),
        (GOOD.replace("Publisher A", " "), "and a source"),
        (GOOD.replace("USD", ""), "a currency"),
        (f"{ASSET},2023-06-30", "must have"),
        (GOOD + ",more", "must have"),
    ],
)
def test_a_bad_line_is_named(written, line, why):
    with pytest.raises(InputError, match=f"line 3: .*{why}"):
        load_prices(written(GOOD, line, GOOD), KNOWN)


def test_the_line_is_that_of_the_file(written):
    with pytest.raises(InputError, match="line 5:"):
        load_prices(written("", GOOD.replace("Publisher A", '"Publisher\nA"'), "worse"), KNOWN)


def test_two_currencies_or_none_are_refused(written):
    for lines in ((GOOD, GOOD.replace("USD", "KRW")), ()):
        with pytest.raises(InputError, match="all in one currency"):
            load_prices(written(*lines), KNOWN)


def test_a_file_that_cannot_be_read_is_refused(written, tmp_path):
    damaged = written(GOOD.replace("Publisher A", "Père"), encoding="latin-1")
    for path in (tmp_path / "none.csv", tmp_path, damaged):
        with pytest.raises(InputError, match="Cannot read prices") as caught:
            load_prices(path, KNOWN)
        assert HEADER in caught.value.hint


def test_a_field_beyond_all_measure_is_refused(written):
    path = written(GOOD.replace("Publisher A", "a" * 2000))
    limit = csv.field_size_limit(1000)
    try:
        with pytest.raises(InputError, match="Cannot read prices"):
            load_prices(path, KNOWN)
    finally:
        csv.field_size_limit(limit)
