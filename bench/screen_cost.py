"""Cost of what a screening reads beside the records: a table of networks, and names for who may be one."""

import ipaddress
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from bongsu.analyze.egress import Egress
from bongsu.analyze.event_index import EventIndex
from bongsu.analyze.same_person import Known, find_same_people
from bongsu.app.jobs.screen_asn import read_networks
from bongsu.model.person import PERSON_RECORD
from bongsu.rehearse.company import make_company
from bongsu.rehearse.identity import FAMILY, GIVEN
from bongsu.store.link_engine import open_link_engine

PEOPLE = 10_000
NETWORKS = 500_000
RECORDS = (3_000, 30_000, 99_000)
_COPIES = 3


def measure_beside() -> Iterator[tuple[str, str]]:
    """Lines to print."""
    yield from _networks()
    for count in RECORDS:
        yield from _likeness(count)


def _networks() -> Iterator[tuple[str, str]]:
    events = make_company(PEOPLE, seed=3).events
    index = EventIndex(events)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        table, counts = read_networks(_table(Path(folder) / "networks.csv"))
        read = time.perf_counter()
    made = Egress(index, table)
    end = time.perf_counter()
    known = sum(bool(made.networks(text)) for text in index.ip.texts)
    yield "table of networks", f"{counts.rows:,} rows, {table.num_rows:,} prefixes: {read - start:.1f} s"
    said = f"{index.size:,} events, {len(index.ip.texts):,} different addresses, {known:,} of them known"
    yield "networks of events", f"{said}: {end - read:.1f} s"


def _table(path: Path) -> Path:
    luck = random.Random(1)
    with path.open("w") as file:
        file.write("start,end,asn,name,kind,valid_from\n")
        for place in range(NETWORKS):
            first = luck.randrange(1 << 24, 223 << 24) & ~255
            last = first + 256 * luck.choice([1, 1, 2, 3, 4, 8]) - 1
            kind = luck.choice(["", "residential", "carrier", "hosting", "vpn"])
            ends = f"{ipaddress.IPv4Address(first)},{ipaddress.IPv4Address(last)}"
            file.write(f"{ends},{luck.randrange(1, 400_000)},N{place},{kind},{'2024-01-01' * (place % 2)}\n")
    return path


def _likeness(count: int) -> Iterator[tuple[str, str]]:
    rows = list(_people(count // _COPIES))
    table = pa.Table.from_pylist(rows, PERSON_RECORD)
    known = [
        Known(
            row["record"],
            frozenset({f"{row['given_name']} {row['family_name']}"}),
            frozenset({row["birth_date"]}),
            frozenset({("email", row["email"])}),
        )
        for row in rows
    ]
    start = time.perf_counter()
    with open_link_engine() as engine:
        found = find_same_people(table, {row["record"]: row["record"] for row in rows}, known, engine)
    seconds = time.perf_counter() - start
    ends = [(one.left.partition("-")[0], one.right.partition("-")[0]) for one in found.candidates]
    wrong = sum(one != other for one, other in ends)
    said = f"{len(ends):,} pairs, {wrong} wrong, {len(found.notes)} notes: {seconds:.1f} s"
    yield f"one person, {count:,} records", said


def _people(count: int) -> Iterator[dict[str, str]]:
    """Three records a person; in some of them one thing is written otherwise."""
    luck = random.Random(5)
    for person in range(count):
        row = dict.fromkeys(PERSON_RECORD.names, "") | {
            "given_name": luck.choice(GIVEN),
            "family_name": luck.choice(FAMILY),
            "birth_date": f"19{luck.randrange(50, 99)}-{luck.randrange(1, 13):02}-{luck.randrange(1, 29):02}",
            "place": f"town {luck.randrange(40)}",
            "email": f"p{person}@mail.example",
        }
        for copy in range(_COPIES):
            odd = luck.choice(["given_name", "birth_date", "place", ""])
            changed = {odd: row[odd][:-1] + "7"} if copy and odd else {}
            yield row | changed | {"record": f"p{person}-{copy}"}
