import numpy as np
import pyarrow as pa
import pytest

from bongsu.analyze.detect_comparison import BlockTests, FieldValues, glob_pattern, text_parts
from bongsu.analyze.detect_plan import plan_stream
from bongsu.model.detection import Comparison, Detection
from bongsu.model.log import LogBlock, LogStream


def asked_of(column, *tests):
    rule = Detection(
        id="r", title="t", level="high", status="", techniques=(), tactics=(), tests=tests,
        tree=("or", tuple(range(len(tests)))), innocent=(), file="r.yml", sha256="0",
        product="made", category="", service="",
    )  # fmt: skip
    rows = pa.array(column, pa.string()).dictionary_encode()
    block = LogBlock(
        LogStream("made"), {"x": rows}, pa.nulls(len(rows)), pa.array(range(len(rows)), pa.int64())
    )
    return BlockTests(plan_stream([rule], {}, {}), block)


def test_an_event_without_the_field_meets_only_the_test_for_that():
    asked = asked_of(["a", None, ""], Comparison("x", "contains", "a"), Comparison("x", "null", ""))
    number = {test.operator: place for place, test in enumerate(asked.plan.tests)}
    assert asked.outcome(number["contains"]).tolist() == [True, False, False]
    assert asked.outcome(number["null"]).tolist() == [False, True, True]


def test_what_no_value_meets_has_no_outcome():
    asked = asked_of(["a"], Comparison("x", "contains", "b"), Comparison("y", "regex", "b"))
    assert [asked.outcome(place) for place in range(2)] == [None, None]
    assert list(asked.live) == []


def test_a_slow_test_looks_only_at_the_events_that_matter():
    asked = asked_of(["aa", "ab", "aa", "bb"], Comparison("x", "regex", "^a"))
    within = np.array([True, False, False, False])
    assert asked.outcome(0, within).tolist()[0] is True
    assert asked._asked[0, "x"].tolist() == [1, -1, -1, -1]
    assert asked.outcome(0).tolist() == [True, True, True, False]


@pytest.mark.parametrize(
    ("glob", "pattern"),
    [("a*b", "^a.*b$"), ("a?\\*", "^a.\\*$"), ("c:\\\\x", "^c:\\\\x$"), ("a.b", "^a\\.b$")],
)
def test_a_glob_is_a_pattern_of_the_whole_value(glob, pattern):
    assert glob_pattern(glob) == pattern


def test_values_are_read_from_where_a_slice_starts():
    texts = text_parts(pa.array(["one", "two", "three"]).slice(1))
    assert bytes(texts.data[texts.first[0] : texts.first[2]]) == b"twothree"
    assert len(text_parts(pa.array([], pa.string())).first) == 1


def test_outcomes_of_values_are_those_of_their_events():
    field = FieldValues(pa.array(["b", None, "a", "b"]).dictionary_encode())
    assert field.where(np.array([True, False])).tolist() == [True, False, False, True]
