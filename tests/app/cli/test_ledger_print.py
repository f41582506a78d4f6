"""Printing of ledger commands."""

import json
import sys
from pathlib import Path

from bongsu.app.cli.ledger_print import print_document, row_progress

DOCUMENT = {"name": "x", "rows": 1234, "known": True, "sums": {"a": "5", "b": 6000}, "notes": ["one", "two"]}


def test_one_line_of_json_where_no_person_reads(capsys):
    print_document(DOCUMENT)
    assert json.loads(capsys.readouterr().out) == DOCUMENT


def test_lines_on_a_terminal_unless_json_is_asked_for(capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_document(DOCUMENT)
    shown = capsys.readouterr().out
    assert "1,234" in shown
    assert "6,000" in shown
    assert "one; two" in shown
    print_document(DOCUMENT, plain=True)
    assert json.loads(capsys.readouterr().out) == DOCUMENT


def test_progress_is_silent_where_no_person_looks(capsys):
    with row_progress() as progress:
        progress(Path("x"), 5)
    assert capsys.readouterr() == ("", "")


def test_progress_counts_rows_on_standard_error(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with row_progress() as progress:
        progress(Path("x.csv"), 5)
        progress(Path("x.csv"), 70_000)
        print_document({"data": 1}, plain=True)
    shown = capsys.readouterr()
    assert "70,000" in shown.err
    assert shown.out == '{"data": 1}\n'


def test_progress_says_how_much_is_left_where_that_is_known(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with row_progress(90_000) as progress:
        progress(Path("x.csv"), 70_000)
    assert "70,000 of 90,000 rows" in capsys.readouterr().err
