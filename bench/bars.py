"""The bars of the design, section 10, as a list: what, the bar, what was measured, met or not."""

import operator
from collections.abc import Callable, Iterable
from typing import NamedTuple

from bench.case import CaseTrace
from bench.contest import Result
from bench.growth import Growth
from bench.intake import Intake
from bench.scale import Scaled

POLICY_NAMES = ("poison", "haircut", "fifo", "lifo", "tiho", "pifo", "libr")
GROWN = {
    "FIFO, 64 bits": 10,
    "FIFO, 128 bits": 5,
    "LIBR, 128 bits": 5,
    "haircut, 128 bits": 10,
    "reach, scan": 100,
}
"""Bars of the kernels that are grown, in million movements a second; LIBR has FIFO's."""
MILLION, GIB = 10**6, 2**30
CASE = 10**5
"""Movements of the heist that the bars for a large case are for."""


class Bar(NamedTuple):
    """One bar; `measured` is null where nothing was measured."""

    what: str
    bar: float
    unit: str
    measured: float | None
    at_least: bool
    note: str = ""
    smaller: bool = False
    """True: measured on less than the bar is for, so that passing proves nothing and failing does."""

    @property
    def verdict(self) -> str:
        """`met`, `not met`, `not measured`, or `not proven` where it passes on a smaller input."""
        if self.measured is None:
            return "not measured"
        compare: Callable[[float, float], bool] = operator.ge if self.at_least else operator.le
        if not compare(self.measured, self.bar):
            return "not met"
        return "not proven" if self.smaller else "met"

    @property
    def ratio(self) -> float | None:
        """How many times better than the bar; below 1 is worse."""
        if self.measured is None or not self.measured:
            return None
        return self.measured / self.bar if self.at_least else self.bar / self.measured


class Measured(NamedTuple):
    """All that was measured."""

    size: int
    results: list[Result]
    growth: list[Growth]
    cases: dict[str, float]
    """Seconds of each policy on a case of 10^5 transfers."""
    intake: Intake | None
    traces: list[CaseTrace]
    starts: dict[str, float]
    """Seconds of commands in fresh processes."""
    scaled: list[Scaled]


def _best(found: Measured, group: str, name: str) -> float | None:
    for result in found.results:
        if (result.group, result.name) == (group, name) and result.timing is not None:
            return result.timing.best
    return None


def _rate(found: Measured, group: str, name: str) -> float | None:
    best = _best(found, group, name)
    return found.size / best / MILLION if best else None


def _rates(found: Measured) -> Iterable[Bar]:
    million = "M/s"
    yield Bar("reach, movements in memory", 100, million, _rate(found, "reach", "bongsu, scan"), True)
    for bits, bar in ((128, 5), (64, 10)):
        for what in (f"bongsu, {bits} bits", f"bongsu, {bits} bits, all coins stolen"):
            name = f"FIFO, {what.removeprefix('bongsu, ')}"
            yield Bar(name, bar, million, _rate(found, "FIFO", what), True)
    for bits in (64, 128):
        for more in ("", ", unknown funds apart"):
            rate = _rate(found, "haircut", f"bongsu, {bits} bits{more}")
            yield Bar(f"haircut, exact, {bits} bits{more}", 10, million, rate, True)
    for one in found.growth:
        rate = one.size / one.large["best"] / MILLION
        yield Bar(f"{one.name}, {one.size:,} movements", GROWN[one.name], million, rate, True)
    missing = [name for name in POLICY_NAMES if name not in found.cases]
    total = None if missing else sum(found.cases[name] for name in POLICY_NAMES)
    note = f"not built: {', '.join(missing)}" if missing else ""
    yield Bar("seven policies, case of 10^5 transfers", 2, "s", total, False, note)


