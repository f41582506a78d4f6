"""Messages of Linux hosts as JSON: the journal of systemd, and Azure's table of syslog."""

from collections.abc import Iterator
from typing import BinaryIO

from bongsu.model.log import LogBatch
from bongsu.model.text import _
from bongsu.read.event_rows import EventRows, text_of
from bongsu.read.json_event import JsonEvent, Pairs, head_objects, json_events
from bongsu.read.syslog import add_message
from bongsu.read.windows_event import flat_columns

_JOURNAL = {
    "time": "__REALTIME_TIMESTAMP", "host": "_HOSTNAME", "program": "SYSLOG_IDENTIFIER", "pid": "_PID",
    "uid": "_UID", "exe": "_EXE", "cmdline": "_CMDLINE", "unit": "_SYSTEMD_UNIT", "priority": "PRIORITY",
}  # fmt: skip
_AZURE = {
    "time": "EventTime", "host": "Computer", "program": "ProcessName", "pid": "ProcessID",
    "facility": "Facility", "severity": "SeverityLevel", "host_ip": "HostIP",
}  # fmt: skip


def sniff(head: bytes) -> bool:
    """Whether one of the first objects is an entry of a journal or of the table."""
    return any(
        {"MESSAGE", "__REALTIME_TIMESTAMP"} <= one.keys() or {"SyslogMessage", "Computer"} <= one.keys()
        for one in head_objects(head)
    )


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of messages, one service each; the locator is the line, or the element of a list."""
    rows = EventRows(batch_rows, flat_columns)
    for event in json_events(file):
        _take(rows, event)
        if rows.full(event.size):
            yield from rows.take("linux")
    yield from rows.take("linux")


def _take(rows: EventRows, event: JsonEvent) -> None:
    value = event.value
    names, stated = (_AZURE, "SyslogMessage") if "SyslogMessage" in value else (_JOURNAL, "MESSAGE")
    message = _message(value.get(stated))
    if event.why or message is None:
        why = event.why or _("the object holds no message")
        rows.reject(event.place, "bad_event", why)
        return
    fields: Pairs = {
        name: text for name, key in names.items() if (text := text_of(value.get(key))) is not None
    }
    add_message(rows, event.place, fields, message)


def _message(value: object) -> str | None:
    """Text of a message; the journal writes one that is not plain text as a list of bytes."""
    if isinstance(value, list) and all(type(one) is int and 0 <= one < 256 for one in value):
        return bytes(value).decode("utf-8", "replace")
    return value if isinstance(value, str) else None
