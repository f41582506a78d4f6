"""Bongsu against peers on the same ledger: times, ratios, and the same answer asserted."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from bench import kernels, peer_graph, peer_pandas, peer_python, peer_sql
from bench.clock import Timing, timed
from bench.scene import Scene, all_tainted, forgiving, widened
from bongsu.rehearse.ledger import WEI_PER_UNIT

NOT_BUILT = "not built"


class Result(NamedTuple):
    """One contestant's row."""

    group: str
    name: str
    timing: Timing | None
    answer: str
    """How its answer compares; it was asserted."""
    peer: bool = True
    speed_of: str = ""
    """Name of our row of the group that the ratio is to; empty: the group's first."""


Sink = Callable[[str], None]


def queue_contest(scene: Scene, columns: peer_python.Columns) -> Iterator[Result]:
    """FIFO, narrow and wide, against a deque of lots."""
    loot, run = frozenset(scene.loot.tolist()), _built("fifo")
    ours, wide = _warm(run, scene.case), _warm(run, widened(scene.case))
    narrow = kernels.stolen_by_pool(ours.answer[1])
    assert sum(narrow.values()) == scene.theft.stolen
    assert {pool: narrow[pool] for pool in scene.theft.rest} == scene.theft.rest
    yield Result("FIFO", "bongsu, 64 bits", ours, f"{len(narrow):,} pools hold loot", peer=False)
    exact = kernels.stolen_by_pool(wide.answer[1])
    assert exact == {pool: value * WEI_PER_UNIT for pool, value in narrow.items()}
    yield Result("FIFO", "bongsu, 128 bits", wide, "same, in wei", peer=False)
    worst = all_tainted(scene)
    for name, case in (("64", worst), ("128", widened(worst))):
        timing = _warm(run, case)
        note = f"{len(timing.answer[0].tag):,} fragments"
        yield Result("FIFO", f"bongsu, {name} bits, all coins stolen", timing, note, peer=False)
    deques = timed(lambda: peer_python.deque_fifo(columns, loot, scene.pools), most=3)
    assert deques.answer == narrow
    yield Result("FIFO", "plain Python, deque of lots", deques, "same")


def haircut_contest(scene: Scene, columns: peer_python.Columns) -> Iterator[Result]:
    """Haircut, exact, against plain Python with integers and pandas with floats."""
    loot, run, case = frozenset(scene.loot.tolist()), kernels.find_kernel("haircut"), forgiving(scene.case)
    plain = timed(lambda: peer_python.integer_haircut(columns, loot, scene.pools), most=3)
    assert sum(plain.answer.values()) == scene.theft.stolen
    if run is None:
        yield Result("haircut", "bongsu, 64 bits", None, NOT_BUILT, peer=False)
    else:
        ours, wide = _warm(run, case), _warm(run, widened(case))
        held = kernels.stolen_by_pool(ours.answer[1])
        assert held == plain.answer
        yield Result("haircut", "bongsu, 64 bits", ours, f"{len(held):,} pools hold loot", peer=False)
        total = sum(kernels.stolen_by_pool(wide.answer[1]).values())
        assert total == scene.theft.stolen * WEI_PER_UNIT
        yield Result("haircut", "bongsu, 128 bits", wide, "finer: in wei; adds up", peer=False)
        for bits, kept in (("64", scene.case), ("128", widened(scene.case))):
            timing = _warm(run, kept)
            note = f"{len(timing.answer[0].tag):,} fragments"
            yield Result("haircut", f"bongsu, {bits} bits, unknown funds apart", timing, note, peer=False)
    yield Result("haircut", "plain Python, integers", plain, "same")
    frame = peer_pandas.frame_of(scene)
    floats = timed(lambda: peer_pandas.float_haircut(frame, scene.pools), most=1)
    drift = _drift(plain.answer, floats.answer)
    assert drift < 1e-6 * scene.theft.stolen
    yield Result("haircut", "pandas itertuples, floats", floats, f"inexact: off by up to {drift:,.1f} units")


def policy_contest(scene: Scene) -> Iterator[Result]:
    """Every policy of Bongsu on the ledger with one theft; conserving ones are asserted to conserve."""
    for name in kernels.KERNELS:
        run = kernels.find_kernel(name)
        if run is None:
            yield Result("policies", name, None, NOT_BUILT, peer=False)
            continue
        timing = _warm(run, widened(scene.case))
        held = kernels.stolen_by_pool(timing.answer[1])
        stolen = scene.theft.stolen * WEI_PER_UNIT
        assert name == "poison" or sum(held.values()) == stolen
        yield Result("policies", f"{name}, 128 bits", timing, f"{len(held):,} pools", peer=False)


