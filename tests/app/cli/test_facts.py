"""`bongsu facts` on the command line."""

import json
import sys

import pytest
from typer.testing import CliRunner

from bongsu.app.cli import facts
from bongsu.app.cli.facts import app, print_rows
from bongsu.errors import FactsError
from bongsu.facts.verify import Issue

THIEF = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"


def lines(*arguments):
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_piped_output_is_one_object_a_line():
    (fact,) = lines("show", "bybit-2025")
    assert fact["title"] == "Bybit theft"
    assert {row["kind"] for row in lines("search", "cmETH")} >= {"incident", "issuer", "asset"}


def test_verify_of_what_ships_ends_well():
    assert {row["severity"] for row in lines("verify")} == {"notice"}


def test_verify_with_a_problem_fails(monkeypatch):
    problem = Issue(severity="problem", place="x/y.yaml", message="m")
    monkeypatch.setattr("bongsu.facts.verify.verify_facts", lambda: [problem])
    result = CliRunner().invoke(app, ["verify"])
    assert isinstance(result.exception, FactsError)
    assert "1 problems" in str(result.exception)
    assert json.loads(result.stdout)["place"] == "x/y.yaml"


def test_import_prints_counts(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(f"address,label\n{THIEF},x\n")
    (row,) = lines("import", str(path), "--into", str(tmp_path / "out"))
    assert (row["labels"], row["written"], row["format"]) == (1, 1, "csv")


def test_terminal_gets_tables(monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    facts.show("harmony-2022", as_json=False)
    shown = capsys.readouterr().out
    assert "Harmony Horizon bridge theft" in shown
    assert "first receiver" in shown
    assert "{" not in shown


def test_json_is_forced_on_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_rows([{"b": 1, "a": "가"}], True, lambda rows: pytest.fail("no tables"))
    assert capsys.readouterr().out == '{"a": "가", "b": 1}\n'
