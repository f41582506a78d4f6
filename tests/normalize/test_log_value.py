"""Values of logs: hexadecimal packed exactly, places read within bounds, numbers of 256 bits."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.abi_log import make_log

from bongsu.model.abi import parse_declaration, parse_reference, place_of
from bongsu.normalize.log_value import (
    LogValues,
    addresses_of,
    amounts_of,
    digits_of,
    hex_of,
    pack,
)

DECLARATION = "E(uint256 a, bytes b, (uint64 c, bytes d, uint256 e) deep, address f)"


def values_of(*rows):
    data = pack(pa.array([make_log(DECLARATION, row, emitter="0x")["data"] for row in rows]))
    return LogValues(np.zeros((len(rows), 1, 32), dtype=np.uint8), data)


def fixed(values, text):
    reference = parse_reference(text)
    return values.fixed(place_of(parse_declaration(DECLARATION), reference.path), reference)


def rows(data):
    return [bytes(row) for row in data]


@given(
    st.lists(st.one_of(st.binary(max_size=40).map(lambda b: "0x" + b.hex()), st.none(), st.text(max_size=9)))
)
def test_packed_bytes_are_those_of_the_text(texts):
    packed = pack(pa.array(texts, pa.string()))
    for row, text in enumerate(texts):
        try:
            right = text is not None and text.startswith("0x") and text.isascii() and len(text) % 2 == 0
            expected = bytes.fromhex(text[2:]) if right and not any(c.isspace() for c in text) else None
        except ValueError:
            expected = None
        assert packed.right[row] == (expected is not None)
        start, length = packed.starts[row], packed.lengths[row]
        assert packed.flat[start : start + length].tobytes() == (expected or b"")


def test_places_are_followed_to_the_value():
    to = "0x" + "cd" * 20
    values = values_of(
        {"a": 7, "b": b"hello", "deep.c": 3, "deep.d": bytes(range(40)), "deep.e": 2**255, "f": to},
        {"a": 2**128, "deep.d": b"\1" * 20},
    )
    data, right = fixed(values, "a")
    assert (right.tolist(), digits_of(data).to_pylist()) == ([True, True], ["7", str(2**128)])
    assert addresses_of(fixed(values, "f")[0]).to_pylist() == [to, "0x" + "00" * 20]
    data, right = fixed(values, "deep.e")
    assert digits_of(data).to_pylist() == [str(2**255), "0"]
    data, right = fixed(values, "deep.d[30:36]")
    assert (right.tolist(), rows(data)[0]) == ([True, False], bytes(range(30, 36)))
    found, right = values.whole(place_of(parse_declaration(DECLARATION), "b"))
    assert (found, right.tolist()) == ([b"hello", b""], [True, True])


def test_bytes_of_an_address_stand_as_a_word():
    data, right = fixed(values_of({"b": b"\7" * 20}, {"b": b"\7" * 32}, {"b": b"\7" * 9}), "b")
    assert right.tolist() == [True, True, False]
    assert addresses_of(data[:2]).to_pylist() == ["0x" + "07" * 20, "0x" + "07" * 32]


@pytest.mark.parametrize("cut", [0, 31, 32, 64, 100, 180])
def test_what_the_data_does_not_hold_is_said(cut):
    whole = make_log(DECLARATION, {"b": b"x" * 50}, emitter="0x")["data"]
    values = LogValues(np.zeros((1, 1, 32), dtype=np.uint8), pack(pa.array([whole[: 2 + 2 * cut]])))
    found, right = values.whole(place_of(parse_declaration(DECLARATION), "b"))
    assert (found, right.tolist()) == ([b""], [False])


@given(st.binary(min_size=0, max_size=300))
def test_no_data_leads_out_of_bounds(data):
    values = LogValues(np.zeros((1, 1, 32), dtype=np.uint8), pack(pa.array(["0x" + data.hex()])))
    for text in ("a", "b[0:20]", "b", "deep.c", "deep.d[1:33]", "deep.e", "f"):
        found, right = fixed(values, text)
        assert len(found) == len(right) == 1
    values.whole(place_of(parse_declaration(DECLARATION), "deep.d"))


@given(st.lists(st.integers(0, 2**256 - 1), min_size=1, max_size=5))
def test_numbers_are_exact(numbers):
    data = np.frombuffer(b"".join(n.to_bytes(32, "big") for n in numbers), dtype=np.uint8).reshape(-1, 32)
    assert digits_of(data).to_pylist() == [str(n) for n in numbers]
    amounts, fits = amounts_of(data)
    assert fits.tolist() == [n < 10**38 for n in numbers]
    assert [None if a is None else int(a) for a in amounts.to_pylist()] == [
        n if n < 10**38 else None for n in numbers
    ]
    assert hex_of(data).to_pylist() == [f"0x{n:064x}" for n in numbers]
