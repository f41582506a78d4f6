"""A trace on a Spark cluster is the trace on a laptop, also when a worker dies on the way."""

import gc

import pyarrow as pa
import pytest
from tests.data.acceptance import import_all, published_case
from tests.data.engine_trace import engine_document, local_document, text_of
from tests.data.part_ledger import part_ledger
from tests.data.spark_cluster import missing, running_cluster

from bongsu.app.jobs.lead import lead_of
from bongsu.rehearse import generate_ledger

TRANSFERS, POOLS, SEED = 20_000, 4_000, 11


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    if why := missing():
        pytest.skip(f"no Spark cluster here: {why}")
    with running_cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found
    gc.collect()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Ledger of made transfers in many part files, and its lead."""
    found = generate_ledger(transfers=TRANSFERS, pools=POOLS, seed=SEED)
    folder = part_ledger(tmp_path_factory.mktemp("made"), pa.concat_tables(found.batches), part_rows=2500)
    return folder, lead_of([], list(found.truth.sources), []), found.truth


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
class TestCluster:
    """In the order of the tests: both workers, then one of them is killed."""

    def test_a_published_theft_is_the_same(self, cluster, onchain, tmp_path):
        case = published_case(onchain, "atomic_wallet_2023")
        ledger = import_all(tmp_path / "ledger", [case.path])
        document, name = engine_document(case.lead, cluster.master, ledger=ledger)
        assert name.startswith("spark ")
        assert document["endpoints"]
        assert text_of(document) == text_of(local_document(case.lead, ledger))

    def test_a_worker_killed_at_work_changes_nothing(self, cluster, made):
        from tests.data.spark_kill import Killer

        ledger, lead, truth = made
        killer = Killer(cluster, at="round 4")
        document, _name = engine_document(lead, cluster.master, killer, ledger=ledger)
        assert killer.busy, "a task was running when the worker was killed"
        assert (killer.executors, cluster.alive()) == ([2, 1], 1)
        assert text_of(document) == text_of(local_document(lead, ledger))
        held = {end["address"]: int(end["amount"]["fifo"]) for end in document["endpoints"]}
        assert {address: held[address] for address in truth.rest} == truth.rest
