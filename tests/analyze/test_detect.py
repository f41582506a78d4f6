"""Rules on columns say what the same rules say event by event."""

import re
from fnmatch import fnmatchcase
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.log_block import STREAM, block

from bongsu.analyze.detect import Detector
from bongsu.model.detection import Comparison as Is
from bongsu.model.detection import Detection
from bongsu.model.log import LogStream


def rule(tree, *tests, product="made", **more):
    told = {
        "id": "r", "title": "t", "level": "high", "status": "", "techniques": (), "tactics": (),
        "product": product, "category": "", "service": "", "innocent": (), "file": "r.yml", "sha256": "0",
    }  # fmt: skip
    return Detection(tests=tests, tree=tree, **(told | more))


def met(detection, events, stream=STREAM):
    return [row for hit in Detector([detection]).find(block(events, stream)) for row in hit.rows.tolist()]


def twin(detection, event, known):
    """Whether one event meets the rule: the slow reference; `known` are the fields that the log has."""

    def holds(tree):
        if isinstance(tree, int):
            return any(one_holds(detection.tests[tree], name) for name in names(detection.tests[tree]))
        word, parts = tree
        if word == "not":
            return not holds(parts[0])
        return (all if word == "and" else any)(holds(part) for part in parts)

    def names(test):
        return [test.field] if test.field else list(event)

    def one_holds(test, name):
        value = event.get(name)
        if test.operator == "null":
            return not value
        if test.operator == "equals" and not test.value:
            return not value and name in known
        if value is None:
            return False
        text = value if test.cased else value.lower()
        return bool(
            {
                "contains": lambda: test.value in text and value,
                "startswith": lambda: text.startswith(test.value) and value,
                "endswith": lambda: text.endswith(test.value) and value,
                "equals": lambda: text == test.value,
                "exists": lambda: value,
                "like": lambda: fnmatchcase(text, test.value),
                "regex": lambda: re.search(test.value, value),
                "lt": lambda: value.isdigit() and int(value) < int(test.value),
                "gte": lambda: value.isdigit() and int(value) >= int(test.value),
                "cidr": lambda: "." in value and ip_address(value) in ip_network(test.value),
                "same": lambda: (
                    event.get(test.value) is not None and value.lower() == event[test.value].lower()
                ),
                "ends_same": lambda: (
                    event.get(test.value) is not None and value.lower().endswith(event[test.value].lower())
                ),
            }[test.operator]()
        )

    return holds(detection.tree)


