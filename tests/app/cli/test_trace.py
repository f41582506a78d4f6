"""`bongsu trace`, as a person runs it."""

import csv
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.data.check_case import AT_SECOND, SECOND, THIEF, small_ledger
from tests.data.trace_document import make_document
from typer.testing import CliRunner

import bongsu
from bongsu.app.cli.main import app, main
from bongsu.app.jobs.trace import BEYOND_EXTRACT
from bongsu.model.marking import Tlp

RUN = [sys.executable, "-c", "from bongsu.app.cli import main; main()", "trace"]
SAMPLE = "atomic-wallet-2023"
WRONG_CHECKSUM = THIEF[:-1] + "F"
UNNAMED = "alphapo-coinspaid-2023"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(bongsu.__file__).parent.parent))  # also where it was relative
    return tmp_path


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return small_ledger(tmp_path_factory.mktemp("trace"))


@pytest.fixture
def asked(monkeypatch):
    """Lead and options of each run; no trace is made."""
    seen = []

    def run_trace(lead, options, *, progress):
        seen.append((lead, options))
        return make_document(ends=4)

    monkeypatch.setattr("bongsu.app.jobs.trace.run_trace", run_trace)
    return seen


def run(*arguments):
    return CliRunner().invoke(app, ["trace", *map(str, arguments)], catch_exceptions=False)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_pipe_gets_json_alone_and_the_report_beside_it(here):
    made = [subprocess.run([*RUN, SAMPLE], capture_output=True, text=True, check=True) for _run in range(2)]
    assert made[0].stdout == made[1].stdout
    assert made[0].stdout.count("\n") == 1
    document = json.loads(made[0].stdout)
    assert document["lead"]["exercise"]
    assert document["marking"]["tlp"] == "TLP:CLEAR"
    assert all(one["balanced"] for one in document["conservation"].values() if one["conserving"])
    assert made[0].stderr == f"Written: {SAMPLE}.html\n"
    assert names(here) == [f"{SAMPLE}.html"]


def test_an_engine_and_where_it_reads_are_handed_on(asked):
    run("--from", THIEF, "--engine", "duckdb", "--parquet", "x/*.parquet", "--html", "-")
    ((_lead, options),) = asked
    assert (options.engine, options.parquet, options.ledger) == ("duckdb", "x/*.parquet", None)


def test_an_engine_says_the_same(ledger):
    plain = json.loads(run("--from", THIEF, "--ledger", ledger, "--html", "-").stdout)
    found = json.loads(run("--from", THIEF, "--ledger", ledger, "--engine", "duckdb", "--html", "-").stdout)
    assert found["method"]["params"].pop("engine").startswith("duckdb")
    allowed = plain["method"]["heuristics"]
    plain["method"]["heuristics"] = [one for one in allowed if one["name"] not in BEYOND_EXTRACT]
    assert found == plain


def test_a_terminal_gets_the_answer(here):
    pty = pytest.importorskip("pty")
    reader, writer = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    running = subprocess.Popen(
        [*RUN, SAMPLE, "--html", "report.html"], stdout=writer, stderr=subprocess.PIPE, env=environment
    )
    os.close(writer)
    text = read_all(reader).replace("\r\n", "\n")
    _out, said = running.communicate()
    assert running.returncode == 0
    assert text.lstrip().startswith("EXERCISE - NOT SENT")
    assert "Atomic Wallet theft" in text
    assert "published USD estimates" in text
    tables = [line.split() for line in text.splitlines()]
    assert [line[-1] for line in tables if line[:1] in (["fifo"], ["haircut"], ["libr"])] == ["yes"] * 3
    assert "account_hold" in text
    assert said.decode().endswith("Written: report.html\n")
    assert names(here) == ["report.html"]


def read_all(reader):
    """Text of a terminal until its last writer is gone, which the system calls an error."""
    found = b""
    while True:
        try:
            part = os.read(reader, 65536)
        except OSError:
            part = b""
        if not part:
            os.close(reader)
            return found.decode()
        found += part