def _ledgers(found: Measured) -> Iterable[Bar]:
    intake = found.intake
    size = intake.size if intake else 0
    for name in ("import", "import and seal"):
        spent = intake.seconds(name) if intake else None
        rate = size / spent / MILLION if spent else None
        yield Bar(f"{name}, ethereum-etl Parquet", 1, "M/s", rate, True)
    note = f"the bar is for 100 M transfers, this is {size / MILLION:g} M" if size else ""
    smaller = size < 100 * MILLION
    for name, bar in (("trace, fresh process", 10), ("trace again", 2)):
        spent = intake.seconds(name) if intake else None
        yield Bar(f"{name}, from disk", bar, "s", spent, False, note, smaller)
    peak = intake.peak("trace again") if intake else None
    yield Bar("trace, peak memory", 4, "GiB", peak / GIB if peak else None, False, note, smaller)
    yield Bar("bongsu --help", 0.3, "s", found.starts.get("--help"), False)
    yield Bar("first trace, compiled code on disk", 2, "s", found.starts.get("trace"), False)


def _traces(found: Measured) -> Iterable[Bar]:
    """Bars of the largest case that was traced, and how time grows with the case."""
    if not found.traces:
        return
    last, smaller = found.traces[-1], found.traces[-1].movements < CASE
    what = f"trace of {last.movements:,} movements"
    yield Bar(f"{what}, fresh process", 10, "s", last.cold, False, "", smaller)
    yield Bar(f"{what}, again", 2, "s", last.warm, False, "under every policy, with the document", smaller)
    yield Bar(f"{what}, peak memory", 4, "GiB", last.peak / GIB, False, "", smaller)


def _scales(found: Measured) -> Iterable[Bar]:
    """Bars of the largest ledger that was measured, and how a trace grows from the smallest."""
    if not found.scaled:
        return
    first, last = found.scaled[0], found.scaled[-1]
    what, smaller = f"{last.size / MILLION:g} M transfers", last.size < 100 * MILLION
    trace = last.trace
    yield Bar(f"import and seal, {what}", 0.8, "M/s", last.rate / MILLION, True, "the aim is 1", smaller)
    yield Bar("import, peak memory", 4, "GiB", last.take_in["peak"] / GIB, False, "", smaller)
    yield Bar("trace layout", 60, "bytes a transfer", last.layout, False, "hashes stay in the parts", smaller)
    yield Bar(f"cold trace, {what}", 10, "s", trace["cold"], False, "files evicted", smaller)
    yield Bar(f"warm trace, {what}", 2, "s", trace["best"], False, "", smaller)
    yield Bar("trace, peak memory, 10^5 movements", 4, "GiB", trace["peak"] / GIB, False, "", smaller)
    if len(found.scaled) > 1:
        grown = trace["best"] / first.trace["best"]
        times = f"{last.size / first.size:g} times the ledger"
        yield Bar(f"same heist, {times}, warm", 3, "x", grown, False, "", smaller)
        cold = trace["cold"] / first.trace["cold"]
        yield Bar(f"same heist, {times}, cold", 3, "x", cold, False, "", smaller)


def _peers(found: Measured) -> Iterable[Bar]:
    deque, key = ("FIFO", "plain Python, deque of lots"), ("reach", "DuckDB USING KEY, loaded before")
    graph = ("reach", "networkx, build and BFS")
    narrow, wide, scan = ("FIFO", "bongsu, 64 bits"), ("FIFO", "bongsu, 128 bits"), ("reach", "bongsu, scan")
    for name, ours, peer, bar, note in (
        ("FIFO against plain Python", narrow, deque, 30, "64 bits"),
        ("FIFO against plain Python", wide, deque, 30, "128 bits"),
        ("reach against networkx build and BFS", scan, graph, 100, "which is time-blind"),
        ("reach against DuckDB USING KEY", scan, key, 1, "same set"),
        ("FIFO against DuckDB USING KEY", narrow, key, 1, "exact lots against a set of pools"),
    ):
        first, second = _best(found, *ours), _best(found, *peer)
        yield Bar(name, bar, "x", second / first if first and second else None, True, note)


def bars_of(found: Measured) -> list[Bar]:
    """Every bar in the order of the design."""
    return [*_rates(found), *_ledgers(found), *_traces(found), *_scales(found), *_peers(found)]
