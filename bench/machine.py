"""What the numbers were measured on."""

import importlib.metadata
import os
import platform
from pathlib import Path

LIBRARIES = ("numpy", "numba", "pyarrow", "duckdb", "pandas", "networkx", "rustworkx", "splink", "rapidfuzz")


def _line_of(path: str, key: str) -> str:
    file = Path(path)
    lines = file.read_text().splitlines() if file.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")


def describe_machine() -> list[tuple[str, str]]:
    """Name and value of what matters for speed: processor, cores, memory, load, versions."""
    memory = _line_of("/proc/meminfo", "MemTotal").split()
    found = [
        ("processor", _line_of("/proc/cpuinfo", "model name") or platform.processor() or "not known"),
        ("cores", str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count())),
        ("memory", f"{int(memory[0]) / 2**20:.1f} GiB" if memory else "not known"),
        ("load before", " ".join(f"{load:.2f}" for load in os.getloadavg())),
        ("system", f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("python", platform.python_version()),
    ]
    return found + [(name, version_of(name)) for name in LIBRARIES]


def version_of(name: str) -> str:
    """Version of an installed library, or `not installed`."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
