"""From an export on disk to a ledger and a first trace, in processes of their own."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.clock import Timing, timed
from bench.etl_file import make_ledger, write_transactions
from bench.process import NotBuiltError, ask


class Step(NamedTuple):
    """A step on the way in: seconds, and peak memory of its process where it has its own."""

    name: str
    seconds: float
    peak: int
    note: str


class Intake(NamedTuple):
    """All steps by name."""

    size: int
    steps: list[Step]

    def seconds(self, name: str) -> float | None:
        """Seconds of a step, or null where it was not measured."""
        return next((step.seconds for step in self.steps if step.name == name), None)

    def peak(self, name: str) -> int | None:
        """Peak bytes of a step, or null where it was not measured."""
        return next((step.peak for step in self.steps if step.name == name), None)


def measure_intake(size: int) -> Intake:
    """Steps of a ledger of this many transfers; every transfer must arrive, and the trace be true."""
    steps = [_made(size)]
    with tempfile.TemporaryDirectory() as folder:
        path, ledger = Path(folder) / "transactions.parquet", Path(folder) / "ledger"
        truth = write_transactions(path, size)
        found = ask("read", path)
        assert (found["transfers"], found["rejects"]) == (size, 0)
        steps.append(Step("read and normalize", found["best"], found["peak"], "nothing kept"))
        found = ask("import", path, ledger)
        assert found["transfers"] == size
        steps.append(Step("import", found["best"], found["peak"], "parts on disk"))
        steps.append(Step("seal", found["seal"], found["peak"], "pools, order, index"))
        both = found["best"] + found["seal"]
        steps.append(Step("import and seal", both, found["peak"], "exact order, numbered pools"))
        try:
            cold = ask("trace", ledger, truth.sources[0])
        except NotBuiltError:
            return Intake(size, steps)
        assert {address: cold["fifo"][address] for address in truth.rest} == truth.rest
        ends = f"{len(cold['fifo']):,} ends; the planted ones are exact"
        steps.append(Step("trace, fresh process", cold["cold"], cold["peak"], ends))
        steps.append(Step("trace again", cold["best"], cold["peak"], "same process"))
    return Intake(size, steps)


def _made(size: int) -> Step:
    def drain() -> int:
        return sum(len(batch) for batch in make_ledger(size).batches)

    found: Timing = timed(drain, most=2)
    assert found.answer == size
    return Step("make the ledger", found.best, 0, "generator")
