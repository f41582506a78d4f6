import pytest

from bongsu.normalize.bitcoin_json import (
    FaultyError,
    checked_amount,
    hex_address,
    outpoint,
    parse_items,
    small_number,
    stated_address,
)
from bongsu.normalize.fault import Fault

GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"


def rule_of(call, *given):
    with pytest.raises(FaultyError) as caught:
        call(*given)
    return caught.value.fault.rule


def test_items_are_read_in_their_place_and_may_be_left_out():
    def read(place, item):
        return {"at": place, "x": item["x"]} if item["x"] != "0" else None

    assert parse_items('[{"x": "5"}, {"x": "0"}, {"x": 1.50}]', read) == [
        {"at": 0, "x": "5"},
        {"at": 2, "x": "1.50"},
    ]


@pytest.mark.parametrize("text", ["", "{", "null", "{}", "[1]", "[{}]", '["x"]', "[" * 100_000])
def test_what_is_no_list_is_a_fault(text):
    found = parse_items(text, lambda place, item: {"x": item["x"].upper()})
    assert isinstance(found, Fault)
    assert found.rule == "bad_list"


def test_the_fault_of_an_item_is_that_of_its_row():
    found = parse_items('[{"n": "-1"}]', lambda place, item: {"n": small_number(item["n"])})
    assert isinstance(found, Fault)
    assert found.rule == "bad_number"


def test_outpoints():
    assert outpoint("AB" * 32, "7") == "ab" * 32 + ":7"
    assert rule_of(outpoint, "ab" * 31, 7) == "bad_hash"
    assert rule_of(outpoint, None, 7) == "bad_hash"
    assert rule_of(outpoint, "ab" * 32, None) == "bad_number"


@pytest.mark.parametrize("value", ["-1", "1.0", "", "٣", True, 2**31, "9" * 5000])
def test_bad_numbers(value):
    assert rule_of(small_number, value) == "bad_number"


def test_amounts():
    assert checked_amount(21 * 10**14) == 21 * 10**14
    assert rule_of(checked_amount, 21 * 10**14 + 1) == "amount_out_of_range"
    assert rule_of(checked_amount, Fault("negative_amount", "")) == "negative_amount"


def test_addresses():
    assert stated_address(GENESIS) == GENESIS
    assert stated_address("BC1SW50QGDZ25J") == "bc1sw50qgdz25j"
    assert stated_address("nonstandard" + "00" * 20) is None
    assert stated_address(None) is None
    assert rule_of(stated_address, GENESIS[:-1] + "b") == "bad_checksum"
    assert hex_address("6002751e") == "bc1sw50qgdz25j"
    assert rule_of(hex_address, "zz") == "bad_script"
    assert rule_of(hex_address, None) == "bad_script"
