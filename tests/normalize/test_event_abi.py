"""Events by their declarations, against logs of real blocks and numbers computed in Python."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.event_log import address, log

from bongsu.model.schema import MAX_AMOUNT
from bongsu.normalize.event_abi import declare, hex_bytes, hex_column, numbers_of, read_logs, topic_of

SWAP = "Swap(address indexed sender, int256 amount0, uint256[2] amounts, address to, uint256[] more)"


@pytest.mark.parametrize(
    ("signature", "topic"),
    [
        (
            "Transfer(address,address,uint256)",
            "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
        ),
        ("Deposit(address,uint256)", "0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c"),
    ],
)
def test_topics_that_everybody_knows(signature, topic):
    assert topic_of(signature) == topic


def test_a_declaration_says_where_each_field_stands():
    found = declare(SWAP)
    assert found.signature == "Swap(address,int256,uint256[2],address,uint256[])"
    assert (found.topics, found.words) == (2, 5)
    assert found.places["sender"].first == 1
    assert [found.places[name].first for name in ("amount0", "amounts", "to", "more")] == [0, 1, 3, 4]
    assert [name for name, place in found.places.items() if place.signed] == ["amount0"]


@pytest.mark.parametrize("text", ["Swap", "Swap(address a", "Swap((address) a)", "Swap(address)"])
def test_what_is_no_declaration_is_refused(text):
    with pytest.raises(ValueError, match="not a declaration"):
        declare(text)


def logs_of(*values):
    rows = [log(SWAP, address("p"), one) for one in values]
    topics = pa.array([row["topics"] for row in rows])
    data = pa.array([row["data"] for row in rows])
    return read_logs(declare(SWAP), topics, data)


def test_fields_are_read_as_columns():
    values = [
        {"sender": address("a"), "amount0": -5, "amounts": [1, 2**200], "to": address("b"), "more": [7, 8]},
        {"sender": address("c"), "amount0": 5, "amounts": [0, 3], "to": address("d"), "more": []},
    ]
    logs, right = logs_of(*values)
    assert right.all()
    assert logs.address("sender").to_pylist() == [address("a"), address("c")]
    assert logs.address("to").to_pylist() == [address("b"), address("d")]
    assert logs.numbers("amount0").amounts().to_pylist() == [5, 5]
    assert logs.numbers("amount0").negative.tolist() == [True, False]
    second = logs.numbers("amounts", 1)
    assert second.fits.tolist() == [False, True]
    assert second.amounts().to_pylist() == [None, 3]
    assert logs.lists("more") == [[7, 8], []]


def test_logs_of_another_layout_are_left():
    row = log(SWAP, address("p"), {"amounts": [1, 2]})
    topics = pa.array([row["topics"], row["topics"] + "," + row["topics"][:66], row["topics"], ""])
    data = pa.array([row["data"], row["data"], row["data"][:100], None])
    logs, right = read_logs(declare(SWAP), topics, data)
    assert right.tolist() == [True, False, False, False]
    assert len(logs) == 1


def test_a_list_that_is_cut_off_is_empty():
    row = log(SWAP, address("p"), {"amounts": [1, 2], "more": [1, 2, 3]})
    logs, _right = read_logs(declare(SWAP), pa.array([row["topics"]]), pa.array([row["data"][:-64]]))
    assert logs.lists("more") == [[]]


@given(st.lists(st.integers(-(2**255), 2**255 - 1), max_size=20))
def test_numbers_are_those_of_python(values):
    words = np.frombuffer(
        b"".join((value % 2**256).to_bytes(32, "big") for value in values), dtype=np.uint8
    ).reshape(-1, 32)
    found = numbers_of(words, signed=True)
    assert found.negative.tolist() == [value < 0 for value in values]
    assert found.zero.tolist() == [value == 0 for value in values]
    expected = [abs(value) if abs(value) <= MAX_AMOUNT else None for value in values]
    assert [None if one is None else int(one) for one in found.amounts().to_pylist()] == expected


@given(st.lists(st.binary(min_size=20, max_size=20), max_size=9))
def test_hexadecimal_there_and_back(values):
    data = np.frombuffer(b"".join(values), dtype=np.uint8).reshape(-1, 20)
    column = hex_column(data)
    assert column.to_pylist() == ["0x" + value.hex() for value in values]
    assert (hex_bytes(column, 20) == data).all()
