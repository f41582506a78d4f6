"""How the time of a whole trace grows with what it touches: made heists in ledgers of one length."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench.process import ask
from bongsu.app.jobs.facts import import_labels
from bongsu.app.jobs.rehearse import LedgerRequest, files_of, make_ledger_file

SEED = 7


class CaseTrace(NamedTuple):
    """One trace under every policy, its document included."""

    movements: int
    ends: int
    cold: float
    """Seconds in a fresh process, compiled code on disk."""
    warm: float
    """Seconds of another one in the same process."""
    peak: int
    """Bytes of peak memory."""


def trace_cases(transfers: int, sizes: Iterable[int]) -> Iterator[CaseTrace]:
    """Trace of a heist of each size; what rests must rest, to the last wei."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            yield _trace(Path(folder), LedgerRequest(transfers=transfers, seed=SEED, heist_movements=size))


def _trace(folder: Path, request: LedgerRequest) -> CaseTrace:
    files, ledger = files_of(folder / "made.parquet"), folder / "ledger"
    _written, heist = make_ledger_file(files.transfers, request)
    ask("import", files.transfers, ledger)
    assert not any(file.rejects for file in import_labels([files.labels], ledger))
    found = ask("trace", ledger, heist["from"])
    (truth,) = json.loads(files.truth.read_text())["heists"]
    assert {address: str(found["fifo"][address]) for address in truth["rest"]} == truth["rest"]
    times = found["cold"], found["best"], found["peak"]
    return CaseTrace(truth["laundering"]["movements"], len(found["fifo"]), *times)
