"""A trace on an engine in a process of its own, and the cluster that it runs on."""

import os
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.clock import peak_bytes
from bench.cluster import digest_of

Report = dict[str, Any]
KILL_AT = "round 6"
EXECUTOR_MEMORY = "2g"


def seal(ledger: Path) -> Report:
    """Time to seal a ledger's folder."""
    from bongsu.store.seal_folder import seal_ledger

    start = time.perf_counter()
    seal_ledger(ledger)
    return {"seconds": time.perf_counter() - start, "peak": peak_bytes()}


def trace_on(
    ledger: Path, address: str, engine: str, tell: Callable[[str], None] = lambda said: None
) -> Report:
    """Time of a trace, what it found, and what the engine extracted; no guess that an engine cannot make."""
    from bongsu.analyze.lead import Limits
    from bongsu.app.jobs.lead import lead_of
    from bongsu.app.jobs.trace import BEYOND_EXTRACT, TraceOptions, run_trace

    stages: list[str] = []

    def progress(stage: str) -> None:
        stages.append(stage)
        tell(stage)

    limits = Limits()
    limits = replace(limits, heuristics=limits.heuristics - BEYOND_EXTRACT)
    options = TraceOptions(ledger=ledger, engine=engine, limits=limits)
    start = time.perf_counter()
    document = run_trace(lead_of([], [address], []), options, progress=progress)
    spent = time.perf_counter() - start
    held: dict[str, int] = {}
    for end in document["endpoints"]:
        held[end["address"]] = held.get(end["address"], 0) + int(end["amount"]["fifo"])
    sealing = [re.findall(r"\d+", stage)[0] for stage in stages if stage.startswith("sealing")]
    return {
        "seconds": spent,
        "peak": peak_bytes(),
        "document": digest_of(document),
        "endpoints": len(document["endpoints"]),
        "fifo": held,
        "rounds": sum(stage.startswith("round") for stage in stages),
        "extracted": int(sealing[0]) if sealing else 0,
    }


def trace_on_cluster(ledger: Path, address: str, kill: bool) -> Report:
    """As `trace_on`, on two workers of this machine; one is killed at work if so asked."""
    from tests.data.spark_cluster import running_cluster
    from tests.data.spark_kill import Killer

    with tempfile.TemporaryDirectory() as name:
        settings = Path(name) / "conf"
        settings.mkdir()
        (settings / "spark-defaults.conf").write_text(f"spark.executor.memory {EXECUTOR_MEMORY}\n")
        os.environ["SPARK_CONF_DIR"] = str(settings)
        with running_cluster(Path(name), memory=EXECUTOR_MEMORY) as cluster:
            killer = Killer(cluster, at=KILL_AT)
            found = trace_on(ledger, address, cluster.master, killer if kill else lambda said: None)
            if kill:
                assert killer.busy
                assert killer.executors == [2, 1], killer.executors
                found["executors"] = "executors before and after the kill: 2, 1"
            return found
