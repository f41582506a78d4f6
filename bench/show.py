"""Tables of what was measured, for a terminal or a file."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from bench.bars import Bar
from bench.case import CaseTrace
from bench.cluster import Run
from bench.contest import Result
from bench.growth import Growth
from bench.intake import Intake
from bench.scale import PeerRun, Scaled, exponent

if TYPE_CHECKING:
    from bench.linkage import LinkageRow

MEBI = 2**20


def duration(seconds: float) -> str:
    """Seconds or milliseconds with three digits."""
    return f"{seconds:.3g} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _rate(count: int, seconds: float) -> str:
    return f"{_number(count / seconds / 10**6)} M/s"


def _number(value: float) -> str:
    """Three digits, and no exponent for large ones."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", overflow="fold")
    return table


class Shower:
    """Prints each part as soon as it is measured."""

    def __init__(self) -> None:
        wide = Console()
        self.console = wide if wide.is_terminal else Console(width=130)

    def facts(self, title: str, facts: Iterable[tuple[str, str]]) -> None:
        """Nothing; prints names and values."""
        table = _table(title, "what", "value")
        for name, value in facts:
            table.add_row(name, value)
        self.console.print(table)

    def contest(self, size: int, results: list[Result]) -> None:
        """Nothing; prints one group; ratios are to the group's first row."""
        table = _table(f"{results[0].group}, {size:,} movements", *_CONTEST)
        first = results[0].timing
        for one in results:
            if one.timing is None:
                table.add_row(one.name, "", "", "", "", "", one.answer)
                continue
            ratio = _number(one.timing.best / first.best) if first and one.group != "policies" else ""
            times = duration(one.timing.best), duration(one.timing.median), str(one.timing.runs)
            table.add_row(one.name, *times, _rate(size, one.timing.best), ratio, one.answer)
        self.console.print(table)

    def linkage(self, rows: "Iterable[LinkageRow]") -> None:
        """Nothing; prints precision and recall of pairs, ours and the peers', as they come."""
        table = _table("records of one person, names of one party: pairs against published truth", *_LINKAGE)
        for one in rows:
            scores = (one.score.precision, one.score.recall, one.score.f1)
            table.add_row(one.data, one.name, duration(one.seconds), *(f"{value:.3f}" for value in scores))
        self.console.print(table)

    def growth(self, rows: list[Growth]) -> None:
        """Nothing; prints time and memory at a tenth of the size and at the size."""
        table = _table("ten times the input, each in its own process (peak includes the input)", *_GROWTH)
        for one in rows:
            times = duration(one.small["best"]), duration(one.large["best"]), f"{one.time:.1f}"
            small, large = one.small["peak"], one.large["peak"]
            peaks = f"{small / MEBI:,.0f} MiB", f"{large / MEBI:,.0f} MiB", f"{large / small:.1f}"
            table.add_row(one.name, f"{one.size:,}", *times, *peaks, f"{one.bytes_each:,.0f}")
        self.console.print(table)

    def intake(self, found: Intake) -> None:
        """Nothing; prints the steps from an export to a trace."""
        table = _table(f"from an ethereum-etl export to a trace, {found.size:,} transfers", *_INTAKE)
        for step in found.steps:
            peak = f"{step.peak / MEBI:,.0f} MiB" if step.peak else ""
            table.add_row(step.name, duration(step.seconds), _rate(found.size, step.seconds), peak, step.note)
        self.console.print(table)

    def cases(self, transfers: int, rows: list[CaseTrace]) -> None:
        """Nothing; prints a trace of each case, and how it grew from the one before."""
        table = _table(f"a trace under every policy, document included, {transfers:,} transfers", *_CASES)
        for before, one in zip([None, *rows], rows, strict=False):
            grown = ("", "")
            if before is not None:
                factors = one.movements / before.movements, one.warm / before.warm
                grown = f"{factors[0]:.1f}", f"{factors[1]:.1f}"
            times = duration(one.cold), duration(one.warm)
            peak = f"{one.peak / MEBI:,.0f} MiB"
            table.add_row(f"{one.movements:,}", f"{one.ends:,}", *times, *grown, peak)
        self.console.print(table)

    def scale(self, rows: list[Scaled]) -> None:
        """Nothing; prints what ledgers of several sizes cost, and how that grows."""
        table = _table("the same heist of 10^5 movements in ledgers on disk", *_SCALE)
        for one in rows:
            took, trace = one.take_in["best"] + one.take_in["seal"], one.trace
            table.add_row(
                f"{one.size:,}",
                duration(took),
                f"{one.rate / 10**6:.2f} M/s",
                f"{one.take_in['peak'] / MEBI:,.0f} MiB",
                f"{one.layout:.1f} + {one.parts:.1f}",
                duration(trace["cold"]),
                duration(trace["best"]),
                f"{trace['peak'] / MEBI:,.0f} MiB",
                f"{trace['faults']:,} ({trace['disk_faults']:,})",
                f"{one.movements:,}",
            )
        self.console.print(table)
        if len(rows) > 1:
            self.facts(_GROWING, _growths(rows))

    def peers(self, runs: list[PeerRun]) -> None:
        """Nothing; prints what became of the peers."""
        table = _table("peers on the same file: where can the loot be", "who", "transfers", "time", "note")
        for one in runs:
            spent = "" if one.seconds is None else duration(one.seconds)
            table.add_row(one.name, f"{one.size:,}", spent, one.note)
        self.console.print(table)

    def engines(self, size: int, runs: list[Run]) -> None:
        """Nothing; prints the ways to the same trace document."""
        table = _table(f"the same trace of {size:,} transfers on engines", *_ENGINES)
        for one in runs:
            peak = f"{one.peak / MEBI:,.0f} MiB"
            table.add_row(one.name, duration(one.seconds), peak, f"{one.endpoints:,}", one.same, one.note)
        self.console.print(table)

    def bars(self, bars: list[Bar]) -> None:
        """Nothing; prints the design's bars."""
        table = _table("the design's bars (section 10)", *_BARS)
        for one in bars:
            sign = ">=" if one.at_least else "<="
            measured = "" if one.measured is None else f"{_number(one.measured)} {one.unit}"
            ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
            table.add_row(one.what, f"{sign} {one.bar:g} {one.unit}", measured, ratio, one.verdict, one.note)
        self.console.print(table)


