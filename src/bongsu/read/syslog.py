"""Syslog of Linux hosts: RFC 3164, RFC 5424 and lines with an ISO time; sshd, sudo and cron by program.

Sysmon for Linux writes its events as XML in syslog; they become events of their category. A line of RFC 3164
states no year: without one given, its time stays text under `stated_time`.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.text import _
from bongsu.read.event_rows import EventRows
from bongsu.read.linux_audit import add_record, record_of
from bongsu.read.log_line import Lines, read_lines
from bongsu.read.windows_event import flat_columns, split_event
from bongsu.read.windows_xml import event_of_xml, sysmon_stream

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBERS = {name: at for at, name in enumerate(_MONTHS, start=1)}
_LINE = re.compile(
    r"(?:<(?P<priority>\d{1,3})>)?(?:"
    r"1 (?P<full>\S{1,40}) (?P<host5>\S{1,255}) (?P<program5>\S{1,48}) (?P<pid5>\S{1,128}) \S{1,32}"
    r" (?P<data>-|(?:\[(?:[^\]\\]|\\.)*\])+) ?\ufeff?(?P<message5>.*)"
    r"|(?:(?P<month>" + "|".join(_MONTHS) + r") +(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d)"
    r"|(?P<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?))"
    r" (?P<host>[^\s:]{1,255})(?: (?P<program>[^\s:\[]{1,100})(?:\[(?P<pid>\d{1,10})\])?:)? ?(?P<message>.*)"
    r")",
    re.DOTALL,
)
_SUDO = re.compile(r"\s*(?P<user>\S{1,256}) : (?P<rest>.*)", re.DOTALL)
_SUDO_PAIR = re.compile(r"(?:^|; )\s*([A-Z]{3,10})=(.*?)(?= ; [A-Z]{3,10}=|$)", re.DOTALL)
_SSHD = re.compile(
    r"(?P<result>Accepted|Failed) (?P<method>\S{1,40}) for (?:invalid user )?(?P<user>.{0,256}?)"
    r" from (?P<src_ip>[0-9a-fA-F.:%\w]{2,64}) port (?P<src_port>\d{1,5})"
)
_SERVICES = {
    "sshd": "sshd", "sshd-session": "sshd", "sudo": "sudo", "cron": "cron", "crond": "cron",
    "anacron": "cron", "su": "auth", "login": "auth", "systemd-logind": "auth", "pkexec": "auth",
    "polkitd": "auth", "passwd": "auth", "useradd": "auth", "usermod": "auth", "userdel": "auth",
    "groupadd": "auth", "chpasswd": "auth", "vsftpd": "vsftpd", "clamd": "clamav", "freshclam": "clamav",
    "clamscan": "clamav", "guacd": "guacamole",
}  # fmt: skip
"""Program, lower case, to the service that rules name; any other is `syslog`."""
_AUDIT = ("type=", "audit: type=", "node=")
Pairs = dict[str, Any]


def sniff(head: bytes) -> bool:
    """Whether most of the first lines are syslog."""
    lines = [line for line in head[:8192].decode("utf-8", "replace").splitlines()[:20] if line.strip()]
    return bool(lines) and sum(_LINE.match(line) is not None for line in lines) * 2 > len(lines)


def read(file: BinaryIO, *, batch_rows: int, year: int | None = None) -> Iterator[LogBatch]:
    """Batches of lines, one service each; the locator is the line.

    Args:
        file: The log.
        batch_rows: Events held, at most.
        year: Year of the first line, where lines state none; a new year is noticed.
    """
    rows = EventRows(batch_rows, flat_columns)
    years = _Years(year)
    for part in read_lines(file):
        for place, line in enumerate(part.lines, start=part.first):
            _take(rows, years, (place, line, part))
            if rows.full(len(line)):
                yield from rows.take("linux")
    yield from rows.take("linux")


class _Years:
    """The year of lines that state none."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self._month = 0

    def time_of(self, found: re.Match[str]) -> tuple[str, str]:
        """Name and text of a line's time."""
        full = found["full"] or found["iso"]
        if full:
            return "time", full.replace(",", ".")
        month = _NUMBERS[found["month"]]
        if self.year is None:
            return "stated_time", f"{found['month']} {found['day']} {found['clock']}"
        if month + 6 < self._month:
            self.year += 1
        self._month = month
        return "time", f"{self.year}-{month:02}-{int(found['day']):02}T{found['clock']}Z"


def _take(rows: EventRows, years: _Years, at: tuple[int, bytes, Lines]) -> None:
    place, line, part = at
    if not line or line.isspace():
        return
    text = line.decode("utf-8", "replace")
    found = None if place in part.too_long else _LINE.match(text)
    if found is None:
        rows.reject(place, "bad_row", _("the line is not syslog: {text}").format(text=text[:80]))
        return
    name, time = years.time_of(found)
    host, program, pid, message = (
        found[one] or found[f"{one}5"] for one in ("host", "program", "pid", "message")
    )
    fields = {name: time, "host": host, "program": program, "pid": pid}
    if found["priority"]:
        fields["priority"] = found["priority"]
    if found["data"] not in {None, "-"}:
        fields["structured_data"] = found["data"]
    add_message(rows, place, fields, message or "")


def add_message(rows: EventRows, place: int, fields: Pairs, message: str) -> None:
    """Takes in a message of a program of a Linux host, with what its program states in it.

    Args:
        rows: Where it goes; they are made flat by `flat_columns`.
        place: Its locator.
        fields: What is known of it: time, host, program.
        message: Its text.
    """
    if message.startswith("<Event>") and "Sysmon" in message[:200] and _add_sysmon(rows, place, message):
        return
    record = record_of(message) if message.startswith(_AUDIT) else None
    if record is not None:
        add_record(rows, place, {"node": str(fields.get("host") or ""), **record})
        return
    service = _SERVICES.get((fields.get("program") or "").lower(), "syslog")
    fields["message"] = message
    if service == "sudo":
        fields.update(_sudo(message))
    elif service == "sshd" and (found := _SSHD.search(message)):
        fields.update(found.groupdict())
    stream = LogStream("linux", service)
    rows.add(stream, tuple(fields), (place, tuple(fields.values())))


def _add_sysmon(rows: EventRows, place: int, message: str) -> bool:
    try:
        stream, names, values = split_event(event_of_xml(message))
    except ValueError:
        return False
    rows.add(sysmon_stream(stream), names, (place, values))
    return True


def _sudo(message: str) -> Pairs:
    found = _SUDO.fullmatch(message)
    return {"user": found["user"], **dict(_SUDO_PAIR.findall(found["rest"]))} if found else {}
