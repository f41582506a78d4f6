"""One measurement in a process of its own, so that its peak memory is its own: prints JSON.

python -m bench.child TASK SIZE [FOLDER]
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.clock import peak_bytes, resident_bytes, timed

Report = dict[str, Any]


def kernel(name: str, size: int, wide: bool) -> Report:
    """Time of the first call (compiling or loading), of later ones, and memory of input and peak."""
    from bench.kernels import find_kernel
    from bench.scene import make_scene, widened

    run = find_kernel(name)
    assert run is not None, name
    small = make_scene(1000).case
    start = time.perf_counter()
    run(widened(small) if wide else small)
    first = time.perf_counter() - start
    case = make_scene(size).case
    case = widened(case) if wide else case
    before = resident_bytes()
    found = timed(lambda: run(case) and None)
    return {"first": first, "best": found.best, "before": before, "peak": peak_bytes()}


def reach(name: str, size: int, wide: bool) -> Report:
    """As `kernel`, for a scan of all movements."""
    from bench.kernels import route_of, scan
    from bench.scene import make_scene

    small = make_scene(1000)
    start = time.perf_counter()
    scan(small, route_of(small))
    first = time.perf_counter() - start
    scene = make_scene(size)
    route = route_of(scene)
    before = resident_bytes()
    found = timed(lambda: scan(scene, route) is None)
    return {"first": first, "best": found.best, "before": before, "peak": peak_bytes()}


def read(path: Path) -> Report:
    """Time to read and normalize a file, without keeping it."""
    from bongsu.normalize.context import Context
    from bongsu.normalize.registry import load_normalizer
    from bongsu.read.registry import load_reader, sniff_format

    before, name = resident_bytes(), sniff_format(path)
    normalize, transfers, rejects = load_normalizer(name), 0, 0
    start = time.perf_counter()
    for batch in load_reader(name).read(path, batch_rows=100_000):
        made = normalize(batch, Context())
        transfers += made.transfers.num_rows
        rejects += made.rejects.num_rows + batch.rejects.num_rows
    spent = time.perf_counter() - start
    return _memory(before) | {"best": spent, "transfers": transfers, "rejects": rejects}


def take_in(path: Path, ledger: Path) -> Report:
    """Time to import a file into a ledger, and to seal it."""
    from bongsu.app.jobs.ledger_import import import_files, seal_import
    from bongsu.app.jobs.ledger_plan import ImportRequest

    before = resident_bytes()
    start = time.perf_counter()
    (found,) = import_files([path], ledger, ImportRequest())
    imported = time.perf_counter() - start
    seal_import(ledger)
    sealed = time.perf_counter() - start - imported
    return _memory(before) | {"best": imported, "seal": sealed, "transfers": found.record.transfers}


def follow(ledger: Path, address: str) -> Report:
    """Time of a trace in a fresh process and of a second one; what each end holds under FIFO."""
    start = time.perf_counter()
    from bongsu.app.jobs.lead import lead_of
    from bongsu.app.jobs.trace import TraceOptions, run_trace

    lead = lead_of([], [address], [])
    before = resident_bytes()
    document = run_trace(lead, TraceOptions(ledger=ledger))
    cold = time.perf_counter() - start
    again = timed(lambda: run_trace(lead, TraceOptions(ledger=ledger)), budget=1, most=3)
    held: dict[str, int] = {}
    for end in document["endpoints"]:
        held[end["address"]] = held.get(end["address"], 0) + int(end["amount"]["fifo"])
    faults = resource.getrusage(resource.RUSAGE_SELF)
    case = document["coverage"]["movements_touched"]
    paged = {"faults": faults.ru_minflt, "disk_faults": faults.ru_majflt, "movements": case}
    return _memory(before) | paged | {"cold": cold, "best": again.best, "fifo": held}


def make(path: Path, size: int) -> Report:
    """Time to make a ledger with the large heist that `bench.scale` measures."""
    from bench.scale import HEIST, SEED
    from bongsu.app.jobs.rehearse import LedgerRequest, make_ledger_file

    start = time.perf_counter()
    make_ledger_file(path, LedgerRequest(transfers=size, seed=SEED, heist_movements=HEIST))
    return {"best": time.perf_counter() - start, "peak": peak_bytes()}


def label(path: Path, ledger: Path) -> Report:
    """Nothing measured; the labels are of the ledger."""
    from bongsu.app.jobs.facts import import_labels

    for _done in import_labels([path], ledger):
        pass
    return {}


def peer(name: str, path: Path, address: str, most: int) -> Report:
    """Time of a peer on the same file."""
    from bench.peer_disk import measure_peer

    return measure_peer(name, path, address, most)


def _memory(before: int) -> Report:
    return {"before": before, "peak": peak_bytes()}


def main(task: str, *words: str) -> Report:
    """Report of a task: `kernel NAME SIZE narrow|wide`, `reach`, `read`, `import`, `trace` or an engine."""
    measured: dict[str, Callable[[str, int, bool], Report]] = {"kernel": kernel, "reach": reach}
    if task in measured:
        return measured[task](words[0], int(words[1]), words[2] == "wide")
    if task == "make":
        return make(Path(words[0]), int(words[1]))
    if task == "label":
        return label(Path(words[0]), Path(words[1]))
    if task == "peer":
        return peer(words[0], Path(words[1]), words[2], int(words[3]))
    if task == "read":
        return read(Path(words[0]))
    if task == "import":
        return take_in(Path(words[0]), Path(words[1]))
    if task in {"seal", "trace-on", "cluster"}:
        return _on_engine(task, Path(words[0]), *words[1:])
    return follow(Path(words[0]), words[1])


def _on_engine(task: str, ledger: Path, *words: str) -> Report:
    from bench.cluster_child import seal, trace_on, trace_on_cluster

    if task == "seal":
        return seal(ledger)
    if task == "cluster":
        return trace_on_cluster(ledger, words[0], words[1] == "kill")
    return trace_on(ledger, words[0], words[1])


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
