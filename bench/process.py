"""Measurements in processes of their own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.clock import Timing

ROOT = Path(__file__).parent.parent
_QUIET: dict[str, Any] = {"capture_output": True, "text": True}
_COMMAND = "import sys; from bongsu.app.cli.main import main; sys.argv[0] = 'bongsu'; main()"


class NotBuiltError(Exception):
    """A part of Bongsu that a measurement needs does not exist yet."""


def _check_built(said: str) -> None:
    for sign in ("No module named 'bongsu.", "ImportError: cannot import name", "No such command"):
        if sign in said:
            raise NotBuiltError(said.splitlines()[-1])


def ask(*words: object, cache: str = "", seconds: float | None = None) -> dict[str, Any]:
    """Report of a child, see `bench.child`; with a folder for compiled code, only that is used.

    Raises:
        NotBuiltError: When the child misses a module of Bongsu.
        TimeoutError: When it takes more seconds than it may.
        MemoryError: When it wants more memory than it set itself.
        RuntimeError: When the child fails otherwise; with what it said.
    """
    command = [sys.executable, "-m", "bench.child", *map(str, words)]
    try:
        done = subprocess.run(
            command, env=_environment(cache), cwd=ROOT, check=False, timeout=seconds, **_QUIET
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    _check_built(done.stderr)
    if done.returncode and "MemoryError" in done.stderr:
        raise MemoryError
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def command_time(*words: str, runs: int = 5) -> Timing:
    """Timing of the `bongsu` command in fresh processes.

    Raises:
        NotBuiltError: When there is no such command yet.
        RuntimeError: When the command fails otherwise.
    """
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _COMMAND, *words],
            env=_environment(""), cwd=ROOT, check=False, **_QUIET,
        )  # fmt: skip
        spent.append(time.perf_counter() - start)
        _check_built(done.stderr)
        if done.returncode:
            raise RuntimeError(f"bongsu {' '.join(words)}: {done.stderr[-500:]}")
    return Timing(min(spent), sorted(spent)[len(spent) // 2], runs, None)


def compile_seconds(*words: object) -> tuple[float, float]:
    """Seconds of a kernel's first call without and with compiled code on disk."""
    with tempfile.TemporaryDirectory() as cache:
        return ask(*words, cache=cache)["first"], ask(*words, cache=cache)["first"]


def _environment(cache: str) -> dict[str, str]:
    paths = [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    more = {"NUMBA_CACHE_DIR": cache} if cache else {}
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))} | more
