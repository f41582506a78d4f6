"""Tables of a million values are made in seconds and are small."""

import time

import numpy as np

from bongsu.kernel.match import match_hosts
from bongsu.kernel.match_table import find_all, make_table, make_texts, mapped_halves

MILLION = 1_000_000


def test_a_table_of_a_million_values_is_small_and_finds_each():
    texts = make_texts([f"host{number}.example{number % 977}.com" for number in range(MILLION)])
    first = np.concatenate([texts.start, texts.stop[-1:]])
    make_table(first[:2], texts.data, np.zeros(1, np.uint8), backward=True)  # compiles
    start = time.perf_counter()
    table = make_table(first, texts.data, np.zeros(MILLION, np.uint8), backward=True)
    assert time.perf_counter() - start < 10
    assert sum(part.nbytes for part in table) < 80 * 10**6
    text, value = find_all(match_hosts, table, texts)
    assert (text == np.arange(MILLION)).all()
    assert (value == text).all()


def test_no_values_meet_nothing():
    table = make_table(np.zeros(1, np.int64), np.zeros(1, np.uint8), np.zeros(0, np.uint8), backward=True)
    assert len(find_all(match_hosts, table, make_texts(["a.com"]))[0]) == 0


def test_ipv4_addresses_lie_where_ipv6_has_them():
    high, low = mapped_halves(np.array([0x01020304], np.int64))
    assert (int(high[0]) << 64 | int(low[0])) == 0xFFFF01020304
