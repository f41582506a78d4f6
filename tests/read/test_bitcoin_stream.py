import bz2
import gzip
import itertools

import hypothesis.strategies as st
import pytest
from hypothesis import given
from tests.data.block_file import BLOCK_1, MAGIC, message

from bongsu.read.bitcoin_stream import (
    MAX_BLOCK_BYTES,
    read_bare_block,
    read_messages,
    scramble_key,
    unscramble,
)

KEY = bytes(range(1, 9))
ONE = message(BLOCK_1)


@pytest.fixture
def read(tmp_path):
    def run(data: bytes, key: bytes = b""):
        path = tmp_path / "blk00000.dat"
        path.write_bytes(data)
        return [(m.offset, len(m.block), m.rule) for m in read_messages(path, key)]

    return run


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_messages_come_in_order_with_their_offsets(read, pack):
    assert read(pack(ONE * 3)) == [(0, 215, ""), (223, 215, ""), (446, 215, "")]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (ONE + bytes(5000) + ONE + bytes(3), [(0, 215, ""), (5223, 215, "")]),
        (ONE + b"junk" + ONE, [(0, 215, ""), (223, 0, "bad_magic"), (227, 215, "")]),
        (ONE + b"junk of some length at the end", [(0, 215, ""), (223, 0, "bad_magic")]),
        (ONE + bytes(9) + b"x", [(0, 215, ""), (223, 0, "bad_magic")]),
        (ONE + MAGIC, [(0, 215, ""), (223, 0, "truncated_file")]),
        (ONE + ONE[:-1], [(0, 215, ""), (223, 0, "truncated_file")]),
        (
            MAGIC + (MAX_BLOCK_BYTES + 1).to_bytes(4, "little") + ONE,
            [(0, 0, "bad_length"), (4, 0, "bad_magic"), (8, 215, "")],
        ),
        (
            MAGIC + (10).to_bytes(4, "little") + bytes(10) + ONE,
            [(0, 0, "bad_length"), (4, 0, "bad_magic"), (18, 215, "")],
        ),
    ],
)
def test_what_is_no_block_is_told_and_the_next_block_found(read, data, found):
    assert read(data) == found


def test_damage_of_the_compressed_data_is_told(read):
    packed = gzip.compress(ONE * 2)
    assert read(packed[: len(packed) // 2])[-1][2] == "truncated_file"


def test_magic_over_the_edge_of_two_chunks_is_found(read):
    chunk = 1024 * 1024
    for more in range(-4, 5):
        junk = b"\x01" * (chunk + more)
        assert read(ONE + junk + ONE) == [(0, 215, ""), (223, 0, "bad_magic"), (223 + len(junk), 215, "")]


@given(st.binary(max_size=300), st.lists(st.integers(1, 50)))
def test_unscrambling_in_parts_is_unscrambling_the_whole(data, cuts):
    parts, at = [], 0
    for size in itertools.chain(cuts, [len(data)]):
        parts.append(unscramble(data[at : at + size], KEY, at))
        at += size
    assert b"".join(parts) == unscramble(data, KEY, 0)
    assert unscramble(unscramble(data, KEY, 0), KEY, 0) == data


def test_a_scrambled_file_is_read_with_the_key_beside_it(tmp_path, read):
    scrambled = unscramble(ONE * 2, KEY, 0)
    path = tmp_path / "blk00000.dat"
    assert scramble_key(path, scrambled) == b""
    (tmp_path / "xor.dat").write_bytes(KEY)
    assert scramble_key(path, scrambled) == KEY
    assert scramble_key(path, ONE) == b""
    assert read(scrambled, KEY) == [(0, 215, ""), (223, 215, "")]
    (tmp_path / "xor.dat").write_bytes(KEY[::-1])
    assert scramble_key(path, scrambled) == b""


def test_a_bare_block_is_the_whole_file(tmp_path):
    path = tmp_path / "block.raw.gz"
    path.write_bytes(gzip.compress(BLOCK_1))
    assert [m.block for m in read_bare_block(path)] == [BLOCK_1]
    path.write_bytes(gzip.compress(BLOCK_1)[:-30])
    assert [m.rule for m in read_bare_block(path)][-1] == "truncated_file"