FIELD = st.sampled_from(["a", "b", "c"])
TEXT = st.text("abC", max_size=6)
TESTS = st.one_of(
    st.builds(lambda value: Is("", "contains", value.lower()), st.text("abC", min_size=1, max_size=3)),
    st.builds(
        lambda field, operator, value: Is(field, operator, value.lower()),
        FIELD,
        st.sampled_from(["contains", "startswith", "endswith", "equals"]),
        TEXT,
    ),
    st.builds(
        lambda field, value: Is(field, "contains", value, cased=True),
        FIELD,
        st.text("abC", min_size=1, max_size=3),
    ),
    st.builds(lambda field, value: Is(field, "like", value), FIELD, st.text("ab*?", min_size=1, max_size=5)),
    st.builds(
        lambda field, value: Is(field, "regex", value),
        FIELD,
        st.sampled_from(["a+b", "^b", "C$", "a|c"]),
    ),
    st.builds(lambda field, operator: Is(field, operator, ""), FIELD, st.sampled_from(["null", "exists"])),
    st.builds(
        lambda field, other, way: Is(field, way, other),
        FIELD,
        FIELD,
        st.sampled_from(["same", "ends_same"]),
    ),
)
TREES = st.recursive(
    st.integers(0, 3),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=1, max_size=3).map(tuple)),
        inner.map(lambda part: ("not", (part,))),
    ),
    max_leaves=6,
)
EVENTS = st.lists(st.dictionaries(FIELD, TEXT, max_size=3), min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(TREES, st.lists(TESTS, min_size=4, max_size=4), EVENTS)
def test_columns_say_what_events_say_one_by_one(tree, tests, events):
    detection = rule(tree, *tests)
    known = {name for event in events for name in event}
    expected = [row for row, event in enumerate(events) if twin(detection, event, known)]
    assert met(detection, events) == expected


@pytest.mark.parametrize(
    ("test", "value", "holds"),
    [
        (Is("n", "lt", "10"), "9", True),
        (Is("n", "lt", "10"), "0xa", False),
        (Is("n", "gte", "10"), "0xa", True),
        (Is("n", "gte", "10"), "ten", False),
        (Is("n", "cidr", "10.0.0.0/8"), "10.2.3.4", True),
        (Is("n", "cidr", "10.0.0.0/8"), "11.2.3.4", False),
        (Is("n", "cidr", "10.0.0.0/8"), "10.2.3", False),
        (Is("n", "like", "a\\*b?c*"), "A*bxcyz", True),
        (Is("n", "like", "a\\*b?c*"), "axbxc", False),
        (Is("n", "regex", "AB", flags="i"), "cab", True),
        (Is("n", "regex", "AB"), "cab", False),
        (Is("n", "equals", "4688"), "4688", True),
    ],
)
def test_a_value_is_compared_as_the_rule_says(test, value, holds):
    assert bool(met(rule(0, test), [{"n": value}])) is holds


def test_a_rule_is_asked_only_of_the_stream_that_it_is_about():
    sysmon = LogStream("windows", channel="Microsoft-Windows-Sysmon/Operational", event_id="1")
    security = LogStream("windows", channel="Security", event_id="4688")
    created = rule(0, Is("Image", "endswith", "\\a.exe"), product="windows", category="process_creation")
    assert met(created, [{"Image": "C:\\A.exe"}], sysmon) == [0]
    assert met(created, [{"NewProcessName": "C:\\A.exe"}], security) == [0]
    assert met(created, [{"Image": "C:\\A.exe"}], sysmon._replace(event_id="3")) == []
    assert met(created, [{"Image": "C:\\A.exe"}], STREAM) == []
    generic = rule(0, Is("Image", "endswith", "\\a.exe"), product="", category="category")
    assert met(generic, [{"Image": "C:\\A.exe"}]) == [0]


def test_the_number_of_an_event_is_known_before_any_event_is_seen():
    numbered = rule(
        ("and", (0, 1)),
        Is("EventID", "equals", "1"),
        Is("Image", "exists", ""),
        product="windows",
    )
    stream = LogStream("windows", channel="Security", event_id="1")
    assert Detector([numbered]).plan(stream._replace(event_id="2")).rules == []
    named = rule(numbered.tree, *numbered.tests, product="windows", service="security")
    assert met(named, [{"Image": "x"}], stream) == [0]


def test_a_hit_shows_what_met_it():
    detection = rule(("and", (0, ("not", (1,)))), Is("a", "contains", "bad"), Is("b", "contains", "good"))
    (hit,) = Detector([detection]).find(block([{"a": "fine"}, {"a": "so Bad", "b": "x"}]))
    assert hit.shown(1) == (("a", "so Bad"),)


def test_names_with_blanks_are_met_by_rules_that_write_none():
    assert met(rule(0, Is("ThreatName", "contains", "x")), [{"Threat Name": "X"}]) == [0]


def test_a_log_that_has_no_such_field_has_none_that_is_empty():
    empty = rule(0, Is("agent", "equals", ""))
    assert met(empty, [{"agent": None, "x": "y"}, {"agent": ""}, {"agent": "z"}]) == [0, 1]
    assert met(empty, [{"x": "y"}]) == []
    assert met(rule(0, Is("agent", "null", "")), [{"x": "y"}]) == [0]
