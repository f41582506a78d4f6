"""`python -m bench`: measures Bongsu and its peers on made ledgers and prints tables.

`python -m bench heuristics` measures the heuristics on real data and writes their reference pages.
"""

import argparse
from collections.abc import Collection, Iterable

from bench import heuristics, hunt_samples
from bench.bars import Measured, bars_of
from bench.case import CaseTrace, trace_cases
from bench.clock import timed
from bench.cluster import measure_engines
from bench.contest import Result, haircut_contest, policy_contest, queue_contest, reach_contest
from bench.growth import compile_times, grow
from bench.intake import measure_intake
from bench.kernels import KERNELS, find_kernel
from bench.machine import describe_machine
from bench.peer_python import columns_of
from bench.process import NotBuiltError, command_time
from bench.scale import Scaled, measure_scale
from bench.scene import make_scene, widened
from bench.show import Shower, duration

CASE_SIZE = 100_000
SMALL = 100_000
HEISTS = (1_000, 10_000, 100_000)
COMMANDS = (("--help",), ("trace", "atomic-wallet-2023"))
WHAT = ("speed", "heuristics", "hunt-samples")
SCALES = (1e6, 1e7)
PARTS = ("contest", "growth", "intake", "start")
ON_DEMAND = ("case", "hunt", "linkage", "logs", "scale", "screen", "screens", "spark")
"""Parts that are measured only if they are named: they take minutes, need Java or the real data."""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=WHAT, default=WHAT[0], help="what to measure")
    parser.add_argument("--size", type=float, default=1e6, help="movements of the contests (default 1e6)")
    parser.add_argument("--growth", type=float, default=0, help="movements of the growth (default 10 x size)")
    parser.add_argument("--ledger", type=float, default=0, help="transfers on disk (default: size)")
    parser.add_argument("--scale", type=float, action="append", help="sizes of the part scale")
    parser.add_argument("--small", action="store_true", help=f"a quick look: {SMALL:,} of everything")
    parser.add_argument(
        "--only", choices=PARTS + ON_DEMAND, action="append", help="measure this part; may be repeated"
    )
    return parser.parse_args()


def _contests(size: int, show: Shower) -> list[Result]:
    """All contests of a size; each is printed when it ends."""
    scene = make_scene(size)
    columns = columns_of(scene)
    groups: tuple[Iterable[Result], ...] = (
        queue_contest(scene, columns),
        haircut_contest(scene, columns),
        policy_contest(scene),
        reach_contest(scene, columns),
    )
    found = []
    for group in groups:
        rows = list(group)
        show.contest(size, rows)
        found += [row._replace(timing=row.timing and row.timing._replace(answer=None)) for row in rows]
    return found


def _cases(show: Shower) -> dict[str, float]:
    """Seconds of each policy on a case of CASE_SIZE transfers, warm, in 128 bits."""
    case = widened(make_scene(CASE_SIZE).case)
    found = {}
    for name in KERNELS:
        run = find_kernel(name)
        if run is not None:
            run(case)
            found[name] = timed(lambda run=run: run(case) and None).best  # type: ignore[misc]
    shown = [(name, duration(seconds)) for name, seconds in found.items()]
    show.facts(f"policies on a case of {CASE_SIZE:,} transfers, 128 bits", shown)
    return found


def _starts(show: Shower) -> dict[str, float]:
    """Seconds of commands in fresh processes, compiled code on disk."""
    found = {}
    for command in COMMANDS:
        try:
            command_time(*command, runs=1)
            found[command[0]] = command_time(*command).best
        except NotBuiltError:
            continue
    shown = [(" ".join(words), words[0]) for words in COMMANDS]
    rows = [(name, duration(found[key]) if key in found else "not built") for name, key in shown]
    show.facts("bongsu in fresh processes", rows)
    return found


def _scale(sizes: list[int], show: Shower) -> list[Scaled]:
    """What ledgers of several sizes cost."""
    rows, peers = [], []
    for row, runs in measure_scale(sizes):
        rows.append(row)
        peers += runs
        show.scale([row])
    if len(rows) > 1:
        show.scale(rows)
    show.peers(peers)
    return rows


def _people_and_logs(parts: Collection[str], size: int, show: Shower) -> None:
    """Nothing; prints what screening and hunting cost and find, where it is asked for."""
    if "linkage" in parts:
        from bench.linkage import measure_linkage
        from bench.linkage_people import measure_people

        show.facts("identifiers and Korean names", measure_people())
        show.linkage(measure_linkage())
    if "screen" in parts:
        from bench.screen import measure_screen
        from bench.screen_cost import measure_beside

        show.facts("a screening of a made company", measure_screen())
        show.facts("what a screening reads beside the records", measure_beside())
    if "hunt" in parts:
        from bench.hunt_speed import measure_dns, measure_hunt

        show.facts("a hunt", measure_hunt())
        show.facts("DNS lines against a million domains", measure_dns())
    if "logs" in parts:
        from bench.log_read import measure_logs, rate_lines

        show.facts("logs", map(rate_lines, measure_logs(size)))
    if "screens" in parts:
        from bench.screen import measure_tried

        show.facts("screenings of made companies that rules were tried on", measure_tried())


def main() -> None:
    """Nothing; measures what the options ask for and prints it."""
    options, show = _options(), Shower()
    if options.what == "heuristics":
        heuristics.main()
        return
    if options.what == "hunt-samples":
        hunt_samples.main()
        return
    size = SMALL if options.small else int(options.size)
    growth = SMALL if options.small else int(options.growth or 10 * size)
    ledger = SMALL if options.small else int(options.ledger or size)
    parts = options.only or PARTS
    show.facts("machine", describe_machine())
    contest = "contest" in parts
    results = _contests(size, show) if contest else []
    cases = _cases(show) if contest else {}
    rows = []
    if "growth" in parts:
        times = [
            (name, f"{duration(first)} to compile, {duration(second)} from disk")
            for name, first, second in compile_times(1 if options.small else 9)
        ]
        show.facts("a kernel's first call", times)
        rows = list(grow(growth))
        show.growth(rows)
    intake = measure_intake(ledger) if "intake" in parts else None
    if intake is not None:
        show.intake(intake)
    traces: list[CaseTrace] = []
    if "case" in parts:
        traces = list(trace_cases(ledger, HEISTS[:2] if options.small else HEISTS))
        show.cases(ledger, traces)
    scaled = _scale([int(one) for one in options.scale or SCALES], show) if "scale" in parts else []
    if "spark" in parts:
        show.engines(size, measure_engines(size))
    _people_and_logs(parts, size, show)
    starts = _starts(show) if "start" in parts else {}
    if set(parts) - {"hunt", "linkage", "logs", "screen", "screens", "spark"}:
        show.bars(bars_of(Measured(size, results, rows, cases, intake, traces, starts, scaled)))


if __name__ == "__main__":
    main()
