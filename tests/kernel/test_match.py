"""What the kernel finds is what a walk over a Python dictionary finds, whatever the texts are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.kernel.match import (
    BELOW,
    Texts,
    match_hosts,
    match_prefixes,
    match_whole,
    parse_ipv4,
    url_spans,
)
from bongsu.kernel.match_table import find_all, find_ranges, halves, make_ranges, make_table, make_texts

LABEL = st.sampled_from(["a", "b", "evil", "notevil", "com", "co", "kr", "xn--q9jyb4c", "A", "Evil", "é", ""])
HOST = st.lists(LABEL, min_size=1, max_size=5).map(".".join)
PART = st.sampled_from(["a", "b", "A", "%2b", "x=", "y", "?", "&", "#", "/", "//", ":8080", ""])
URL = st.lists(PART, min_size=1, max_size=6).map("".join)


def table_of(values, below, *, backward):
    texts = make_texts(values)
    first = np.concatenate([texts.start, texts.stop[-1:]])
    flag = np.array([BELOW if value in below else 0 for value in values], np.uint8)
    return make_table(first, texts.data, flag, backward=backward)


def lower(text):
    """As the kernel has it: letters of ASCII only."""
    return "".join(one.lower() if one.isascii() else one for one in text)


def pairs(found):
    return sorted(zip(*(part.tolist() for part in found), strict=True))


def met_hosts(values, below, texts):
    """Slow twin: every name above a name, looked up."""
    known = {lower(value): i for i, value in enumerate(values)}
    found = []
    for i, text in enumerate(texts):
        name = lower(text).removesuffix(".")
        labels = name.split(".")
        above = {".".join(labels[at:]) for at in range(len(labels))} - {""}
        found += [(i, known[one]) for one in above if one in known and (one == name or one in below)]
    return sorted(found)


def met_prefixes(values, below, texts):
    """Slow twin: every beginning of a text that ends where a part ends."""
    known = {lower(value): i for i, value in enumerate(values)}
    found = []
    for i, text in enumerate(texts):
        name = lower(text)
        for at in range(1, len(name) + 1):
            one, rest = name[:at], name[at:]
            if rest and rest[0] not in "/?#&" and one[-1] != "=":
                continue
            whole = rest.removeprefix("/")[:1] in {"", "#"}
            if one in known and (one in below or whole):
                found.append((i, known[one]))
    return sorted(found)


def distinct(values):
    return list({lower(value): lower(value) for value in values if value}.values())


@settings(max_examples=300)
@given(st.lists(HOST, min_size=1, max_size=8), st.lists(HOST, max_size=8), st.integers(0, 255))
def test_hosts_are_met_at_labels_only(values, texts, mask):
    values = distinct(value.strip(".") for value in values) or ["x"]
    below = {value for i, value in enumerate(values) if mask >> i & 1}
    found = find_all(match_hosts, table_of(values, below, backward=True), make_texts(texts))
    assert pairs(found) == met_hosts(values, below, texts)


@settings(max_examples=300)
@given(st.lists(URL, min_size=1, max_size=8), st.lists(URL, max_size=8), st.integers(0, 255))
def test_urls_are_met_at_parts_only(values, texts, mask):
    values = distinct(values) or ["x"]
    below = {value for i, value in enumerate(values) if mask >> i & 1}
    found = find_all(match_prefixes, table_of(values, below, backward=False), make_texts(texts))
    assert pairs(found) == met_prefixes(values, below, texts)


@settings(max_examples=200)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=8), st.lists(st.text(max_size=12), max_size=8))
def test_whole_texts_are_met_whatever_their_case(values, texts):
    values = distinct(values) or ["x"]
    known = {value: i for i, value in enumerate(values)}
    found = find_all(match_whole, table_of(values, set(), backward=False), make_texts(texts + values))
    expected = [(i, known[lower(t)]) for i, t in enumerate(texts + values) if lower(t) in known]
    assert pairs(found) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("evil.com", True),
        ("EVIL.com.", True),
        ("a.b.evil.com:443", True),
        ("notevil.com", False),
        ("evil.com.au", False),
        ("evil-com", False),
        ("", False),
        (".", False),
    ],
)
def test_a_domain_meets_itself_and_what_is_below_it(text, met):
    table = table_of(["evil.com"], {"evil.com"}, backward=True)
    assert bool(len(find_all(match_hosts, table, make_texts([text]))[0])) is met


def test_a_shared_host_meets_itself_only():
    table = table_of(["a.github.io"], set(), backward=True)
    found = find_all(
        match_hosts, table, make_texts(["a.github.io", "b.a.github.io", "github.io", "b.github.io"])
    )
    assert pairs(found) == [(0, 0)]


def test_texts_that_meet_very_many_are_all_told():
    names = [".".join(["a"] * count) for count in range(1, 120)]
    found = find_all(match_hosts, table_of(names, set(names), backward=True), make_texts(names * 20))
    assert len(found[0]) == 20 * sum(range(1, 120))


def spans_of(urls):
    texts = make_texts(urls)
    hosts = Texts(np.zeros(len(urls), np.int64), np.zeros(len(urls), np.int64), texts.data)
    paths = np.zeros(len(urls), np.int64)
    url_spans(texts, hosts, paths)
    data = texts.data.tobytes()
    return [
        (data[a:b].decode(), data[p:z].decode())
        for a, b, p, z in zip(hosts.start, hosts.stop, paths, texts.stop, strict=True)
    ]


def test_a_url_has_a_host_and_a_path():
    urls = ["https://me:pw@Evil.com:8080/a?b", "evil.com/x", "/only/path", "evil.com", "", "http://h?q=a@b/c"]
    assert spans_of(urls) == [
        ("Evil.com:8080", "/a?b"),
        ("evil.com", "/x"),
        ("", "/only/path"),
        ("evil.com", ""),
        ("", ""),
        ("h", "?q=a@b/c"),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.2.3.4", 0x01020304),
        ("255.255.255.255", 0xFFFFFFFF),
        ("1.2.3.4:80", 0x01020304),
        ("0.0.0.0", 0),
        ("1.2.3.04", -1),
        ("1.2.3.256", -1),
        ("1.2.3", -1),
        ("1.2.3.4.5", -1),
        ("1..2.3", -1),
        ("1.2.3.4a", -1),
        ("99999999999999999999.1.1.1", -1),
        ("", -1),
    ],
)
def test_ipv4_addresses_are_read(text, number):
    found = np.zeros(1, np.int64)
    parse_ipv4(make_texts([text]), found)
    assert found.tolist() == [number]


RANGE = st.tuples(st.integers(0, 40), st.integers(0, 12), st.sampled_from([0, 2**63, 2**64, 2**100]))


@settings(max_examples=200)
@given(st.lists(RANGE, max_size=10), st.lists(RANGE, max_size=10))
def test_numbers_are_met_by_every_range_that_they_lie_in(spans, asked):
    bounds = [(base + low, base + low + size) for low, size, base in spans]
    numbers = [base + low for low, _size, base in asked]
    ranges, order = make_ranges(halves([a for a, _ in bounds]), halves([b for _, b in bounds]))
    text, one = find_ranges(ranges, halves(numbers))
    found = sorted(zip(text.tolist(), order[one].tolist(), strict=True))
    assert found == [(i, j) for i, x in enumerate(numbers) for j, (a, b) in enumerate(bounds) if a <= x <= b]
