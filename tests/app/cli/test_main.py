"""The command says what is wrong and what to do next."""

import subprocess
import sys

RUN = [sys.executable, "-c", "from bongsu.app.cli import main; main()"]


def run(*args):
    return subprocess.run([*RUN, *args], capture_output=True, text=True, check=False)


def test_help_and_version():
    assert "ledger" in run("--help").stdout
    assert run("--version").stdout.startswith("bongsu ")


def test_missing_file_is_a_clear_error(tmp_path):
    found = run("ledger", "inspect", str(tmp_path / "nowhere.csv"))
    assert found.returncode == 2
    assert "nowhere.csv" in found.stderr
    assert "Traceback" not in found.stderr


def test_unknown_content_is_a_clear_error(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear sir\n")
    found = run("ledger", "inspect", str(path))
    assert found.returncode == 2
    assert "hint:" in found.stderr
