"""Ledger commands, as a person runs them."""

import json
import os
import signal
import subprocess
import sys

import pytest

from bongsu.app.cli.ledger import parse_map
from bongsu.errors import InputError

RUN = [sys.executable, "-c", "from bongsu.app.cli import main; main()", "ledger"]
A, B = "0x" + "1" * 40, "0x" + "2" * 40


def run(*args):
    return subprocess.run([*RUN, *map(str, args)], capture_output=True, text=True, check=False)


def documents(found):
    assert found.returncode == 0, found.stderr
    return [json.loads(line) for line in found.stdout.splitlines()]


@pytest.fixture
def flows(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(f"a,b,usd\n{A},{B},1.25\n{A},{B},-1\n")
    return path


def test_map_is_parsed():
    assert parse_map("from=sender,to=receiver") == {"from": "sender", "to": "receiver"}
    assert parse_map("") == {}


def test_part_without_column_is_an_error():
    with pytest.raises(InputError, match="FIELD=COLUMN"):
        parse_map("from")


def test_import_show_rejects_verify(tmp_path, flows):
    ledger = tmp_path / "ledger"
    options = ["--into", ledger, "--format", "flows", "--map", "from=a,to=b,value=usd", "--unit", "USD"]
    source, whole = documents(run("import", flows, *options, "--license", "CC0"))
    assert (source["rows_in"], source["rejects"], whole["movements"]) == (2, {"negative_amount": 1}, 1)
    assert documents(run("import", flows, *options))[0]["known"]
    assert documents(run("show", ledger))[0]["license"] == "CC0"
    assert documents(run("rejects", ledger))[0]["locator"] == 2
    assert documents(run("rejects", ledger, "--rule", "other")) == []
    assert documents(run("verify", ledger))[0]["whole_files"] > 4


def test_inspect_writes_nothing(flows):
    options = ["--format", "flows", "--map", "from=a,to=b,value=usd", "--unit", "USD"]
    (seen,) = documents(run("inspect", flows, *options))
    assert (seen["rows_in"], seen["rows_kept"]) == (2, 1)
    assert [path.name for path in flows.parent.iterdir()] == ["flows.csv"]


def test_damage_is_a_clear_error(tmp_path, flows):
    ledger = tmp_path / "ledger"
    run(
        "import",
        flows,
        "--into",
        ledger,
        "--format",
        "flows",
        "--map",
        "from=a,to=b,value=usd",
        "--unit",
        "USD",
    )
    next((ledger / "parts").iterdir()).write_bytes(b"")
    found = run("verify", ledger)
    assert found.returncode == 2
    assert "parts/" in found.stderr
    assert "hint:" in found.stderr


def test_stopped_by_a_person_it_says_how_to_go_on(tmp_path):
    path = tmp_path / "endless.csv"
    os.mkfifo(path)
    command = [*RUN, "import", str(path), "--into", str(tmp_path / "ledger"), "--format", "flows"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    with running, path.open("w"):  # opens once the command reads
        running.send_signal(signal.SIGINT)
        _out, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "run the same command again" in said
