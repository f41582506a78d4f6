"""The command says what is wrong and what to do next."""

import json
import subprocess
import sys

import pytest
from tests.data.check_case import AT_SECOND, INCIDENT, SECOND, small_ledger

from bongsu import __version__
from bongsu.app.cli.main import main

RUN = [sys.executable, "-c", "from bongsu.app.cli import main; main()"]
HEAVY = ("duckdb", "jinja2", "numba", "numpy", "plotly", "pyarrow", "yaml")


def run(*args):
    return subprocess.run([*RUN, *args], capture_output=True, text=True, check=False)


def ended(monkeypatch, *args):
    """Exit code of the command in this process."""
    monkeypatch.setattr(sys, "argv", ["bongsu", *args])
    with pytest.raises(SystemExit) as stopped:
        main()
    return stopped.value.code


def test_help_and_version():
    shown = run("--help").stdout
    assert "Usage: bongsu " in shown
    places = [shown.index(f" {verb} ") for verb in ("trace", "check", "ledger", "facts")]
    assert places == sorted(places)
    assert run("--version").stdout == f"bongsu {__version__}\n"


@pytest.mark.parametrize("verb", [[], ["trace"], ["check"], ["ledger"], ["facts"]])
def test_help_loads_nothing_that_is_slow_to_load(verb):
    code = (
        "import sys; from bongsu.app.cli.main import app;"
        f"app({[*verb, '--help']!r}, standalone_mode=False);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage" in found.stdout
    assert found.stderr == "[]\n"


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


def test_check_is_a_command(tmp_path):
    ledger = str(small_ledger(tmp_path))
    found = run("check", SECOND, "--ledger", ledger)
    assert (found.returncode, found.stderr) == (0, "")
    document = json.loads(found.stdout)
    assert document["answer"]["incidents"] == [INCIDENT]
    assert document["parties"][0]["exposures"][0]["arrived"] == AT_SECOND


def test_check_says_what_is_wrong(tmp_path):
    found = run("check", "0x12", "--ledger", str(tmp_path))
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("Cannot ")
    assert "hint: " in found.stderr


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(28, "No space left on device", "/x/part"), "Cannot use /x/part: No space left on device."),
        (OSError(5, "Input/output error"), "Cannot use standard output: Input/output error."),
    ],
)
def test_what_the_system_refuses_is_a_clear_error(monkeypatch, capsys, fault, said):
    def refuse(*_given, **_named):
        raise fault

    monkeypatch.setattr("bongsu.app.jobs.inspect.inspect_files", refuse)
    assert ended(monkeypatch, "ledger", "inspect", "x.csv") == 2
    assert capsys.readouterr().err.splitlines()[0] == said


def test_a_mistake_of_the_program_is_not_hidden(monkeypatch):
    def wrong(*_given, **_named):
        raise KeyError("x")

    monkeypatch.setattr("bongsu.app.jobs.inspect.inspect_files", wrong)
    monkeypatch.setattr(sys, "argv", ["bongsu", "ledger", "inspect", "x.csv"])
    with pytest.raises(KeyError):
        main()


def test_stopped_by_a_person_it_ends_with_130(monkeypatch):
    def stop(*_given, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr("bongsu.app.jobs.inspect.inspect_files", stop)
    assert ended(monkeypatch, "ledger", "inspect", "x.csv") == 130


def test_no_command_shows_the_help():
    found = run()
    assert found.returncode == 2
    assert "trace" in found.stdout + found.stderr
