import json
import os

from tests.data.command import refused, run, said
from tests.data.hunt_case import add_files, make_logs


def test_a_folder_is_hunted_in_with_one_command(tmp_path):
    logs, rules = make_logs(tmp_path)
    env = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    ended = run("hunt", logs, "--rules", rules, "--no-shipped", "--into", tmp_path / "hunt.html", env=env)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == f"Report: {tmp_path / 'hunt.html'}\n"
    assert (tmp_path / "hunt.html").is_file()
    (document,) = said("hunt", "run", logs, "--rules", rules, "--no-shipped", env=env)
    assert document["summary"]["findings"] == 1


def test_what_cannot_be_done_is_said_with_what_to_do(tmp_path):
    refused("hunt", tmp_path / "none", why="there is no such file", hint="a folder")
    refused("hunt", tmp_path, "--rules", tmp_path / "none", why="Cannot read rules", hint="Sigma")
    refused("hunt", tmp_path, "--tlp", "TLP:PINK", why="not a TLP 2.0 label")


def test_yara_rules_are_asked_of_files_beside_the_logs(tmp_path):
    logs, _rules = make_logs(tmp_path)
    rules = add_files(tmp_path, logs)
    env = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    into = tmp_path / "hunt.html"
    document = json.loads(run("hunt", logs, "--no-shipped", "--yara", rules, "--into", into, env=env).stdout)
    assert document["summary"]["by_kind"] == {"file": 3}
    assert document["coverage"]["yara"] == {"rules": 2, "files": 3, "not_scanned": []}
    assert "2 rules were asked of 3 files" in into.read_text()
    (document,) = said("hunt", logs, "--no-shipped", "--yara", rules, "--yara-all", env=env)
    assert document["summary"]["by_kind"] == {"file": 4}
    rules.write_text("rule a {")
    refused("hunt", logs, "--yara", rules, why="made.yar: line 1", hint="Mend the rule")


def test_help_teaches():
    ended = run("hunt", "--help")
    assert "run" in ended.stdout
    assert "Example" in run("hunt", "run", "--help").stdout
