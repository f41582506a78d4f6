"""A trace on a Spark cluster is the trace on a laptop, also when a worker dies on the way."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from tests.data.acceptance import import_all, published_case
from tests.data.engine_trace import engine_document, local_document, text_of
from tests.data.part_ledger import part_ledger
from tests.data.spark_cluster import running_cluster

import bongsu
from bongsu.app.jobs.lead import lead_of
from bongsu.rehearse import generate_ledger

RUN = [sys.executable, "-c", "from bongsu.app.cli import main; main()", "trace"]
TRANSFERS, POOLS, SEED = 20_000, 4_000, 11


@pytest.fixture(scope="module")
def cluster(java, tmp_path_factory):
    with running_cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Ledger of made transfers in many part files, and its lead."""
    found = generate_ledger(transfers=TRANSFERS, pools=POOLS, seed=SEED)
    folder = part_ledger(tmp_path_factory.mktemp("made"), pa.concat_tables(found.batches), part_rows=2500)
    return folder, lead_of([], list(found.truth.sources), []), found.truth


def test_the_command_on_a_cluster_prints_what_it_prints_on_a_laptop(cluster, onchain, tmp_path):
    case = published_case(onchain, "atomic_wallet_2023")
    ledger = import_all(tmp_path / "ledger", [case.path])
    words = [word for source in sorted(case.sources) for word in ("--from", source)]
    done = subprocess.run(
        [*RUN, "--ledger", ledger, "--engine", cluster.master, "--html", "-", *words],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(bongsu.__file__).parent.parent)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), "nothing of Java's on the error stream"
    document = json.loads(done.stdout)
    assert document["method"]["params"].pop("engine").startswith("spark ")
    assert document["endpoints"]
    assert document == json.loads(text_of(local_document(case.lead, ledger)))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_worker_killed_at_work_changes_nothing(cluster, made):
    from tests.data.spark_kill import Killer

    ledger, lead, truth = made
    killer = Killer(cluster, at="round 4")
    document, _name = engine_document(lead, cluster.master, killer, ledger=ledger)
    assert killer.busy, "a task was running when the worker was killed"
    assert (killer.executors, cluster.alive()) == ([2, 1], 1)
    assert text_of(document) == text_of(local_document(lead, ledger))
    held = {end["address"]: int(end["amount"]["fifo"]) for end in document["endpoints"]}
    assert {address: held[address] for address in truth.rest} == truth.rest
