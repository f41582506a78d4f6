"""JSON logs in every layout; what is broken is told and the rest is read."""

import io
import json

import pytest

from bongsu.read import json_event
from bongsu.read.json_event import dotted, head_objects, json_events

ROWS = [{"a": at, "b": {"c": "x" * at}} for at in range(1, 6)]
LAYOUTS = {
    "lines": "\n".join(map(json.dumps, ROWS)),
    "lines with blanks": "\ufeff" + "\r\n\r\n".join(map(json.dumps, ROWS)) + "\r\n",
    "list": json.dumps(ROWS),
    "pretty list": json.dumps(ROWS, indent=2),
    "wrapped": json.dumps({"Records": ROWS}),
    "paged": json.dumps({"@odata.context": "u", "count": 5, "value": ROWS, "next": None}),
    "pretty objects": "\n".join(json.dumps(row, indent=1) for row in ROWS),
    "sequence": "\x1e".join(map(json.dumps, ROWS)),
}


def objects(text):
    return list(json_events(io.BytesIO(text if isinstance(text, bytes) else text.encode())))


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout_gives_the_same_objects(layout):
    found = objects(LAYOUTS[layout])
    assert [one.value for one in found if not one.why] == ROWS, found
    assert head_objects(LAYOUTS[layout].encode())[0] == ROWS[0]


@pytest.mark.parametrize("layout", ["list", "pretty list", "wrapped", "pretty objects"])
def test_objects_may_lie_across_parts(layout, monkeypatch):
    monkeypatch.setattr(json_event, "_PART", 32)
    assert [one.value for one in objects(LAYOUTS[layout])] == ROWS


def test_a_broken_line_or_element_is_told_with_its_place():
    found = objects('{"a": 1}\n{"a": \n[1]\n{"a": 2}')
    assert [(one.place, bool(one.why)) for one in found] == [(1, False), (2, True), (3, True), (4, False)]
    found = objects('[{"a": 1}, {"a": oops}, {"a": 2}, 7, {"a": 3}]')
    assert [one.value for one in found if not one.why] == [{"a": 1}, {"a": 2}, {"a": 3}]
    assert sum(bool(one.why) for one in found) == 2


def test_an_object_that_never_ends_is_told(monkeypatch):
    monkeypatch.setattr(json_event, "_PART", 16)
    monkeypatch.setattr(json_event, "MOST_OBJECT", 64)
    found = objects('[{"a": "' + "x" * 500 + '"}, {"b": 1}]')
    assert [one.value for one in found if not one.why] == [{"b": 1}]
    assert found[0].why


def test_depth_bad_bytes_and_half_characters_do_no_harm():
    deep = "[" * 100_000
    assert all(one.why for one in objects('{"a": ' + deep + "\n" + "[{" + deep))
    assert objects(b'{"a": "\xff"}')[0].value == {"a": "\ufffd"}
    assert objects('{"a": "\\ud800"}')[0].value == {"a": "\ud800"}
    assert head_objects(b"[" * 60_000) == []


def test_what_is_no_json_has_no_head():
    assert head_objects(b"") == head_objects(b"text") == head_objects(b"{") == []


def test_nested_names_are_joined_with_dots():
    value = {"a": {"b": 1, "c": {}}, "l": [{"n": "x", "m": 1}, {"n": "y"}, 3], "p": ["q", "r"], "z": None}
    assert dotted(value) == {"a.b": 1, "l.n": ["x", "y"], "l.m": 1, "l": 3, "p": ["q", "r"]}
