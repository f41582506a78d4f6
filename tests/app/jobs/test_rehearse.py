"""Made ledgers on disk: whole or not at all, the same bytes again, and a truth that real traces find."""

import json
import shutil
from collections import Counter

import pyarrow.parquet as pq
import pytest
from tests.data.acceptance import CONSERVING, import_all

from bongsu.app.jobs import rehearse
from bongsu.app.jobs.facts import import_labels
from bongsu.app.jobs.lead import lead_of
from bongsu.app.jobs.rehearse import SCHEMA, LedgerRequest, files_of, make_ledger_file
from bongsu.app.jobs.trace import TraceOptions, run_trace
from bongsu.errors import InputError
from bongsu.rehearse.moves import CHUNK

SMALL = LedgerRequest(transfers=5000, seed=3)
LARGE = LedgerRequest(transfers=60_000, seed=3, heists=2, heist_movements=2000)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Files of a ledger with two large heists, and its truth."""
    files = files_of(tmp_path_factory.mktemp("made") / "made.parquet")
    make_ledger_file(files.transfers, LARGE)
    return files, json.loads(files.truth.read_text())


@pytest.fixture(scope="module")
def ledger(made, tmp_path_factory):
    """The ledger imported, with the labels of its services."""
    folder = import_all(tmp_path_factory.mktemp("ledger") / "ledger", [made[0].transfers], format="")
    (labels,) = import_labels([made[0].labels], folder)
    assert (labels.labels, labels.rejects) == (20, Counter())
    return folder


def test_three_files_stand_beside_each_other_and_say_that_they_are_made(made):
    files, truth = made
    assert [one.name for one in (files.transfers, files.truth, files.labels)] == [
        "made.parquet",
        "made.truth.json",
        "made.labels.csv",
    ]
    assert sorted(contents(files.truth.parent)) == ["made.labels.csv", "made.parquet", "made.truth.json"]
    assert (truth["schema"], truth["seed"], truth["shape"]["transfers"]) == (SCHEMA, 3, 60_000)
    assert "Made up" in truth["made"]
    assert pq.read_schema(files.transfers).metadata[b"note"].decode() == truth["made"]
    assert "made up" in files.labels.read_text()
    assert pq.read_metadata(files.transfers).num_rows == 60_000


@pytest.mark.parametrize("heist", [0, 1])
def test_a_trace_finds_the_truth_under_every_conserving_policy(made, ledger, heist):
    planted = made[1]["heists"][heist]
    found = run_trace(lead_of([], planted["sources"], []), TraceOptions(ledger=ledger))
    ends = {end["address"]: end for end in found["endpoints"]}
    expected = planted["rest"] | planted["cashed_out"]
    for policy in CONSERVING:
        assert found["stolen"][policy] == {made[1]["asset"]: planted["stolen"]}
        assert {address: end["amount"][policy] for address, end in ends.items()} == expected
    stops = {address: end["stop"] for address, end in ends.items()}
    cashed = planted["cashed_out"]
    assert stops == dict.fromkeys(planted["rest"], "unspent") | dict.fromkeys(cashed, "service")
    assert cashed.keys() <= set(made[1]["services"])
    assert 1800 < planted["laundering"]["movements"] < 2200
    assert found["coverage"]["pools_touched"] < planted["laundering"]["movements"]


def test_without_labels_what_rests_is_still_exact(made, ledger, tmp_path):
    shutil.copytree(ledger, tmp_path / "ledger", ignore=shutil.ignore_patterns("labels"))
    planted = made[1]["heists"][0]
    options = TraceOptions(ledger=tmp_path / "ledger", policies=["fifo", "haircut"])
    found = run_trace(lead_of([], planted["sources"], []), options)
    ends = {end["address"]: end["amount"] for end in found["endpoints"]}
    assert len(ends) > len(planted["rest"]) + len(planted["cashed_out"])
    for policy in ("fifo", "haircut"):
        assert {address: ends[address][policy] for address in planted["rest"]} == planted["rest"]


def test_the_same_request_gives_the_same_bytes(tmp_path):
    asked = LedgerRequest(transfers=2000, seed=9)
    for name in ("one", "two"):
        make_ledger_file(tmp_path / name / "made.parquet", asked)
    make_ledger_file(tmp_path / "other" / "made.parquet", LedgerRequest(transfers=2000, seed=10))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert not set(contents(tmp_path / "one").values()) & set(contents(tmp_path / "other").values())


def test_what_was_made_is_said(tmp_path):
    path = tmp_path / "made.parquet"
    written, *heists = make_ledger_file(path, SMALL)
    assert (written["rows"], written["bytes"]) == (5000, path.stat().st_size)
    (planted,) = json.loads((tmp_path / "made.truth.json").read_text())["heists"]
    assert heists == [
        {
            "heist": 1,
            "from": planted["sources"][0],
            "movements": 28,
            "stolen": planted["stolen"],
            "resting_places": 8,
        }
    ]


def test_progress_is_told_by_the_file_and_its_rows(tmp_path):
    seen = []
    asked = LedgerRequest(transfers=CHUNK + 1, seed=1)
    make_ledger_file(tmp_path / "m", asked, progress=lambda path, rows: seen.append((path, rows)))
    assert seen == [(tmp_path / "m", CHUNK), (tmp_path / "m", CHUNK + 1)]


@pytest.mark.parametrize("there", ["made.parquet", "made.truth.json", "made.labels.csv"])
def test_no_file_is_replaced_unless_forced(tmp_path, there):
    (tmp_path / there).write_text("mine")
    with pytest.raises(InputError, match=f"{there}: already there") as refused:
        make_ledger_file(tmp_path / "made.parquet", SMALL)
    assert "--force" in refused.value.hint
    assert contents(tmp_path) == {there: b"mine"}
    make_ledger_file(tmp_path / "made.parquet", LedgerRequest(transfers=5000, seed=3, force=True))
    assert len(contents(tmp_path)) == 3
    assert contents(tmp_path)[there] != b"mine"


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("--transfers", {"transfers": 0}),
        ("--transfers", {"transfers": 10**9 + 1}),
        ("--seed", {"seed": -1}),
        ("--services", {"services": 0}),
        ("--heists", {"heists": 0}),
        ("--heist-movements", {"heist_movements": 27}),
        ("too small", {"heist_movements": 5000}),
        ("too small", {"heists": 100}),
        ("too small", {"services": 1000}),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(tmp_path, option, values):
    asked = LedgerRequest(**{"transfers": 5000, "seed": 3} | values)
    with pytest.raises(InputError, match=option) as refused:
        make_ledger_file(tmp_path / "new" / "made.parquet", asked)
    assert refused.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["-", "."])
def test_what_is_no_file_is_refused(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="not a file"):
        make_ledger_file(tmp_path / name, SMALL)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")], ids=repr)
def test_a_stop_half_way_leaves_what_was_there(tmp_path, error):
    path = tmp_path / "made.parquet"
    make_ledger_file(path, SMALL)
    before = contents(tmp_path)

    def stop(path, rows):
        assert (tmp_path / "made.parquet.tmp").stat().st_size > 10**6
        raise error

    asked = LedgerRequest(transfers=3 * CHUNK, seed=4, force=True)
    with pytest.raises((KeyboardInterrupt, InputError)) as stopped:
        make_ledger_file(path, asked, progress=stop)
    if isinstance(error, OSError):
        assert "made.parquet: No space left on device" in str(stopped.value)
        assert "run it again" in stopped.value.hint
    else:
        assert stopped.value is error
    assert contents(tmp_path) == before


def test_memory_does_not_grow_with_the_accounts_for_ever():
    assert LedgerRequest(transfers=10**9, seed=1).accounts == rehearse.MOST_ACCOUNTS
    assert LedgerRequest(transfers=10**8, seed=1).accounts == 2 * 10**7
