"""Numbers for texts equal those of a Python dict, whatever the texts are and however the table grows."""

import re
from itertools import pairwise

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.kernel.intern import Interner
from bongsu.store.column_buffer import texts_of

ACCOUNT = re.compile(r"0x[0-9a-f]{40}")
BASES = ["0x" + "0123456789abcdef" * 2 + "01234567", "0x" + "f" * 40, "0x" + "0" * 40]
EDGES = "/09:@AFGXZ`afgxz\x00\x01\x7f é"
"""Neighbors of what is a digit, and bytes that are none of ASCII."""
NEAR = st.builds(
    lambda base, at, one: base[:at] + one + base[at + 1 :],
    st.sampled_from(BASES),
    st.integers(0, 41),
    st.sampled_from(EDGES),
)
CUT = st.builds(lambda base, size: (base + base)[:size], st.sampled_from(BASES), st.integers(0, 60))
TEXT = st.one_of(st.sampled_from([*BASES, "", "null", "fee:7"]), NEAR, CUT, st.text(max_size=20))
ODD = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03, 0xA0761D6478BD642F


def given_numbers(interner, picked, texts, owners):
    """Numbers of texts that stand in a list behind one that is no part of it."""
    column = texts_of(pa.array(["before", *texts], pa.string()).slice(1))
    return interner.numbers(column, np.array(picked, np.int32), np.array(owners, np.uint32)).tolist()


def expect(known, asked):
    return [known.setdefault(one, len(known)) for one in asked]


@settings(max_examples=100)
@given(
    st.lists(TEXT, min_size=1, max_size=60, unique=True),
    st.lists(st.lists(st.tuples(st.integers(0, 59), st.sampled_from([0, 1, 2**32 - 1])), max_size=150)),
)
def test_numbers_are_those_of_a_dict(texts, asked):
    interner, known = Interner(room=1), {}
    for one in asked:
        picked, owners = [pick % len(texts) for pick, _owner in one], [owner for _pick, owner in one]
        named = [(owner, texts[pick]) for pick, owner in zip(picked, owners, strict=True)]
        assert given_numbers(interner, picked, texts, owners) == expect(known, named)
    assert len(interner) == len(known)
    record = interner.table.record[: len(known)]
    assert (record[:, 0] >> np.uint64(32)).tolist() == [owner for owner, _text in known]
    apart = [ACCOUNT.fullmatch(text) is None for _owner, text in known]
    assert (record[:, 3] == 1).tolist() == apart
    keys = [row.astype(">u8").tobytes()[4:24].hex() for row in record if not row[3]]
    assert keys == [text[2:] for (_owner, text), other in zip(known, apart, strict=True) if not other]
    others = np.flatnonzero(apart)[::-1]
    first, data = interner.apart(others)
    kept = [data[a:b].tobytes().decode() for a, b in pairwise(first)]
    assert kept == [list(known)[at][1] for at in others]


def test_a_table_that_grows_many_times_forgets_nothing():
    texts = [f"0x{n:040x}" for n in range(3000)] + [f"name {n}" for n in range(3000)]
    interner, every = Interner(room=1), list(range(6000))
    assert given_numbers(interner, every, texts, [7] * 6000) == every
    assert given_numbers(interner, every[::-1], texts, [7] * 6000) == every[::-1]
    assert given_numbers(interner, every, texts, [8] * 6000) == [n + 6000 for n in every]


@settings(max_examples=60)
@given(st.lists(st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.sampled_from([0, 7])), max_size=90)))
def test_an_account_has_one_number_as_text_and_as_bytes(asked):
    interner, known = Interner(room=1), {}
    keys = np.random.default_rng(3).integers(0, 256, (41, 20), dtype=np.uint8)
    texts = ["0x" + key.tobytes().hex() for key in keys]
    for batch in asked:
        for by_bytes in (True, False):
            chosen = [(owner, pick) for pick, way, owner in batch if way == by_bytes]
            picked, owners = [pick for _owner, pick in chosen], [owner for owner, _pick in chosen]
            expected = expect(known, [(owner, texts[pick]) for owner, pick in chosen])
            if by_bytes:
                given = interner.accounts(keys, np.array(picked, np.int32), np.array(owners, np.uint32))
                assert given.tolist() == expected
            else:
                assert given_numbers(interner, picked, texts, owners) == expected


def test_an_account_has_digits_in_every_place():
    texts = sorted({base[:at] + one + base[at + 1 :] for base in BASES for at in range(42) for one in EDGES})
    interner = Interner()
    assert given_numbers(interner, range(len(texts)), texts, [0] * len(texts)) == list(range(len(texts)))
    accounts = [not apart for apart in interner.table.record[: len(texts), 3]]
    assert accounts == [ACCOUNT.fullmatch(text) is not None for text in texts]
    assert 100 < sum(accounts) < len(texts) - 100


def fold(a, b):
    product = a * b
    return (product ^ product >> 64) % 2**64


def state_after(size, *words):
    """The hash of a text of this size, so far."""
    state = fold(size ^ ODD[0], ODD[1])
    for word in words:
        state = fold(state ^ word, ODD[2])
    return state


def bytes_of(*words):
    return b"".join(word.to_bytes(8, "big") for word in words)


def test_texts_of_one_hash_are_told_apart_by_their_bytes():
    """The last word of each is such that the hash forgets what came before; one begins as another is."""
    short = [bytes_of(word, state_after(16, word)) for word in range(100)]
    words = 0, state_after(16, 0)
    texts = [bytes_of(*words, state_after(24, *words)), *short]
    column, every = texts_of(pa.array(texts, pa.binary())), np.arange(101, dtype=np.int32)
    interner = Interner(room=64)
    for _again in range(2):
        assert interner.numbers(column, every, np.zeros(101, np.uint32)).tolist() == every.tolist()
    assert len(set(interner.table.record[:101, 1].tolist())) == 1


def test_accounts_of_one_hash_are_told_apart_by_their_bytes():
    """The last word of each is such that the hash is nought."""
    words = [(head, tail, fold(head ^ ODD[0], tail ^ ODD[1])) for head in range(10) for tail in range(10)]
    texts = ["0x" + bytes_of(*one)[4:].hex() for one in words]
    interner = Interner(room=64)
    for _again in range(2):
        assert given_numbers(interner, range(100), texts, [0] * 100) == list(range(100))
