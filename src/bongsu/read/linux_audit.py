"""Linux audit records as auditd writes them: one event a record, its type the number of the event.

A record is a line of names and values; texts that hold a blank or a quote are written in hex and decoded here
(linux-audit documentation, audit event fields). The records of one call are also joined into one event of the
category `process_creation`, under the names that Sysmon gives such fields.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.text import _
from bongsu.read.event_rows import EventRows
from bongsu.read.log_line import Lines, read_lines

_RECORD = re.compile(
    r"(?:^|\s)type=(\S{1,40}) (?:msg=)?audit\(([^):]{1,30}(?::\d\d:\d\d[.\d]*)?):(\d{1,20})\):? ?"
)
_NODE = re.compile(r"node=(\S{1,255})")
_START = re.compile(r"(?:node=\S{1,255} )?type=\S{1,40} (?:msg=)?audit\(")
_PAIR = re.compile(r"([\w.\-\[\]]{1,64})=(\"[^\"]*\"|'[^']*'|\[[^\]]{0,4096}\]|[^\s\x1d]*)")
_HEX = re.compile(r"(?:[0-9A-F]{2}){1,8192}")
_TEXTS = frozenset(
    {"acct", "cmd", "comm", "cwd", "data", "dir", "exe", "file", "key", "name", "new", "old", "path"}
    | {"proctitle", "vm"}
)
"""Fields that are written in hex where they must be."""
_ARGUMENT = re.compile(r"a\d+(?:\[\d+\])?")
_X86_64 = "c000003e"
_CALLS = {
    "41": "socket", "42": "connect", "43": "accept", "49": "bind", "56": "clone", "57": "fork",
    "59": "execve", "62": "kill", "83": "mkdir", "87": "unlink", "90": "chmod", "92": "chown",
    "99": "sysinfo", "101": "ptrace", "105": "setuid", "133": "mknod", "159": "adjtimex",
    "164": "settimeofday", "165": "mount", "175": "init_module", "176": "delete_module",
    "227": "clock_settime", "246": "kexec_load", "257": "openat", "259": "mknodat", "263": "unlinkat",
    "313": "finit_module", "319": "memfd_create", "321": "bpf", "322": "execveat",
}  # fmt: skip
"""Numbers of system calls of x86-64 that rules name (Linux, arch/x86/entry/syscalls/syscall_64.tbl)."""
_STREAMS = {"": LogStream("linux", "auditd")}
PROCESS = LogStream("linux", "auditd", "process_creation")
Fields = dict[str, str]


def sniff(head: bytes) -> bool:
    """Whether most of the first lines are records."""
    lines = [line for line in head[:8192].decode("utf-8", "replace").splitlines()[:20] if line.strip("-\r ")]
    return bool(lines) and sum(_START.match(line) is not None for line in lines) * 2 > len(lines)


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of records, one type each; the locator is the line."""
    rows = EventRows(batch_rows)
    calls = _Calls()
    for part in read_lines(file):
        for place, line in enumerate(part.lines, start=part.first):
            _take(rows, calls, (place, line, part))
            if rows.full(len(line)):
                yield from rows.take("linux")
    calls.finish(rows)
    yield from rows.take("linux")


def record_of(text: str) -> Fields | None:
    """Fields of a record, with `time` and `audit_id`; None where the text is no record."""
    found = _RECORD.search(text)
    if found is None:
        return None
    kind, time, number = found.groups()
    fields = {"type": kind, "time": time, "audit_id": number}
    if node := _NODE.search(text, 0, found.start() + 1):
        fields["node"] = node[1]
    _add_pairs(fields, text[found.end() :], kind)
    if fields.get("arch") == _X86_64 and "SYSCALL" not in fields:
        call = _CALLS.get(fields.get("syscall", ""))
        if call:
            fields["SYSCALL"] = call
    return fields


def _add_pairs(fields: Fields, text: str, kind: str) -> None:
    for name, value in _PAIR.findall(text):
        if value[:1] == "'" and "=" in value:
            _add_pairs(fields, value[1:-1], kind)
            continue
        plain = _plain(name, value, kind)
        clash = name in fields and fields[name] != plain
        fields[f"msg_{name}" if clash else name] = plain


def _plain(name: str, value: str, kind: str) -> str:
    if value[:1] in {'"', "'"}:
        return value[1:-1] if len(value) > 1 else value
    coded = name in _TEXTS or ("EXECVE" in kind and _ARGUMENT.fullmatch(name))
    if coded and _HEX.fullmatch(value):
        decoded = bytes.fromhex(value).rstrip(b"\0").replace(b"\0", b" ").replace(b"\x01", b",")
        return decoded.decode("utf-8", "replace")
    return value


def _take(rows: EventRows, calls: "_Calls", at: tuple[int, bytes, Lines]) -> None:
    place, line, part = at
    if not line or line.isspace() or line == b"----":
        return
    if place in part.too_long:
        rows.reject(place, "bad_row", _("the line is too long"))
        return
    fields = record_of(line.decode("utf-8", "replace"))
    if fields is None:
        rows.reject(place, "bad_row", _("the line is not an audit record"))
        return
    add_record(rows, place, fields)
    calls.take(rows, place, fields)


def add_record(rows: EventRows, place: int, fields: Fields) -> None:
    """Takes a record in as an event."""
    kind = fields["type"]
    stream = _STREAMS.get(kind)
    if stream is None:
        stream = LogStream("linux", "auditd", event_id=kind)
        if len(_STREAMS) < 4096:
            _STREAMS[kind] = stream
    rows.add(stream, tuple(fields), (place, tuple(fields.values())))


class _Calls:
    """Records of the call that is being read, of which a started process is made."""

    def __init__(self) -> None:
        self._id = ""
        self._place = 0
        self._fields: Fields = {}

    def take(self, rows: EventRows, place: int, fields: Fields) -> None:
        """Takes a record in; one of another call finishes the one before."""
        if fields["audit_id"] != self._id:
            self.finish(rows)
            self._id, self._place = fields["audit_id"], place
        kind = fields["type"]
        if kind == "SYSCALL":
            self._fields.update(fields)
        elif kind == "EXECVE":
            self._fields["EXECVE"] = command_of(fields)
        elif kind == "CWD":
            self._fields["CurrentDirectory"] = fields.get("cwd", "")

    def finish(self, rows: EventRows) -> None:
        """Makes an event of the call, if it started a process."""
        fields, self._fields = self._fields, {}
        if "EXECVE" not in fields:
            return
        pairs = {
            "time": fields.get("time"), "Image": fields.get("exe"), "CommandLine": fields["EXECVE"],
            "CurrentDirectory": fields.get("CurrentDirectory"), "ProcessId": fields.get("pid"),
            "ParentProcessId": fields.get("ppid"), "User": fields.get("UID", fields.get("uid")),
            "Computer": fields.get("node"), "audit_id": self._id,
        }  # fmt: skip
        rows.add(PROCESS, tuple(pairs), (self._place, tuple(pairs.values())))


def command_of(fields: Fields) -> str:
    """Command line of an EXECVE record, its arguments separated by blanks."""
    return " ".join(value for name, value in fields.items() if _ARGUMENT.fullmatch(name))
