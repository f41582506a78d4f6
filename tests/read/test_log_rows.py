"""JSON lines become columns; nothing is dropped in silence."""

import io
import json

import pytest

from bongsu.read import line_cut, log_rows
from bongsu.read.log_rows import json_rows


def events(text):
    """Events by line, and faults, of all rows."""
    found, faults = {}, []
    for rows in json_rows(io.BytesIO(text)):
        faults += [(line, rule) for line, rule, _message in rows.faults]
        for place, line in enumerate(rows.lines.tolist()):
            values = {name: column[place].as_py() for name, column in rows.columns.items()}
            found[line] = {name: value for name, value in values.items() if value is not None}
    return found, faults


def test_nested_names_are_joined_and_a_list_of_objects_has_a_column_for_each_field():
    line = {
        "dns": {"query": [{"rrname": "a.example", "id": 1}, {"rrname": "b.example"}, 5]},
        "x": [1.50, "y"],
    }
    found, faults = events(json.dumps(line).encode())
    assert faults == []
    assert found == {
        1: {
            "dns.query": json.dumps(line["dns"]["query"]),
            "dns.query.rrname": "a.example,b.example",
            "dns.query.id": "1",
            "x": "1.5,y",
        }
    }


def test_one_name_in_two_forms_is_one_column():
    found, _ = events(b'{"a.b":"flat"}\n{"a":{"b":"nested"}}\n{"a.b":"flat","a":{"b":"last"}}')
    assert found == {1: {"a.b": "flat"}, 2: {"a.b": "nested"}, 3: {"a.b": "last"}}


@pytest.mark.parametrize(
    "line",
    [b"not json", b"[1]", b'"text"', b'{"a":NaN}', b'{"a":1}}', b'{"a":' * 40 + b"1" + b"}" * 40, b"\xff"],
)
def test_a_line_that_is_no_event_is_a_fault_at_its_line(line):
    found, faults = events(b'{"a":1}\n\n' + line + b'\n{"a":2}\n')
    assert (found, faults) == ({1: {"a": "1"}, 4: {"a": "2"}}, [(3, "bad_line")])


def test_lines_are_counted_over_cuts_and_lines_left_out(monkeypatch):
    monkeypatch.setattr(line_cut, "MOST_LINE_BYTES", 100)
    monkeypatch.setattr(log_rows, "read_cuts", lambda file: line_cut.read_cuts(file, size=16))
    text = (
        b"".join(b'{"a":%d}\n' % line for line in range(1, 8))
        + b"x" * 300
        + b'\n{"a":9}\noops\n'
        + b"y" * 200
    )
    found, faults = events(text)
    assert found == {line: {"a": str(line)} for line in (1, 2, 3, 4, 5, 6, 7, 9)}
    assert faults == [(8, "line_too_long"), (10, "bad_line"), (11, "line_too_long")]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_an_event_with_too_many_fields_is_a_fault_and_the_next_is_read(monkeypatch, end):
    monkeypatch.setattr(log_rows, "ROOM", log_rows.ROOM._replace(columns=4, rows=2))
    lines = [b'{"a":1}', b'{"b":1,"c":2,"d":3,"e":4}', b'{"a":3}', b'{"x":4}', b'{"y":5}']
    found, faults = events(end.join(lines))
    assert found == {1: {"a": "1"}, 3: {"a": "3"}, 4: {"x": "4"}, 5: {"y": "5"}}
    assert faults == [(2, "too_many_fields")]


def test_escaped_names_and_halves_of_pairs():
    found, _ = events(b'{"\\u0061\\n":"x","\\ud800":[{"\\udc00":"\\ud800"}]}')
    assert found == {1: {"a\n": "x", "?": '[{"\\udc00":"\\ud800"}]', "?.?": "?"}}
