"""`bongsu match` on the command line."""

import json

from tests.data.match_case import OURS, SHARED, THEIRS, identifier_file
from typer.testing import CliRunner

from bongsu.app.cli.match import app


def run(*arguments):
    result = CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_match_from_question_to_count(tmp_path):
    ours = identifier_file(tmp_path / "ours.csv", [*SHARED, *OURS])
    theirs = identifier_file(tmp_path / "theirs.csv", [*SHARED, *THEIRS])
    question, answered = tmp_path / "question.json", tmp_path / "answer.json"
    here = ("--folder", tmp_path / "here", "--partner", "acme")
    there = ("--folder", tmp_path / "there", "--partner", "zeta")
    asked = run("ask", ours, "--round", "r", "--into", question, *here)
    assert asked == {"round": "r", "reveal": False, "values": 3, "left_out": {"other_kind": 1}}
    assert run("answer", question, theirs, "--into", answered, *there)["asked"] == 3
    assert run("read", answered, ours, *here) == {"round": "r", "shared": 2}
