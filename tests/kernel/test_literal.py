"""Literals are found where a search for each alone finds them."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bongsu.kernel.literal import ANYWHERE, AT_END, AT_START, WHOLE, LiteralSet, find_literals_twin
from bongsu.store.column_buffer import texts_of

LETTERS = st.text("ab.\\é", max_size=24).map(str.encode)
LITERAL = st.text("ab.\\é", min_size=1, max_size=9).map(str.encode)
RULES = st.lists(st.tuples(LITERAL, st.sampled_from([ANYWHERE, AT_START, AT_END, WHOLE])), max_size=40)


def found(rules, texts):
    literals, places = [one for one, _place in rules], [place for _one, place in rules]
    column = texts_of(pa.array([b"before", *texts], pa.binary()).cast(pa.string()).slice(1))
    pairs = LiteralSet(literals, places).find(column)
    listed = list(zip(pairs[0].tolist(), pairs[1].tolist(), strict=True))
    assert len(listed) == len(set(listed)), "each pair once"
    return set(listed), find_literals_twin(literals, places, texts)


@settings(max_examples=200)
@given(RULES, st.lists(LETTERS, max_size=30))
def test_all_at_once_find_what_each_alone_finds(rules, texts):
    one, other = found(rules, texts)
    assert one == other


def test_a_literal_stands_where_it_must():
    texts = [b"\\cmd.exe /c", b"c:\\cmd.exe", b"\\cmd.exe", b"\\cmd.exe\\cmd.exe", b"md.ex"]
    rules = [(b"\\cmd.exe", place) for place in (ANYWHERE, AT_START, AT_END, WHOLE)]
    one, other = found(rules, texts)
    assert one == other
    assert {text for text, rule in one if rule == AT_END} == {1, 2, 3}
    assert {text for text, rule in one if rule == WHOLE} == {2}


@pytest.mark.parametrize("count", [1, 5_000, 20_000])
def test_more_pairs_than_there_is_room_for_at_once_are_all_found(count):
    rules = [(f"{number:05d}".encode(), ANYWHERE) for number in range(count)]
    texts = [b"".join(one for one, _place in rules), b"", b"00000"]
    one, other = found(rules, texts)
    assert one == other
    assert len(one) > count


def test_no_literals_and_no_texts_find_nothing():
    assert found([], [b"text"]) == (set(), set())
    assert found([(b"a", ANYWHERE)], []) == (set(), set())
