from fractions import Fraction

from tests.data.ledger_rows import ASSET, at
from tests.data.trace_case import TOKEN, USD

from bongsu.analyze.price import Price, Prices

DECIMALS = {ASSET: 18, USD.id: 2}


def price(value, seconds, asset=ASSET, source="test"):
    return Price(asset=asset, time=at(seconds), currency="USD", price=Fraction(value), source=source)


def prices(*rows, currency="USD"):
    return Prices(currency=currency, rows=rows, decimals=DECIMALS)


def test_a_value_is_an_exact_fraction():
    table = prices(price("2000.07", 1))
    assert table.worth(ASSET, 10**18 + 1) == Fraction(200007, 100) * Fraction(10**18 + 1, 10**18)
    assert table.worth(ASSET, 10**37 + 1) != table.worth(ASSET, 10**37)
    assert table.worth(ASSET, 0) == 0


def test_no_price_no_value():
    assert prices(price(1, 1)).worth(TOKEN, 5) is None
    assert prices().worth(ASSET, 5) is None
    assert prices().latest(ASSET) is None
    assert prices(price(1, 1, asset=TOKEN)).worth(TOKEN, 5) is None, "its decimals are not known"


def test_the_last_price_counts_up_to_a_time():
    first, last, other = price(1, 1), price(2, 9), price(3, 99, asset=TOKEN)
    table = prices(last, other, first)
    assert table.latest(ASSET) == last
    assert table.latest(ASSET, at(8)) == first
    assert table.latest(ASSET, at(9)) == last
    assert table.latest(ASSET, at(0)) is None
    assert table.worth(ASSET, 10**18) == 2


def test_a_published_value_is_worth_what_it_says_in_its_own_currency():
    assert prices().worth(USD.id, 12345) == Fraction("123.45")
    assert prices(currency="KRW").worth(USD.id, 12345) is None
    assert prices(price(7, 1, asset=USD.id)).worth(USD.id, 100) == 1
