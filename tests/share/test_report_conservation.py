"""The report adds up once more, and does not repeat a false claim."""

import pytest
from tests.data.trace_document import CONSERVING, ETH, USDT, small

from bongsu.errors import ConservationError
from bongsu.share.report_conservation import IN_TERMS, OUT_TERMS, balances, difference
from bongsu.share.report_money import money_of


def balance_of(document):
    return balances(document, money_of(document))


def test_sample_adds_up_and_every_term_has_a_row():
    document = small(ends=60)
    tables = balance_of(document)
    assert [table.asset for table in tables] == [ETH, USDT]
    names = [name for name, kind, amounts in tables[0].rows]
    assert len(names) >= len(IN_TERMS) + len(OUT_TERMS) + 2
    assert "Not followed: hop limit reached" in names
    codes = dict(zip(tables[0].policies, [code for code, words in tables[0].verdicts], strict=True))
    assert codes == {"poison": "poison"} | dict.fromkeys(CONSERVING, "balanced")


@pytest.mark.parametrize("term", [*IN_TERMS, *(t for t in OUT_TERMS if t != "not_followed")])
def test_one_base_unit_more_in_any_term_is_found(term):
    document = small()
    row = document["conservation"]["fifo"][term]
    row[ETH] = str(int(row.get(ETH, "0")) + 1)
    with pytest.raises(ConservationError, match=r"fifo says that it balances, but -?1 base units"):
        balance_of(document)


def test_one_base_unit_in_not_followed_is_found():
    document = small()
    document["conservation"]["libr"]["not_followed"].setdefault("hops", {})[USDT] = "1"
    with pytest.raises(ConservationError, match="libr"):
        balance_of(document)


def test_unknown_stays_outside_the_sum():
    document = small()
    document["conservation"]["fifo"]["unknown"][ETH] = "999"
    assert balance_of(document)


def test_stated_imbalance_is_shown_not_hidden():
    document = small()
    document["conservation"]["fifo"]["balanced"] = False
    document["conservation"]["fifo"]["held"][ETH] = "0"
    table = balance_of(document)[0]
    verdicts = dict(zip(table.policies, table.verdicts, strict=True))
    assert verdicts["fifo"] == ("broken", "does not balance")
    assert verdicts["lifo"][0] == "balanced"


def test_poison_never_balances_and_shows_no_difference():
    document = small()
    document["conservation"]["poison"]["balanced"] = True
    table = balance_of(document)[0]
    (total,) = [amounts for name, kind, amounts in table.rows if kind == "total"]
    assert total == ["", "0", "0", "0", "0", "0", "0"]
    assert table.verdicts[0] == ("poison", "not conserving")


def test_difference_by_hand():
    table = {
        "stolen": {"a": "10"},
        "converted_in": {"a": "5"},
        "held": {"a": "3"},
        "not_followed": {"hops": {"a": "4"}},
    }
    assert difference(table, "a") == 8
    assert difference(table, "b") == 0


def test_asset_that_only_one_policy_names_has_a_table():
    document = small()
    document["conservation"]["lifo"]["converted_in"]["x:1/erc20:new"] = "7"
    document["conservation"]["lifo"]["held"]["x:1/erc20:new"] = "7"
    assert [table.asset for table in balance_of(document)][-1] == "x:1/erc20:new"
