import pytest

from bongsu.analyze.detect_plan import applies, plan_stream
from bongsu.model.detection import Comparison, Detection
from bongsu.model.log import LogStream

ENDS = (Comparison("Image", "endswith", "\\a.exe"),)


def rule(tree=0, tests=ENDS, **source):
    told = {"product": "", "category": "", "service": ""} | source
    return Detection(
        id="r", title="t", level="high", status="", techniques=(), tactics=(), tests=tests, tree=tree,
        innocent=(), file="r.yml", sha256="0", **told,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ({"product": "zeek", "service": "dns"}, True),
        ({"product": "zeek", "service": "http"}, False),
        ({"category": "dns"}, True),
        ({"category": "proxy"}, False),
        ({"product": "windows"}, False),
        ({"product": "zeek"}, True),
        ({}, False),
    ],
)
def test_a_rule_is_about_a_stream_that_has_all_it_names(source, asked):
    assert applies(rule(**source), LogStream("zeek", "dns", "dns"), None) is asked


def test_a_channel_has_several_names():
    stream = LogStream("windows", channel="Security", event_id="4688")
    names = frozenset({"security", "process_creation"})
    assert applies(rule(product="windows", service="security"), stream, names)
    assert applies(rule(product="windows", category="process_creation"), stream, names)
    assert not applies(rule(product="windows", category="file_event"), stream, names)
    assert applies(rule(category="process_creation"), stream, names)


def test_a_test_of_two_rules_is_one_test():
    plan = plan_stream([rule(), rule()], {}, {})
    assert (len(plan.rules), len(plan.tests), plan.wanted) == (2, 1, {0: [0, 1]})


def test_fields_have_the_names_of_the_stream():
    plan = plan_stream([rule()], {}, {"Image": "NewProcessName"})
    assert list(plan.fields) == ["NewProcessName"]


def test_a_rule_that_cannot_hold_in_the_stream_is_left_out():
    tests = (Comparison("EventID", "equals", "1"), Comparison("Image", "exists", ""))
    assert plan_stream([rule(("and", (0, 1)), tests)], {"EventID": "2"}, {}).rules == []
    (left,) = plan_stream([rule(("and", (0, 1)), tests)], {"EventID": "1"}, {}).rules
    assert left.tree in {0, 1}