def reach_contest(scene: Scene, columns: peer_python.Columns) -> Iterator[Result]:
    """Reach, in time order, against graph libraries and SQL; the answer is a set of pools."""
    route = kernels.route_of(scene)
    scan = timed(lambda: kernels.scan(scene, route))
    exact = _set_of(scan.answer)
    index = kernels.index_scene(scene, route)
    seek = timed(lambda: kernels.seek(scene, route, index))
    assert _set_of(seek.answer) == exact
    yield Result("reach", "bongsu, scan", scan, f"{len(exact):,} pools", peer=False)
    yield Result("reach", "bongsu, seek (indexed before)", seek, "same", peer=False)
    loot = frozenset(scene.loot.tolist())
    plain = timed(lambda: peer_python.timed_reach(columns, loot, scene.pools), most=3)
    assert plain.answer == exact
    yield Result("reach", "plain Python, in time order", plain, "same")
    yield from _networkx(scene, columns, exact)
    yield from _rustworkx(scene, columns, exact)
    yield from _duckdb(scene, exact)


def _networkx(scene: Scene, columns: peer_python.Columns, exact: set[int]) -> Iterator[Result]:
    thief, first = scene.theft.thief, int(scene.loot[0])
    build = timed(lambda: peer_graph.build_simple(columns), most=1)
    blind = timed(lambda: peer_graph.networkx_descendants(build.answer, thief), most=2)
    yield Result("reach", "networkx, build and BFS", _sum(build, blind), _blind(blind.answer, exact))
    build = timed(lambda: peer_graph.build_timed(columns), most=1)
    timely = timed(lambda: peer_graph.networkx_timed(build.answer, thief, first), most=2)
    assert timely.answer == exact
    yield Result("reach", "networkx, build and in time order", _sum(build, timely), "same")


def _rustworkx(scene: Scene, columns: peer_python.Columns, exact: set[int]) -> Iterator[Result]:
    build = timed(lambda: peer_graph.build_rustworkx(columns), most=2)
    blind = timed(lambda: peer_graph.rustworkx_descendants(build.answer, scene.theft.thief))
    yield Result("reach", "rustworkx, build and descendants", _sum(build, blind), _blind(blind.answer, exact))


def _duckdb(scene: Scene, exact: set[int]) -> Iterator[Result]:
    thief, first = scene.theft.thief, int(scene.loot[0])
    load = timed(lambda: peer_sql.load_duckdb(scene), most=2)
    blind = timed(lambda: peer_sql.duckdb_descendants(load.answer, thief), most=3)
    yield Result("reach", "DuckDB recursive CTE, loaded before", blind, _blind(blind.answer, exact))
    timely = timed(lambda: peer_sql.duckdb_timed(load.answer, thief, first), most=3)
    assert timely.answer == exact
    yield Result("reach", "DuckDB USING KEY, loaded before", timely, "same; cannot do lots")
    yield Result("reach", "DuckDB USING KEY, load and query", _sum(load, timely), "same; cannot do lots")


def _built(name: str) -> kernels.Run:
    run = kernels.find_kernel(name)
    assert run is not None, f"kernel {name} is missing"
    return run


def _warm(run: kernels.Run, case: Any) -> Timing:  # noqa: ANN401
    """Timing after one run that is not counted, so that compiling is not."""
    run(case)
    return timed(lambda: run(case))


def _set_of(flags: Any) -> set[int]:  # noqa: ANN401
    return set(np.flatnonzero(flags).tolist())


def _sum(first: Timing, second: Timing) -> Timing:
    both = first.best + second.best, first.median + second.median
    return Timing(*both, min(first.runs, second.runs), second.answer)


def _blind(found: set[int], exact: set[int]) -> str:
    """What a search that knows no time says too much; it must not say too little."""
    assert found >= exact
    more = len(found) - len(exact)
    return f"weaker: time-blind, {more:,} pools too many (+{100 * more / len(exact):.1f} %)"


def _drift(exact: dict[int, int], floats: dict[int, float]) -> float:
    """Largest difference in any pool."""
    return max(abs(exact.get(pool, 0) - floats.get(pool, 0.0)) for pool in exact.keys() | floats.keys())
