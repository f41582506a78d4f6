"""A clean week of a made firm as files of logs, mails and lockfiles, or as batches."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.reject import REJECT
from bongsu.rehearse.office import MONDAY, Office
from bongsu.rehearse.office_incident import Planted, plant
from bongsu.rehearse.office_network import conn_day, dns_day, http_day, squid_day
from bongsu.rehearse.office_text import auth_day, lockfile, mail_day, vpn_day
from bongsu.rehearse.office_windows import SYSMON, windows_day

Day = Callable[[Office, int], list[tuple[datetime, Any]]]
LINES: dict[str, tuple[str, Day]] = {
    "windows": ("windows/events.json", windows_day),
    "dns": ("zeek/dns.log", dns_day),
    "http": ("zeek/http.log", http_day),
    "conn": ("zeek/conn.log", conn_day),
    "squid": ("proxy/access.log", squid_day),
    "auth": ("linux/auth.log", auth_day),
    "vpn": ("linux/openvpn.log", vpn_day),
}
"""Kind to the file of lines that it is, and what makes a day of it."""
CATEGORIES = {1: "process_creation", 11: "file_event", 22: "dns_query"}
PROJECTS = 6
"""Lockfiles of a firm."""


class Piece(NamedTuple):
    """Some lines of a file, or a whole small one."""

    file: str
    """Path below the folder."""
    data: bytes
    planted: tuple[tuple[Planted, int], ...]
    """What was planted in it, each with its line in this piece, from 1."""


def office_pieces(office: Office, days: int, *, incident: bool = False) -> Iterator[Piece]:
    """Files of a week, a day of a file at a time; memory does not grow with the days.

    Args:
        office: The firm.
        days: Days from Monday on.
        incident: Whether espionage is planted.
    """
    planted = plant(office, days) if incident else []
    for kind, (file, make) in LINES.items():
        mine = [one for one in planted if one.file == kind]
        for day in range(days):
            yield _piece(file, make(office, day), [one for one in mine if _day(one) == day])
    yield from _mails(office, days, [one for one in planted if one.file == "mail"])
    yield from _lockfiles(office, [one for one in planted if one.file == "lockfile"])


def office_batches(office: Office, days: int, *, incident: bool = False) -> Iterator[LogBatch]:
    """Events of Windows, questions, requests and connections, a stream and a day at a time."""
    planted = plant(office, days) if incident else []
    for day in range(days):
        for kind in ("windows", "dns", "http", "conn"):
            rows = [row for _moment, row in LINES[kind][1](office, day)]
            rows += [one.content[1] for one in planted if one.file == kind and _day(one) == day]
            streams: dict[LogStream, list[dict[str, Any]]] = {}
            for row in rows:
                streams.setdefault(_stream(kind, row), []).append(row)
            for stream, found in streams.items():
                yield LogBatch(stream, _table(found), REJECT.empty_table())


def _day(one: Planted) -> int:
    return (one.moment - MONDAY).days


def _piece(file: str, rows: Iterable[tuple[datetime, Any]], planted: list[Planted]) -> Piece:
    """Lines in order of time, each planted one among them."""
    marked: list[tuple[datetime, Any, Planted | None]] = [(moment, row, None) for moment, row in rows]
    for one in planted:
        moment, row = one.content if isinstance(one.content, tuple) else (one.moment, one.content)
        marked.append((moment, row, one))
    marked.sort(key=lambda one: one[0])
    lines = [
        row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for _moment, row, _one in marked
    ]
    places = tuple((one, place) for place, (_m, _r, one) in enumerate(marked, start=1) if one is not None)
    return Piece(file, "".join(line + "\n" for line in lines).encode(), places)


def _mails(office: Office, days: int, planted: list[Planted]) -> Iterator[Piece]:
    for day in range(days):
        for number, (_moment, data) in enumerate(mail_day(office, day)):
            yield Piece(f"mail/{day}-{number:04d}.eml", data, ())
    for number, one in enumerate(planted):
        yield Piece(f"mail/1-9{number:03d}.eml", one.content, ((one, 1),))


def _lockfiles(office: Office, planted: list[Planted]) -> Iterator[Piece]:
    luck = office.luck(8)
    for number in range(PROJECTS):
        yield Piece(f"code/project-{number}/package-lock.json", lockfile(luck).encode(), ())
    for number, one in enumerate(planted):
        file = f"code/project-{PROJECTS + number}/package-lock.json"
        yield Piece(file, one.content.encode(), ((one, 1),))


def _stream(kind: str, row: dict[str, Any]) -> LogStream:
    if kind != "windows":
        return LogStream("zeek", kind)
    sysmon = row["Channel"] == SYSMON
    category = CATEGORIES.get(row["EventID"], "") if sysmon else ""
    service = "sysmon" if sysmon else "security"
    return LogStream("windows", service, category, row["Channel"], str(row["EventID"]))


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    names = sorted({name for row in rows for name in row})
    columns = {
        name: pa.array([None if row.get(name) is None else _text(row[name]) for row in rows], pa.string())
        for name in names
    }
    return pa.table(columns | {"locator": pa.array(range(1, len(rows) + 1), pa.int64())})


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, list) else str(value)
