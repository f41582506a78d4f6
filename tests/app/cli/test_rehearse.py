"""The command that makes ledgers, as a person runs it."""

import json
import signal
import subprocess
import time

from tests.data.command import COMMAND, refused, said

MAKE = ["rehearse", "ledger", "--seed", "5"]


def test_a_ledger_is_made_imported_and_traced(tmp_path):
    path, ledger = tmp_path / "made.parquet", tmp_path / "ledger"
    made, heist = said(*MAKE, "--transfers", "30000", "--heist-movements", "300", "--into", path)
    assert made["rows"] == 30000
    said("ledger", "import", path, "--into", ledger)
    said("facts", "import", made["labels"], "--into", ledger)
    (found,) = said("trace", "--from", heist["from"], "--ledger", ledger, "--policy", "fifo", "--html", "-")
    truth = json.loads((tmp_path / "made.truth.json").read_text())["heists"][0]
    held = {end["address"]: end["amount"]["fifo"] for end in found["endpoints"]}
    assert held == truth["rest"] | truth["cashed_out"]
    assert heist["stolen"] == truth["stolen"]


def test_what_cannot_be_used_is_refused_with_a_hint(tmp_path):
    path = tmp_path / "made.parquet"
    refused(*MAKE, "--transfers", "0", "--into", path, why="--transfers 0", hint="from 1 to")
    refused(*MAKE, "--transfers", "40", "--into", path, why="too small", hint="more transfers")
    said(*MAKE, "--transfers", "1000", "--into", path)
    refused(*MAKE, "--transfers", "1000", "--into", path, why="already there", hint="--force")
    said(*MAKE, "--transfers", "1000", "--into", path, "--force")


def test_a_stop_leaves_no_half_file(tmp_path):
    path = tmp_path / "made.parquet"
    command = [*COMMAND, *MAKE, "--transfers", "50000000", "--into", str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    half = tmp_path / "made.parquet.tmp"
    while process.poll() is None and not (half.exists() and half.stat().st_size > 1_000_000):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_week_of_a_firm_is_made_with_its_truth_beside_it(tmp_path):
    week = tmp_path / "week"
    (made,) = said(
        "rehearse", "office", "--people", "8", "--days", "3", "--seed", "1", "--incident", "--into", week
    )
    assert made["planted"] > 400
    assert json.loads((tmp_path / "week.truth.json").read_text())["seed"] == 1
    refused("rehearse", "office", "--seed", "1", "--into", week, why="something is there", hint="empty")
