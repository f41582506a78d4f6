"""Imports and seals that are killed at random moments, run again, give the ledger of a run without a stop."""

import os
import random
import shutil
import signal
from collections import Counter

import pyarrow.parquet as pq
import pytest
from tests.data.command import FLOWS
from tests.data.warm_command import BATCH_ROWS, warm_copies

from bongsu.app.jobs.ledger_show import verify_ledger
from bongsu.store.ledger import open_ledger
from bongsu.store.manifest import NAME, load_manifest

COUNT = 100 if os.environ.get("BONGSU_FULL") else 6
"""Kills in all; BONGSU_FULL asks for the full count."""
TRANSFERS, EARLY, FLOW_ROWS = 20_000, 12_000, 3_000
SECONDS = ["later blocks", "flows of another kind"]
"""What the second import brings: rows that a fast seal takes, or some that the database engine must sort."""


@pytest.fixture(scope="module")
def copies():
    with warm_copies() as found:
        yield found


@pytest.fixture(scope="module")
def files(copies, tmp_path_factory):
    """A made ledger's earlier blocks, its later ones, and a table of flows; all has been imported once."""
    folder = tmp_path_factory.mktemp("files")
    made, early, late, flows = (folder / name for name in ("made.parquet", "a.parquet", "b.parquet", "c.csv"))
    making = ["rehearse", "ledger", "--transfers", TRANSFERS, "--seed", 7, "--into", made]
    assert copies.run(making)[0] == 0
    table = pq.read_table(made)
    blocks = table["block_number"].to_numpy()
    cut = int((blocks < blocks[EARLY]).sum())
    pq.write_table(table.slice(0, cut), early)
    pq.write_table(table.slice(cut), late)
    rows = (f"0x{n % 97 + 1:040x},0x{n % 89 + 1000:040x},{n % 50 + 1}.25\n" for n in range(FLOW_ROWS))
    flows.write_text("a,b,usd\n" + "".join(rows))
    return early, late, flows


@pytest.fixture(scope="module", params=SECONDS)
def second(request):
    return request.param


@pytest.fixture(scope="module")
def commands(files, second):
    """Two imports into a ledger, as a person types them."""
    early, late, flows = files
    other = [late] if second == SECONDS[0] else [flows, *FLOWS]
    return lambda ledger: [["ledger", "import", *one, "--into", ledger] for one in ([early], other)]


@pytest.fixture(scope="module")
def undisturbed(copies, commands, tmp_path_factory):
    """Content of the ledger without a stop, and the shorter time of two runs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    ended = [copies.run(*commands(folder / name)) for name in ("one", "two")]
    assert [status for status, _spent in ended] == [0, 0]
    found = content(folder / "one")
    assert found == content(folder / "two")
    return found, min(spent for _status, spent in ended)


def content(ledger):
    """Every file of the ledger but its lock."""
    return {
        str(path.relative_to(ledger)): path.read_bytes()
        for path in sorted(ledger.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def stage(ledger):
    """What the kill stopped."""
    if not (ledger / NAME).exists():
        return "import 1"
    manifest = load_manifest(ledger)
    known = len(manifest.sources)
    if manifest.sealed.get("fingerprint") != manifest.fingerprint():
        return f"seal {known}"
    return f"import {known + 1}" if known < 2 else "end"


def killed(copies, commands, ledger, seconds):
    """What a kill after so many seconds stopped; nothing if it came too late."""
    status, _spent = copies.run(*commands(ledger), seconds=seconds)
    assert status in (0, -signal.SIGKILL)
    if status == 0:
        return None
    if (ledger / NAME).exists():
        verify_ledger(ledger)
    return stage(ledger)


def test_without_a_stop_all_is_imported_and_sealed(copies, commands, second, tmp_path):
    ledger = tmp_path / "ledger"
    assert copies.run(*commands(ledger))[0] == 0
    later = TRANSFERS - len(open_ledger(ledger).movements())
    assert later == (0 if second == SECONDS[0] else TRANSFERS - EARLY - FLOW_ROWS)
    assert len(list((ledger / "parts").iterdir())) > TRANSFERS // BATCH_ROWS // 2


def test_a_ledger_that_is_killed_at_random_and_run_again_is_as_if_never_killed(
    copies, commands, second, undisturbed, tmp_path, capsys
):
    whole, length = undisturbed
    moments, landed = random.Random(SECONDS.index(second)), Counter()
    for number in range(3 * COUNT):
        ledger = tmp_path / str(number)
        stopped = killed(copies, commands, ledger, moments.uniform(0, length))
        if stopped is None:
            shutil.rmtree(ledger)
            continue
        landed[stopped] += 1
        assert copies.run(*commands(ledger))[0] == 0
        assert verify_ledger(ledger) == len(whole) - 1
        assert content(ledger) == whole
        shutil.rmtree(ledger)
        if landed.total() == COUNT // 2:
            break
    assert landed.total() == COUNT // 2
    with capsys.disabled():
        where = ", ".join(f"{name}: {count}" for name, count in sorted(landed.items()))
        print(f"\n{second}: {landed.total()} kills within {length:.2f} s ({where}), each resumed to the same")
