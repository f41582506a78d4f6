"""Logs read and normalized: lines a second of each reader, on made files of a size that is stated.

Zeek's DNS log is the real one of the test data, repeated, a fiftieth of its names varied, where
BONGSU_TEST_DATA is set; all other files are made from a seed. `read` is the reader alone; `read and
normalize` goes on to blocks, the state that rules and indicators look at. Two processes share one file.
"""

import gzip
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from bench.clock import peak_bytes
from bongsu.normalize.log import block_of
from bongsu.read.log_part import cut_log, open_part
from bongsu.read.log_registry import load_log_reader

BATCH_ROWS = 100_000
SEED = 7
_NAMES, _CLIENTS = 20_000, 200


class LogRate(NamedTuple):
    """What one file cost."""

    name: str
    lines: int
    size: int
    """Bytes of the file."""
    read: float
    """Seconds of the reader in one process."""
    both: float
    """Seconds with normalization in one process."""
    shared: float
    """Seconds with normalization in two processes, each with a part of the file, starting included."""
    peak: int
    """Most bytes that one of the two had resident."""


def measure_logs(lines: int) -> Iterator[LogRate]:
    """Rates of each format; every line must be an event, read whole or in parts."""
    with tempfile.TemporaryDirectory() as folder:
        for name, reader, make in _FORMATS:
            path = Path(folder) / "log"
            _write(path, make, lines)
            yield _rate(name, reader, path, lines)


def _write(path: Path, make: Callable[[random.Random], Iterator[str]], lines: int) -> None:
    source = make(random.Random(SEED))
    with path.open("w", encoding="utf-8") as file:
        for _ in range(lines):
            file.write(next(source) + "\n")


def _rate(name: str, reader: str, path: Path, lines: int) -> LogRate:
    drain(reader, path, (0, 1))  # compiled code is loaded
    spent = []
    for normalize in (False, True):
        start = time.perf_counter()
        events, _peak = drain(reader, path, (0, 1), normalize)
        spent.append(time.perf_counter() - start)
        assert events == lines - path.read_bytes().count(b"\n#") - path.read_bytes().startswith(b"#"), name
    start = time.perf_counter()
    with get_context("spawn").Pool(2) as pool:
        found = pool.starmap(drain, [(reader, path, (number, 2)) for number in range(2)])
    shared = time.perf_counter() - start
    assert sum(one[0] for one in found) == events, name
    return LogRate(name, events, path.stat().st_size, *spent, shared, max(peak for _events, peak in found))


def drain(reader: str, path: Path, place: tuple[int, int], normalize: bool = True) -> tuple[int, int]:
    """Events of one part of a file (its number, of how many), kept nowhere, and the process's peak bytes."""
    events, (number, parts) = 0, place
    with path.open("rb") as file:
        cut = cut_log(file, parts)
        part = open_part(file, cut[number]) if number < len(cut) else None
        for batch in load_log_reader(reader).read(part, batch_rows=BATCH_ROWS) if part else ():
            assert batch.rejects.num_rows == 0
            events += block_of(batch)[0].rows if normalize else batch.rows.num_rows
    return events, peak_bytes()


def _names(luck: random.Random) -> list[str]:
    return [f"h{luck.randrange(10**6)}.example{luck.randrange(99)}.com" for _ in range(_NAMES)]


def zeek_dns(luck: random.Random) -> Iterator[str]:
    """Lines of the real Zeek DNS log, repeated, a fiftieth of the names varied."""
    root = os.environ.get("BONGSU_TEST_DATA")
    if not root:
        yield from made_dns(luck)
    data = gzip.decompress((Path(root or "") / "logs" / "zeek-brimdata" / "dns.json.gz").read_bytes())
    lines = data.decode().splitlines()
    while True:
        for line in lines:
            varied = luck.random() < 0.02
            put = f'"query":"x{luck.randrange(10**9)}.' if varied else '"query":"'
            yield line.replace('"query":"', put)


def made_dns(luck: random.Random) -> Iterator[str]:
    """Made lines of a Zeek DNS log whose names seldom repeat."""
    """DNS events in which time, identifier, port and number never repeat."""
    names, moment = _names(luck), 1_700_000_000.0
    while True:
        moment += luck.random() / 50
        yield (
            f'{{"_path":"dns","ts":{moment:.6f},"uid":"C{luck.getrandbits(60):x}","id.orig_h":"10.0.0.'
            f'{luck.randrange(_CLIENTS)}","id.orig_p":{luck.randrange(1024, 65536)},"id.resp_h":"10.0.0.4",'
            f'"id.resp_p":53,"proto":"udp","trans_id":{luck.randrange(65536)},"rtt":{luck.random():.9f},'
            f'"query":"{luck.choice(names)}","qclass":1,"qclass_name":"C_INTERNET","qtype":1,"qtype_name":"A",'
            f'"rcode":0,"rcode_name":"NOERROR","AA":false,"TC":false,"RD":true,"RA":true,"Z":0,'
            f'"answers":["192.0.2.{luck.randrange(256)}"],"TTLs":[{luck.randrange(3600)}.0],"rejected":false}}'
        )


