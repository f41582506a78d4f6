"""Sigma rules become comparisons and conditions; what cannot be run is named with the reason."""

import tarfile

import pytest

from bongsu.errors import InputError
from bongsu.model.detection import Comparison as Is
from bongsu.read.sigma import find_rule_files, read_rules

HEAD = """\
title: Made rule
id: 6a2d3f5e-0000-4000-8000-000000000001
status: test
level: high
tags: [attack.execution, attack.t1059.001, attack.g0032]
falsepositives: [Administrators]
logsource: {product: Windows, category: process_creation}
detection:
"""


def read(body):
    rules, faults = read_rules((HEAD + body).encode(), "made.yml")
    return (rules[0] if rules else None), faults


def compared(value, key="Image"):
    found, faults = read(f"  selection:\n    {key}: {value}\n  condition: selection\n")
    assert faults == []
    return list(found.tests)


def test_a_rule_says_what_it_is_and_what_it_is_about():
    rule, _faults = read("  selection:\n    Image: x\n  condition: selection\n")
    assert (rule.title, rule.level, rule.status) == ("Made rule", "high", "test")
    assert (rule.techniques, rule.tactics) == (("T1059.001",), ("execution",))
    assert (rule.product, rule.category, rule.service) == ("windows", "process_creation", "")
    assert rule.innocent == ("Administrators",)


@pytest.mark.parametrize(
    ("key", "value", "tests"),
    [
        ("Image", "'*Foo*'", [Is("Image", "contains", "foo")]),
        ("Image", "'*Foo'", [Is("Image", "endswith", "foo")]),
        ("Image", "'Foo*'", [Is("Image", "startswith", "foo")]),
        ("Image", "Foo", [Is("Image", "equals", "foo")]),
        ("Image", "''", [Is("Image", "equals", "")]),
        ("Image", "'*'", [Is("Image", "exists", "")]),
        ("Image", "'F\\*o'", [Is("Image", "equals", "f*o")]),
        ("Image", "'F*oo?'", [Is("Image", "contains", "oo"), Is("Image", "like", "f*oo?")]),
        ("Image", "null", [Is("Image", "null", "")]),
        ("Image", "4688", [Is("Image", "equals", "4688")]),
        ("Image", "true", [Is("Image", "equals", "true")]),
        ("Image|contains|cased", "Foo", [Is("Image", "contains", "Foo", True)]),
        ("Image|re", "'a.*B'", [Is("Image", "regex", "a.*B", True)]),
        ("Image|re|i", "'a.*B'", [Is("Image", "regex", "a.*B", True, "i")]),
        ("Image|cidr", "10.0.0.0/8", [Is("Image", "cidr", "10.0.0.0/8")]),
        ("Image|gte", "5", [Is("Image", "gte", "5")]),
        ("Image|exists", "true", [Is("Image", "exists", "")]),
        ("Image|exists", "false", [Is("Image", "null", "")]),
        ("Image|fieldref", "ParentImage", [Is("Image", "same", "ParentImage")]),
    ],
)
def test_a_value_is_a_comparison(key, value, tests):
    assert compared(value, key) == tests


def test_a_keyword_stands_anywhere():
    rule, _faults = read("  keywords: [Foo, 'b*r']\n  condition: keywords\n")
    assert rule.tests == (Is("", "contains", "foo"), Is("", "contains", "b"), Is("", "like", "*b*r*"))


def test_several_values_are_one_or_the_other_and_all_of_them_where_the_rule_says_so():
    rule, _faults = read("  selection:\n    Image|contains: [a, b]\n  condition: not selection\n")
    assert rule.tree == ("not", (("or", (0, 1)),))
    rule, _faults = read("  selection:\n    Image|contains|all: [a, b]\n  condition: selection\n")
    assert rule.tree == ("and", (0, 1))


def test_a_modifier_with_several_forms_is_any_of_them():
    rule, _faults = read("  selection:\n    CommandLine|windash|contains: ' -enc'\n  condition: selection\n")
    assert rule.tree[0] == "or"
    assert {" -enc", " /enc"} <= {test.value for test in rule.tests}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("  selection:\n    Image|re: '(?=x)y'\n  condition: selection\n", "invalid perl operator"),
        ("  selection:\n    Image|expand: '%dc%'\n  condition: selection\n", "placeholder"),
        ("  selection:\n    Image: x\n  condition: nothing\n", "nothing"),
    ],
)
def test_what_cannot_be_run_is_named_with_the_reason(body, why):
    rule, faults = read(body)
    assert rule is None
    ((_place, _kind, message),) = faults
    assert "made.yml" in message
    assert why in message


@pytest.mark.parametrize("data", [b"\xff\xfe", b"- 1", b"title: [", b"", b"just text", b"a: 1"])
def test_what_is_no_rule_is_said_to_be_none(data):
    rules, faults = read_rules(data, "bad.yml")
    assert rules == []
    assert [kind for _place, kind, _message in faults] == ["bad_rule"] or faults == []


def test_a_path_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        find_rule_files((tmp_path / "none",))


def test_rules_are_found_in_the_order_of_their_names(tmp_path):
    for name in ("b/2.yml", "a/3.yaml", "a/not.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert [path.name for path in find_rule_files((tmp_path,))] == ["3.yaml", "2.yml"]


def test_nearly_all_public_rules_can_be_run(real_data, tmp_path):
    with tarfile.open(real_data / "logs" / "sigma-rules.tar.xz") as packed:
        packed.extractall(tmp_path, filter="data")
    files = find_rule_files((tmp_path,))
    assert len(files) == 3_754
    read_all = [read_rules(path.read_bytes(), path.name) for path in files]
    rules = [rule for found, _faults in read_all for rule in found]
    faults = [fault for _found, more in read_all for fault in more]
    assert len(rules) + len(faults) == len(files)
    assert len(rules) >= 0.98 * len(files)
    assert all("placeholder" in message for _place, _kind, message in faults)
