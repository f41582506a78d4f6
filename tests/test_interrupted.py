"""Imports that are stopped, at any moment and by anything, resume to the same ledger as if never stopped."""

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import time

import pytest
from tests.data.command import COMMAND, FLOWS, fingerprint, refused, said

ROWS = 250_000
"""Three batches, the last half full."""
DAC_OVERRIDE, DAC_READ_SEARCH, BOUNDING_SET_DROP = 1, 2, 24


@pytest.fixture(scope="module")
def flows(tmp_path_factory):
    """A file that takes a while."""
    path = tmp_path_factory.mktemp("flows") / "flows.csv"
    rows = (f"0x{n % 977 + 1:040x},0x{n * 7 % 991 + 1000:040x},{n % 5000 + 1}.25\n" for n in range(ROWS))
    path.write_text("a,b,usd\n" + "".join(rows))
    return path


@pytest.fixture(scope="module")
def undisturbed(flows, tmp_path_factory):
    """Fingerprint of the file and of another in one ledger, imported without a stop; and what was said."""
    ledger = tmp_path_factory.mktemp("undisturbed") / "ledger"
    made = said(*importing(other(ledger.parent), ledger)) + said(*importing(flows, ledger))
    return fingerprint(ledger), made[-2:]


def other(folder):
    """A small file that the ledger has before."""
    (folder / "other.csv").write_text(f"a,b,usd\n0x{1:040x},0x{2:040x},7\n")
    return folder / "other.csv"


def importing(path, ledger):
    return ["ledger", "import", path, "--into", ledger, *FLOWS]


def content(ledger):
    return {path: path.read_bytes() for path in sorted(ledger.rglob("*")) if path.is_file()}


def started(path, ledger, until):
    """Import under way that has made a file or folder of this pattern, or more of them."""
    command = [*COMMAND, *map(str, importing(path, ledger))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    before = set(ledger.glob(until))
    while process.poll() is None and set(ledger.glob(until)) <= before:
        time.sleep(0.001)
    return process


def resumed(path, ledger, undisturbed):
    """Nothing; the import, run again, makes the ledger that was never disturbed."""
    *files, sealed = said(*importing(path, ledger))
    assert [one["rows_kept"] for one in files] == [ROWS]
    assert {**sealed, "ledger": ""} == {**undisturbed[1][-1], "ledger": ""}
    assert fingerprint(ledger) == undisturbed[0]
    assert len(list(ledger.glob("sealed-*"))) == 1


def test_nothing_is_lost_without_a_stop(undisturbed):
    found, sealed = undisturbed[1]
    assert (found["rows_in"], found["rows_kept"], sealed["rows"], sealed["movements"]) == (
        ROWS,
        ROWS,
        ROWS + 1,
        ROWS + 1,
    )
    assert found["sums"] == {
        "eip155:1/iso4217:USD": str(ROWS // 5000 * sum(100 * n + 25 for n in range(1, 5001)))
    }


@pytest.mark.parametrize("moment", ["parts/*-00000.parquet", "parts/*-00001.parquet", "sealed-*"])
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_an_import_that_is_stopped_resumes(tmp_path, flows, undisturbed, stop, moment):
    ledger = tmp_path / "ledger"
    said(*importing(other(tmp_path), ledger))
    process = started(flows, ledger, moment)
    process.send_signal(stop)
    _out, err = process.communicate()
    assert process.returncode == (130 if stop == signal.SIGINT else -stop)
    assert ("run the same command again to resume" in err) is (stop == signal.SIGINT)
    assert "Traceback" not in err
    assert "other.csv" in {one.get("name") for one in said("ledger", "show", ledger)}
    resumed(flows, ledger, undisturbed)


def test_two_imports_at_once_are_refused(tmp_path, flows, undisturbed):
    ledger = tmp_path / "ledger"
    said(*importing(other(tmp_path), ledger))
    process = started(flows, ledger, "parts/*-00000.parquet")
    process.send_signal(signal.SIGSTOP)  # it holds the lock for as long as the other takes
    try:
        refused(
            *importing(other(tmp_path), ledger), why="another process is writing", hint="Wait until it ends"
        )
    finally:
        process.send_signal(signal.SIGCONT)
    _out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    resumed(flows, ledger, undisturbed)


def small_files():
    """Nothing; the process may write no file larger than 100 kB."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_what_may_not_grow_leaves_the_ledger_as_it_was(tmp_path, flows, undisturbed):
    """Python ignores the signal, so that the write fails as on a full disk."""
    ledger = tmp_path / "ledger"
    said(*importing(other(tmp_path), ledger))
    before = content(ledger)
    refused(*importing(flows, ledger), why="File too large", hint="it resumes", preexec_fn=small_files)
    assert content(ledger) == before
    resumed(flows, ledger, undisturbed)


@pytest.fixture
def small_disk(tmp_path):
    """Makes a disk of so many kB, or makes it larger; skipped where a person may not."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")

    def size(kilobytes, *options):
        how = ",".join([*options, f"size={kilobytes}k"])
        done = subprocess.run([mount or "false", "-t", "tmpfs", "-o", how, "tmpfs", place], check=False)
        if done.returncode:
            pytest.skip("no disk can be made here")
        return place / "ledger"

    yield size
    if os.path.ismount(place):
        subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("room", [200, 900, 2_000, 8_600])
def test_a_full_disk_is_said_and_the_import_resumes_when_there_is_space(
    tmp_path, flows, undisturbed, small_disk, room
):
    """No room for the first batch, for the third, for the seal, for the last table of the seal."""
    ledger = small_disk(room)
    said(*importing(other(tmp_path), ledger))
    before = content(ledger)
    refused(*importing(flows, ledger), why="No space left on device", hint="it resumes")
    left = content(ledger)
    assert {path for path in before if left.get(path) != before[path]} <= {ledger / "manifest.json"}
    if room < 1_000:
        assert left[ledger / "manifest.json"] == before[ledger / "manifest.json"]
    assert not [path for path in left if path.suffix == ".tmp"]
    assert len(list(ledger.glob("sealed-*"))) == 1
    small_disk(100_000, "remount")
    resumed(flows, ledger, undisturbed)


def without_override():
    """Nothing; the administrator too is bound by the rights of files."""
    system = ctypes.CDLL(None)
    for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
        system.prctl(BOUNDING_SET_DROP, capability, 0, 0, 0)


@pytest.mark.parametrize(
    ("closed", "rights", "why"),
    [
        ("case/other.csv", 0o000, "Cannot read"),
        ("case", 0o500, "Cannot write"),
        ("case/ledger", 0o500, "Cannot write"),
        ("case/ledger", 0o000, "Cannot use"),
        ("case/ledger/parts", 0o000, "Cannot write"),
        ("case/ledger/manifest.json", 0o000, "Cannot open"),
    ],
)
def test_what_may_not_be_read_or_written_is_said(tmp_path, closed, rights, why):
    (tmp_path / "case").mkdir()
    path, ledger = other(tmp_path / "case"), tmp_path / "case" / "ledger"
    if closed != "case":
        said(*importing(path, ledger))
        path.write_text(path.read_text().replace("7", "8"))
    before, place = content(tmp_path), tmp_path / closed
    usual = place.stat().st_mode
    place.chmod(rights)
    try:
        options = ["--replace"] if closed != "case" else []
        refused(*importing(path, ledger), *options, why="Permission denied", preexec_fn=without_override)
        refused(*importing(path, ledger), *options, why=why, preexec_fn=without_override)
    finally:
        place.chmod(usual)
    left = content(tmp_path)
    assert {one: left[one] for one in before} == before
    said(*importing(path, ledger), *options)