def test_the_sample_says_exercise_and_writes_what_was_asked(here):
    result = run(SAMPLE, "--html", "r.html", "--csv", "ends.csv")
    document = json.loads(result.stdout)
    assert document["lead"]["exercise"]
    rows = list(csv.DictReader((here / "ends.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == len(document["endpoints"])
    assert {row["exercise"] for row in rows} == {"true"}
    assert "EXERCISE" in (here / "r.html").read_text()
    assert names(here) == ["ends.csv", "r.html"]


@pytest.mark.parametrize("options", [["--json"], ["--html", "-"], ["--csv", "-"]])
def test_no_file_is_written_that_was_not_asked_for(here, asked, options):
    result = run(SAMPLE, *options)
    assert (result.exit_code, result.stderr, names(here)) == (0, "", [])
    if "--csv" in options:
        assert result.stdout.startswith("tlp,exercise,case,rank,")
    else:
        assert json.loads(result.stdout)["schema"] == "bongsu.trace/1"


def test_an_address_is_traced_in_a_ledger_of_ones_own(ledger):
    document = json.loads(run("--from", THIEF, "--ledger", ledger, "--json").stdout)
    (end,) = (end for end in document["endpoints"] if end["address"] == SECOND)
    assert end["amount"] == AT_SECOND
    assert not document["lead"]["exercise"]
    assert document["marking"] == {"tlp": "TLP:AMBER", "releasable_to": None}


def test_a_transaction_is_a_lead(ledger):
    tx = f"0x{0:064x}"
    document = json.loads(run("--tx", tx, "--ledger", ledger, "--json", "--policy", "pifo").stdout)
    assert document["method"]["policies"] == ["pifo"]
    (end,) = (end for end in document["endpoints"] if end["address"] == SECOND)
    assert end["amount"] == {"pifo": "60"}


def test_every_option_reaches_the_job(asked):
    stop = "0x" + "5" * 40
    given = (
        f"--from {THIEF} --from {SECOND} --ledger L --chain eip155:56 --until 2024-01-31 --stop-at {stop}"
        " --min-value 0.5 --hops 3 --counterparties 7 --unknown-newest --policy fifo --policy lifo"
        " --prices P --tlp TLP:GREEN --release kr-cert --recipient kr-cert --json"
    )
    run(*given.split())
    ((lead, options),) = asked
    assert [(one.chain, one.address) for one in lead.thefts[0].sources] == [
        ("eip155:56", THIEF),
        ("eip155:56", SECOND),
    ]
    assert (str(options.ledger), options.minimum, str(options.prices)) == ("L", "0.5", "P")
    assert options.policies == ["fifo", "lifo"]
    assert options.marking.tlp is Tlp.GREEN
    assert options.marking.releasable_to == {"kr-cert"}
    limits = options.limits
    assert limits.until == datetime(2024, 1, 31, 23, 59, 59, 999999, UTC)
    assert (limits.stop_at, limits.hops, limits.counterparties) == ({stop}, 3, 7)
    assert limits.unknown_newest


def test_without_options_nothing_is_limited(asked):
    run(SAMPLE, "--json")
    run(SAMPLE, "--json", "--through")
    (_lead, options), (_other, through) = asked
    assert (options.limits.until, options.limits.hops, options.limits.counterparties) == (None, None, 1000)
    assert (options.policies, options.ledger, options.marking, options.minimum) == ([], None, None, "")
    assert not options.limits.unknown_newest
    assert through.limits.counterparties == 0


BAD = [
    (["atomic-walet-2023"], "atomic-walet-2023: no fact file", "Did you mean atomic-wallet-2023"),
    ([], "name an incident", "bongsu trace atomic-wallet-2023"),
    ([SAMPLE, "--from", THIEF], "not both", "--from ADDRESS"),
    (["--from", WRONG_CHECKSUM, "--ledger", "L"], "checksum is wrong", "Copy the whole address"),
    (["--from", "0x12", "--ledger", "L"], "0x12", "whole address"),
    (["--from", THIEF, "--ledger", "nowhere"], "open ledger nowhere", "ledger import"),
    (["--from", THIEF], "no ledger is given", "--ledger LEDGER"),
    (["ronin-2022"], "no sample ships", "--ledger LEDGER"),
    ([UNNAMED], "no citable source names its addresses", "--from ADDRESS"),
    (["--from", "0x" + "9" * 40, "--ledger", "L"], "no movement of 0x999", "ledger import"),
    ([SAMPLE, "--policy", "fairest"], "policy fairest", "poison, haircut, fifo"),
    ([SAMPLE, "--until", "soon"], "soon as a time", "2023-06-30"),
    ([SAMPLE, "--min-value", "much"], "--min-value much", "1000 or 0.5"),
    ([SAMPLE, "--stop-at", "HTX"], "HTX", "whole address"),
    ([SAMPLE, "--tlp", "PINK"], "--tlp PINK", "TLP:AMBER+STRICT"),
    ([SAMPLE, "--prices", "none.csv"], "read prices none.csv", "columns asset,time"),
    ([SAMPLE, "--html", "no/where.html"], "write no/where.html", "--html -"),
    ([SAMPLE, "--csv", "no/where.csv"], "write no/where.csv", "--csv FILE"),
    ([SAMPLE, "--csv", "-", "--json"], "print both", "--csv ends.csv"),
    ([SAMPLE, "--tlp", "TLP:RED", "--recipient", "x"], "may not go to 'x'", "TLP:RED"),
]


@pytest.mark.parametrize(("arguments", "message", "hint"), BAD, ids=[" ".join(one[0])[:30] for one in BAD])
def test_what_a_person_can_mend_is_said_with_what_to_do(
    here, ledger, monkeypatch, capsys, arguments, message, hint
):
    given = [str(ledger) if one == "L" else one for one in arguments]
    monkeypatch.setattr(sys, "argv", ["bongsu", "trace", *given])
    with pytest.raises(SystemExit) as stopped:
        main()
    printed = capsys.readouterr()
    said, _break, told = printed.err.partition("\nhint: ")
    assert stopped.value.code == 2
    assert said.startswith("Cannot ")
    assert message in said
    assert hint in told
    assert (printed.out, names(here)) == ("", [])


def test_an_option_that_is_no_number_is_refused(here):
    found = subprocess.run([*RUN, SAMPLE, "--hops", "0"], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout, names(here)) == (2, "", [])
    assert "--hops" in found.stderr
    assert "Traceback" not in found.stderr


def test_help_teaches(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    text = run("--help").stdout
    for panel in ("What is stolen", "What to follow", "What comes out", "Who may have it"):
        assert panel in text
    assert "bongsu trace atomic-wallet-2023" in text
    assert "bongsu trace --from" in text
    assert text.index("--from") < text.index("--policy") < text.index("--html") < text.index("--tlp")
