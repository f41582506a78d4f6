"""Time and memory of a call."""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple


class Timing(NamedTuple):
    """Seconds of several runs of a call, and what its last run returned."""

    best: float
    median: float
    runs: int
    answer: Any


def timed(call: Callable[[], Any], *, budget: float = 3.0, most: int = 7) -> Timing:
    """Timing of at least one run, at most `most`, none started after `budget` seconds."""
    spent: list[float] = []
    answer = None
    while not spent or (len(spent) < most and sum(spent) < budget):
        answer = None
        start = time.perf_counter()
        answer = call()
        spent.append(time.perf_counter() - start)
    return Timing(min(spent), statistics.median(spent), len(spent), answer)


def peak_bytes() -> int:
    """Most memory this process has had resident so far, not what its parent had when it forked."""
    status = Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.exists() else []:
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def resident_bytes() -> int:
    """Memory resident now, or the peak where the system does not say."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return peak_bytes()
    return int(status.read_text().split()[1]) * resource.getpagesize()
