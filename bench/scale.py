"""The same heist in ledgers of 10^6 to 10^8 transfers: import, cold and warm trace, memory, bytes on disk."""

import json
import math
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench.process import ask

HEIST, SEED = 100_000, 7
PEERS = ("duckdb", "rustworkx", "networkx")
PEER_SECONDS, PEER_BYTES = 60, 20 * 2**30


class Scaled(NamedTuple):
    """What was measured of one ledger; seconds and bytes."""

    size: int
    make: float
    take_in: dict[str, Any]
    """Of the import: best, seal, peak."""
    layout: float
    """Bytes a transfer in the sealed folder."""
    parts: float
    """Bytes a transfer in the part files."""
    trace: dict[str, Any]
    """Of the trace: cold, best, peak, and page faults."""
    movements: int
    """Movements of the case."""

    @property
    def rate(self) -> float:
        """Transfers a second, imported and sealed."""
        return self.size / (self.take_in["best"] + self.take_in["seal"])


class PeerRun(NamedTuple):
    """What became of a peer on a ledger."""

    name: str
    size: int
    seconds: float | None
    note: str


def measure_scale(sizes: list[int], folder: Path | None = None) -> Iterator[tuple[Scaled, list[PeerRun]]]:
    """One row a size; the truth about the heist must come out, exactly, at every size."""
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            yield _measure(size, Path(place))


def _measure(size: int, folder: Path) -> tuple[Scaled, list[PeerRun]]:
    path, ledger = folder / "made.parquet", folder / "ledger"
    start = time.perf_counter()
    ask("make", path, size)
    make = time.perf_counter() - start
    heist = json.loads((folder / "made.truth.json").read_text())["heists"][0]
    taken = ask("import", path, ledger)
    assert taken["transfers"] == size
    ask("label", folder / "made.labels.csv", ledger)
    address = heist["sources"][0]
    peers = [_peer(name, path, address, size) for name in PEERS]
    path.unlink()
    evict(ledger)
    found = ask("trace", ledger, address)
    assert {one: found["fifo"].get(one) for one in heist["rest"]} == {
        one: int(amount) for one, amount in heist["rest"].items()
    }
    sealed = next(ledger.glob("sealed-*"))
    row = Scaled(
        size=size,
        make=make,
        take_in=taken,
        layout=_bytes(sealed) / size,
        parts=_bytes(ledger / "parts") / size,
        trace={key: value for key, value in found.items() if key != "fifo"},
        movements=found["movements"],
    )
    shutil.rmtree(ledger)
    return row, peers


def _peer(name: str, path: Path, address: str, size: int) -> PeerRun:
    """A peer on the same file, with bounded time and memory."""
    try:
        found = ask("peer", name, path, address, PEER_BYTES, seconds=PEER_SECONDS)
    except TimeoutError:
        return PeerRun(name, size, None, f"out of time ({PEER_SECONDS} s)")
    except MemoryError:
        return PeerRun(name, size, None, f"out of memory ({PEER_BYTES >> 30} GiB)")
    return PeerRun(name, size, found["best"], f"{found['pools']:,} pools; {found['what']}")


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def evict(folder: Path) -> None:
    """Nothing; no page of the folder's files is in memory any more, as far as the system obeys."""
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


def exponent(small: float, large: float, times: float) -> float:
    """How a cost grows: 1 is with the input, 0 is not at all."""
    return math.log(large / small) / math.log(times)
