"""Rows of one value are one key, whoever states them, and an index is the same after it was kept."""

import ipaddress

import numpy as np
import pyarrow as pa
from tests.data.indicator_case import indicators_of

from bongsu.analyze.indicator_index import GROUPS, build_index, from_arrays, mapped, texts_of
from bongsu.kernel.match import BELOW
from bongsu.model.indicator import INDICATOR, INDICATOR_KINDS

ROWS = (
    {"type": "domain", "value": "evil.com", "source": "a"},
    {"type": "ip", "value": "1.2.3.4", "source": "a"},
    {"type": "domain", "value": "EVIL.com", "source": "b"},
    {"type": "ip", "value": "1.2.3.0/24", "source": "a"},
    {"type": "url", "value": "evil.com/A", "source": "a"},
    {"type": "url", "value": "evil.com/a", "source": "a"},
    {"type": "domain", "value": "bad.kr", "source": "a", "note": "shared-host:bad.kr"},
    {"type": "domain", "value": "bad.kr", "source": "b"},
    {"type": "package", "value": "left", "namespace": "npm", "source": "a"},
    {"type": "package", "value": "left", "namespace": "pypi", "source": "a"},
)


def test_every_kind_is_in_one_group():
    assert sorted(kind for kinds in GROUPS.values() for kind in kinds) == sorted(INDICATOR_KINDS)


def test_a_key_has_all_rows_of_its_value():
    index = build_index(indicators_of(*ROWS))
    sources = [[(row["value"], row["source"]) for row in index.of_key(key)] for key in range(index.keys)]
    assert sources == [
        [("bad.kr", "a"), ("bad.kr", "b")],
        [("evil.com", "a"), ("evil.com", "b")],
        [("1.2.3.4", "a")],
        [("1.2.3.0/24", "a")],
        [("evil.com/A", "a"), ("evil.com/a", "a")],
        [("left", "a")],
        [("left", "a")],
    ]
    assert index.values("package") == [("npm", "left"), ("pypi", "left")]
    assert index.span("digest") == (5, 5)


def test_the_narrowest_scope_of_a_value_holds():
    index = build_index(indicators_of(*ROWS))
    assert index.tables["host"].flag.tolist() == [0, BELOW]


def test_an_index_is_the_same_after_its_arrays_were_kept():
    index = build_index(indicators_of(*ROWS))
    again = from_arrays(index.rows, index.arrays())
    assert again.base == index.base
    assert again.arrays().keys() == index.arrays().keys()
    assert all(np.array_equal(again.arrays()[name], part) for name, part in index.arrays().items())


def test_no_indicators_are_an_index_too():
    index = build_index(INDICATOR.empty_table())
    assert index.keys == 0
    assert all(index.span(group) == (0, 0) for group in GROUPS)


def test_addresses_are_numbers_of_ipv6():
    assert ipaddress.IPv6Address(mapped(0x01020304, 4)).ipv4_mapped == ipaddress.IPv4Address("1.2.3.4")


def test_texts_are_those_of_a_slice():
    texts = texts_of(pa.array(["before", "a", None, "bc"]).slice(1))
    data = texts.data.tobytes()
    assert [data[a:b] for a, b in zip(texts.start, texts.stop, strict=True)] == [b"a", b"", b"bc"]
