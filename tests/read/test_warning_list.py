import json

import pytest

from bongsu.read.warning_list import read_warning_list


def test_a_value_a_line(tmp_path):
    path = tmp_path / "ours.txt"
    path.write_text("# ours\nours.co.kr\n\n10.0.0.0/8 # office\n")
    assert read_warning_list(path) == ("ours.txt", [("", "ours.co.kr"), ("", "10.0.0.0/8")], [])


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("cidr", [("ip", "a.b")]),
        ("hostname", [("domain", ".a.b")]),
        ("string", [("", "a.b")]),
    ],
)
def test_lists_of_misp(tmp_path, kind, rows):
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"name": "Top", "type": kind, "list": ["a.b"]}))
    assert read_warning_list(path) == ("Top", rows, [])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('{"name": "x"', "bad_json"),
        ('{"type": "regex", "list": ["a"]}', "unknown_list"),
        ('{"type": "string"}', "unknown_list"),
        ('{"type": "string", "list": [1]}', "bad_value"),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path, text, rule):
    path = tmp_path / "list.json"
    path.write_text(text)
    assert [fault[1] for fault in read_warning_list(path).faults] == [rule]
