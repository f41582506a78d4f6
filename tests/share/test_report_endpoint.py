"""Rows of the table of ends."""

from tests.data.trace_document import ETH, POLICIES, USDT, small

from bongsu.share.report_endpoint import endpoint_rows, filter_choices, sort_choices
from bongsu.share.report_money import money_of


def rows_of(document):
    return endpoint_rows(document, money_of(document))


def test_rows_hold_whole_addresses_and_every_policy():
    document = small(ends=30)
    for row, end in zip(rows_of(document), document["endpoints"], strict=True):
        assert row["shown"] == end["shown"]
        assert [name.lower() for name, cut, exact in row["amounts"]] == POLICIES
        assert len(row["path"]) == end["hops"]


def test_order_of_amounts_is_exact_and_descends():
    document = small(ends=4)
    first, second, third, fourth = document["endpoints"]
    for end, asset, amount in [
        (first, ETH, 10**18),
        (second, ETH, 10**18 + 1),
        (third, USDT, 2 * 10**6),
        (fourth, USDT, 10**6),
    ]:
        end["asset"], end["amount"]["fifo"] = asset, str(amount)
    orders = [row["order"]["fifo"] for row in rows_of(document)]
    assert orders == [2, 1, 0, 2]


def test_blank_names_and_countries_come_last():
    rows = rows_of(small(ends=30))
    named = [row["order"]["country"] for row in rows if row["country"]]
    blank = [row["order"]["country"] for row in rows if not row["country"]]
    assert max(named) < min(blank)


def test_every_choice_of_order_has_an_order():
    document = small()
    codes = {code for code, words in sort_choices(document)}
    assert codes == set(rows_of(document)[0]["order"])


def test_filters_hold_what_occurs():
    rows = rows_of(small(ends=30))
    choices = filter_choices(rows)
    assert {code for code, words in choices["stop"]} == {row["stop"] for row in rows}
    assert [code for code, words in choices["country"]] == ["CW", "DE", "KR"]
    assert choices["asset"] == [(ETH, "ETH"), (USDT, "USDT")]


def test_step_of_another_asset_is_shown_in_that_asset():
    document = small()
    end = next(end for end in document["endpoints"] if end["asset"] == USDT)
    end["path"][0] |= {"asset": ETH, "amount": "1500000000000000000"}
    (row,) = [row for row in rows_of(document) if row["rank"] == end["rank"]]
    assert row["path"][0]["amount"] == "1.50 ETH"
    assert row["path"][1]["amount"].endswith("USDT")


def test_amount_that_the_source_does_not_state_is_blank():
    document = small()
    document["endpoints"][0]["path"][0] |= {"amount": None, "tx_index": None, "position": None}
    step = rows_of(document)[0]["path"][0]
    assert (step["amount"], step["position"]) == ("", "")
