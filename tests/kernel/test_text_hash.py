import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from bongsu.kernel.text_hash import hash_texts
from bongsu.store.column_buffer import texts_of


def hashed(texts, seed=0):
    column = texts_of(pa.array(["before", *texts], pa.string()).slice(1))
    return hash_texts(column, np.full(len(texts), seed, np.uint64)).tolist()


@given(st.lists(st.text(max_size=12), max_size=50))
def test_equal_texts_have_equal_hashes_and_others_others(texts):
    found = hashed(texts)
    assert len(set(found)) == len(set(texts))
    assert dict(zip(texts, found, strict=True)) == dict(zip(reversed(texts), reversed(found), strict=True))


def test_what_came_before_counts():
    assert hashed(["b"], hashed(["a"])[0]) != hashed(["b"])
    assert hashed(["a", "b"])[0] != hashed(["b", "a"])[0]


def test_a_hash_is_the_same_on_every_machine():
    assert hashed(["", "bongsu"]) == [0, hashed(["bongsu"])[0]]


def test_near_texts_are_far_apart():
    found = hashed([f"host{n}.example" for n in range(200_000)])
    assert len(set(found)) == len(found)
    assert len({one >> 44 for one in found}) > 180_000
