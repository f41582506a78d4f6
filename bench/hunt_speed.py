"""How fast logs are hunted in: `python -m bench --only hunt`.

The corpus of attack samples is repeated by links to the same files until it has a million events; it meets
far more rules an event than the logs of an office do, so those go faster.
"""

import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.log_read import made_dns, zeek_dns
from bench.peer_sigma import run_queries
from bench.process import ROOT

EVENTS = 1_000_000
BAR, PEER_BAR, MEMORY_BAR, DNS_BAR = 15_000, 10, 2**30, 300_000
LINES, DOMAINS = 3_000_000, 1_000_000
_PEER_COPIES = 3


def measure_hunt(events: int = EVENTS) -> Iterator[tuple[str, str]]:
    """What it costs to hunt in the corpus with all public rules, and what the peer's way costs."""
    logs = Path(os.environ["BONGSU_TEST_DATA"]).resolve() / "logs"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("evtx-attack-samples", "sigma-rules"):
            with tarfile.open(logs / f"{name}.tar.xz") as packed:
                packed.extractall(folder / name, filter="data")
        corpus = sorted((folder / "evtx-attack-samples").rglob("*.evtx"))
        rules = folder / "sigma-rules"
        _hunt(folder / "evtx-attack-samples", rules)  # rules are kept, code is compiled
        once = _hunt(folder / "evtx-attack-samples", rules)
        many = _repeat(corpus, folder / "many", -(-events // once["events"]))
        found = _hunt(many, rules)
        yield from _told("attack samples, repeated as files", found)
        one = _join(corpus, folder / "one", 24)
        large = _hunt(one, rules)
        yield from _told(f"one file of {(one / 'all.evtx').stat().st_size / 2**20:,.0f} MiB", large)
        peer = run_queries(corpus * _PEER_COPIES, rules)
    seconds = peer.load_seconds + peer.query_seconds
    rate = peer.events / seconds
    yield "peer: one query a rule", f"{peer.rules:,} rules, {peer.events:,} events, {rate:,.0f} events/s"
    yield "peer: load, query", f"{peer.load_seconds:.1f} s, {peer.query_seconds:.1f} s"
    yield "peer: conversion, not counted", f"{peer.convert_seconds:.1f} s"
    ratio = found["rate"] / rate
    yield "ratio", f"{ratio:.1f} x (bar {PEER_BAR} x: {'met' if ratio >= PEER_BAR else 'not met'})"


def measure_dns(lines: int = LINES) -> Iterator[tuple[str, str]]:
    """What it costs to hold DNS lines against a million domains, reading and parsing included."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        claims = folder / "claims.csv"
        names = (f"domain,c{n}.made{n % 97_003}.com,made" for n in range(DOMAINS))
        claims.write_text("\n".join(["type,value,source", *names]) + "\n", encoding="utf-8")
        for name, make in (("real lines repeated", zeek_dns), ("made lines, few repeat", made_dns)):
            yield from _dns_lines(folder / "dns.json", claims, (name, make), lines)


def _dns_lines(
    path: Path, claims: Path, named: tuple[str, Callable[[random.Random], Iterator[str]]], lines: int
) -> Iterator[tuple[str, str]]:
    name, make = named
    for count in (lines // 10, lines):
        source = make(random.Random(1))
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{next(source)}\n" for _line in range(count))
        _hunt(path, claims, kind="indicators")
        found = _hunt(path, claims, kind="indicators")
        rate, met = found["rate"], "met" if found["rate"] >= DNS_BAR else "not met"
        yield f"DNS, {name}", f"{found['events']:,} lines: {rate:,.0f} lines/s (bar {DNS_BAR:,}: {met})"
        yield "peak memory of all its processes", f"{found['peak'] / 2**20:,.0f} MiB"


def _told(name: str, found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    met = "met" if found["rate"] >= BAR else "not met"
    cost = f"{found['events']:,} events in {found['seconds']:.1f} s"
    yield name, f"{cost}: {found['rate']:,.0f} events/s (bar {BAR:,}: {met})"
    small = "met" if found["peak"] < MEMORY_BAR else "not met"
    yield "peak memory of all its processes", f"{found['peak'] / 2**20:,.0f} MiB (bar 1,024: {small})"
    yield "met", f"{found['sightings']:,} sightings, {found['rules']:,} rules met"


def _repeat(corpus: list[Path], folder: Path, copies: int) -> Path:
    """Folder with the corpus so many times, by links."""
    for copy in range(copies):
        (folder / f"{copy:04d}").mkdir(parents=True)
        for number, path in enumerate(corpus):
            os.link(path, folder / f"{copy:04d}" / f"{number:04d}.evtx")
    return folder


def _join(corpus: list[Path], folder: Path, copies: int) -> Path:
    """Folder with one log that has all chunks of the corpus so many times."""
    folder.mkdir()
    header = corpus[0].read_bytes()[:4096]
    chunks = b"".join(path.read_bytes()[4096:] for path in corpus)
    with (folder / "all.evtx").open("wb") as file:
        file.write(header)
        for _copy in range(copies):
            file.write(chunks)
    return folder


def _hunt(path: Path, asked: Path, *, kind: str = "rules") -> dict[str, Any]:
    """Report of a hunt in a process of its own, without its start."""
    command = [sys.executable, "-m", "bench.hunt_speed", kind, str(path), str(asked)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        peak = 0
        while process.poll() is None:
            peak = max(peak, sum(map(_resident, _tree(process.pid))))
            time.sleep(0.1)
        assert process.stdout is not None
        said = process.stdout.read()
    if process.returncode:
        raise RuntimeError(" ".join(command))
    report: dict[str, Any] = json.loads(said.splitlines()[-1])
    return report | {"peak": peak}


def _tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))
    except OSError:
        return


def _resident(pid: int) -> int:
    """Bytes of a process in memory, what several share divided among them; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def main(kind: str, path: Path, asked: Path) -> None:
    """Nothing; hunts and prints what it took. The start of the processes is in the time."""
    from bongsu.app.jobs.hunt import hunt_files
    from bongsu.app.jobs.hunt_indicator import IndicatorFiles
    from bongsu.app.jobs.hunt_setup import HuntRequest

    start = time.perf_counter()
    more: dict[str, Any] = {"rules": (asked,)}
    if kind == "indicators":
        more = {"indicators": IndicatorFiles((asked,))}
    hunted = hunt_files(HuntRequest(paths=(path,), **more))
    seconds = time.perf_counter() - start
    events = sum(sum(file.searched.events.values()) for file in hunted.files)
    report = {
        "events": events,
        "seconds": seconds,
        "rate": events / seconds,
        "sightings": len(hunted.found.sightings),
        "rules": len({one.rule for one in hunted.found.sightings}),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
