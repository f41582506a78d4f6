"""Tab-separated Zeek logs say what their JSON says."""

import io

import numpy as np
import pytest
from tests.read.log_samples import ZEEK_TEXT

from bongsu.read import header_block, line_cut
from bongsu.read.zeek_text import zeek_text_rows


def read(text):
    events, faults = {}, []
    for path, rows in zeek_text_rows(io.BytesIO(text)):
        faults += [(line, rule) for line, rule, _message in rows.faults]
        for place, line in enumerate(rows.lines.tolist()):
            values = {name: column[place].as_py() for name, column in rows.columns.items()}
            events[line] = {"#": path} | {name: value for name, value in values.items() if value is not None}
    return events, faults


def test_markers_escapes_and_booleans_are_what_they_stand_for():
    events, faults = read(ZEEK_TEXT)
    assert faults == []
    assert events[8]["answers"] == "host.example.net,192.0.2.7"
    assert events[9] == {
        "#": "dns",
        "ts": "1588316620.000001",
        "uid": "C2",
        "id.orig_h": "10.0.0.5",
        "id.resp_h": "10.0.0.4",
        "trans_id": "8",
        "query": "café.example",
        "answers": "",
        "rejected": "true",
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [("a\\x09b", "a\tb"), ("a\\\\x41", "a\\x41"), ("\\xff", "\\xff"), ("\\x2d", "-"), ("a\\b", "a\\b")],
)
def test_each_escape(written, meant):
    text = f"#separator \\x09\n#fields\ta\tb\n#types\tstring\tstring\n{written}\tx\n"
    assert read(text.encode())[0][4]["a"] == meant


def test_several_blocks_with_other_fields_and_separators():
    text = (
        b"#separator \\x09\n#path\tone\n#fields\ta\tb\n1\t2\n1\t2\t3\n#close\tx\n"
        b"#separator ,\n#set_separator,;\n#unset_field,NONE\n#path,two\n#fields,c\n"
        b"#types,set[string]\nx;y\nNONE\nz\n"
    )
    assert read(text) == (
        {
            4: {"#": "one", "a": "1", "b": "2"},
            13: {"#": "two", "c": "x,y"},
            14: {"#": "two"},
            15: {"#": "two", "c": "z"},
        },
        [(5, "bad_line")],
    )


def test_lines_before_any_header_are_one_reject():
    assert read(b"#path\tdns\na\tb\nc\td\n#fields\ta\tb\n1\t2\n") == (
        {5: {"#": "dns", "a": "1", "b": "2"}},
        [(2, "no_header")],
    )


def test_small_cuts_change_nothing(monkeypatch):
    whole = read(ZEEK_TEXT * 3)
    monkeypatch.setattr(
        header_block, "read_cuts", lambda file, mend: line_cut.read_cuts(file, size=70, mend=mend)
    )
    assert read(ZEEK_TEXT * 3) == whole
    assert len(whole[0]) == 6


def test_random_bytes_are_rows_or_rejects():
    noise = np.random.default_rng(5).integers(0, 256, 20_000).astype(np.uint8).tobytes()
    events, faults = read(b"#separator \\x09\n#fields\ta\tb\n" + noise.replace(b"#", b"x"))
    lines = [line for line in noise.replace(b"#", b"x").split(b"\n") if line not in {b"", b"\r"}]
    assert len(events) + len(faults) == len(lines)