def _zeek_text(luck: random.Random) -> Iterator[str]:
    yield "#separator \\x09"
    yield "#path\thttp"
    yield "#fields\tts\tuid\tid.orig_h\tid.resp_h\ttrans_depth\tmethod\thost\turi\tuser_agent\tstatus_code"
    names, moment = _names(luck), 1_700_000_000.0
    while True:
        moment += luck.random() / 50
        yield (
            f"{moment:.6f}\tC{luck.getrandbits(60):x}\t10.0.0.{luck.randrange(_CLIENTS)}\t192.0.2.7\t1\tGET\t"
            f"{luck.choice(names)}\t/a/{luck.randrange(10**5)}.html\tcurl/8.{luck.randrange(9)}\t200"
        )


def _eve(luck: random.Random) -> Iterator[str]:
    names, moment = _names(luck), 0
    while True:
        moment = (moment + luck.randrange(20_000)) % 86_400_000_000
        clock = f"{moment // 3_600_000_000:02}:{moment // 60_000_000 % 60:02}:{moment // 1_000_000 % 60:02}"
        yield (
            f'{{"timestamp":"2024-03-18T{clock}.{moment % 10**6:06}+0000","flow_id":{luck.getrandbits(50)},'
            f'"event_type":"dns","src_ip":"10.0.0.{luck.randrange(_CLIENTS)}","src_port":'
            f'{luck.randrange(1024, 65536)},"dest_ip":"10.0.0.4","dest_port":53,"proto":"UDP","dns":{{"type":'
            f'"query","id":{luck.randrange(65536)},"rrname":"{luck.choice(names)}","rrtype":"A"}}}}'
        )


def _squid(luck: random.Random) -> Iterator[str]:
    names, moment = _names(luck), 1_700_000_000.0
    while True:
        moment += luck.random() / 50
        yield (
            f"{moment:.3f} {luck.randrange(999):6} 10.0.0.{luck.randrange(_CLIENTS)} TCP_MISS/200 "
            f"{luck.randrange(99_999)} GET http://{luck.choice(names)}/a/{luck.randrange(10**5)}.html - "
            "HIER_DIRECT/192.0.2.7 text/html"
        )


def _combined(luck: random.Random) -> Iterator[str]:
    second = 0
    while True:
        second = (second + (luck.random() < 0.02)) % 3600
        yield (
            f"192.0.2.{luck.randrange(256)} - - [18/Mar/2024:10:{second // 60:02}:{second % 60:02} +0900] "
            f'"GET /a/{luck.randrange(10**5)}.html?x=1 HTTP/1.1" 200 {luck.randrange(99_999)} "-" "curl/8.0"'
        )


def _bind(luck: random.Random) -> Iterator[str]:
    names, second = _names(luck), 0
    while True:
        second = (second + (luck.random() < 0.02)) % 3600
        name = luck.choice(names)
        yield (
            f"18-Mar-2024 10:{second // 60:02}:{second % 60:02}.{luck.randrange(1000):03} queries: info: "
            f"client @0x7f3c 10.0.0.{luck.randrange(_CLIENTS)}#{luck.randrange(1024, 65536)} ({name}): "
            f"query: {name} IN A +E(0)K (10.0.0.4)"
        )


_FORMATS: tuple[tuple[str, str, Callable[[random.Random], Iterator[str]]], ...] = (
    ("Zeek DNS, JSON, real lines repeated", "zeek", zeek_dns),
    ("Zeek DNS, JSON, made, little repeats", "zeek", made_dns),
    ("Zeek HTTP, tabs", "zeek", _zeek_text),
    ("Suricata DNS", "suricata", _eve),
    ("Squid", "squid", _squid),
    ("Apache combined", "web_access", _combined),
    ("BIND queries", "dns_query", _bind),
)


def rate_lines(one: LogRate) -> tuple[str, str]:
    """Name and rates of a file, to print."""
    mega = one.size / 2**20
    return f"{one.name}, {one.lines:,} lines, {mega:,.0f} MiB", (
        f"read {one.lines / one.read:,.0f}/s; read and normalize {one.lines / one.both:,.0f}/s, "
        f"{mega / one.both:,.0f} MiB/s; in two processes {one.lines / one.shared:,.0f}/s, "
        f"peak {one.peak / 2**20:,.0f} MiB each"
    )