def _growths(rows: list[Scaled]) -> list[tuple[str, str]]:
    small, large = rows[0], rows[-1]
    times = large.size / small.size
    costs = (
        ("import and seal, time", small.size / small.rate, large.size / large.rate),
        ("import, memory", small.take_in["peak"], large.take_in["peak"]),
        ("layout, bytes", small.layout * small.size, large.layout * large.size),
        ("cold trace, time", small.trace["cold"], large.trace["cold"]),
        ("warm trace, time", small.trace["best"], large.trace["best"]),
        ("trace, memory", small.trace["peak"], large.trace["peak"]),
    )
    return [(name, f"{exponent(a, b, times):.2f} ({b / a:.2f} times)") for name, a, b in costs]


_GROWING = "growth exponents, first to last size (1: with the ledger, 0: not at all)"
_SCALE = (
    "transfers",
    "import and seal",
    "rate",
    "peak memory",
    "bytes each: layout + parts",
    "cold trace",
    "warm trace",
    "peak memory",
    "page faults (from disk)",
    "movements of the case",
)
_CONTEST = ("who", "best", "median", "runs", "rate", "times ours", "answer")
_LINKAGE = ("data", "who", "time", "precision", "recall", "F1")
_GROWTH = (
    "what",
    "movements",
    "a tenth",
    "all",
    "times",
    "peak, a tenth",
    "peak, all",
    "times",
    "bytes each",
)
_CASES = (
    "movements of the heist",
    "ends",
    "fresh process",
    "again",
    "times the movements",
    "times the time",
    "peak memory",
)
_INTAKE = ("step", "time", "rate", "peak memory", "note")
_ENGINES = ("run", "time", "peak memory, this process", "ends", "same document", "note")
_BARS = ("what", "bar", "measured", "times the bar", "verdict", "note")
