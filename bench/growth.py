"""How time and memory grow with the input: ten times as much, each in a process of its own."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bench.kernels import find_kernel
from bench.process import ask, compile_seconds

TASKS = (
    ("FIFO, 64 bits", ("kernel", "fifo"), "narrow"),
    ("FIFO, 128 bits", ("kernel", "fifo"), "wide"),
    ("LIBR, 128 bits", ("kernel", "libr"), "wide"),
    ("haircut, 128 bits", ("kernel", "haircut"), "wide"),
    ("reach, scan", ("reach", "scan"), "narrow"),
)


class Growth(NamedTuple):
    """Two measurements of a task; a report of a child each."""

    name: str
    size: int
    small: dict[str, Any]
    large: dict[str, Any]

    @property
    def time(self) -> float:
        """How many times longer ten times the input takes."""
        return float(self.large["best"] / self.small["best"])

    @property
    def bytes_each(self) -> float:
        """Bytes of peak memory for each further movement, the input's included."""
        return float((self.large["peak"] - self.small["peak"]) / (0.9 * self.size))


def grow(size: int) -> Iterator[Growth]:
    """Growth of each kernel from a tenth of the size to the size; those that are built."""
    for name, task, width in TASKS:
        if task[1] == "scan" or find_kernel(task[1]):
            yield Growth(name, size, ask(*task, size // 10, width), ask(*task, size, width))


def compile_times(count: int) -> Iterator[tuple[str, float, float]]:
    """Name, seconds to compile at the first call ever, seconds of the first call with code on disk."""
    for name, task, width in TASKS[:count]:
        if task[1] == "scan" or find_kernel(task[1]):
            yield (name, *compile_seconds(*task, 1000, width))
