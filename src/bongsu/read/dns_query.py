"""Query logs of name servers: BIND, dnsmasq, Unbound, and the debug log of Windows DNS.

A line that states a query or an answer has the columns `query`, `record_type`, `answer`, `src_ip` (who asked)
and `action` where it states them, which are the names that generic rules use; any other line is kept whole
as `message`. Names end without a dot.

Times without a zone are taken as UTC; one without a year, as syslog has it, is in `time_without_year` and
gives the event no time. Dates of Windows are month first, unless they have dots or the file's first lines
show a number above 12 there.
"""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.read.coded_text import made_once, words_and_codes
from bongsu.read.line_cut import read_cuts
from bongsu.read.log_batch import batches_of
from bongsu.read.log_rows import Rows, skipped_lines
from bongsu.read.web_column import MONTHS

_SYSLOG = r"(?:<\d+>)?(?:(?P<short>[A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d)|(?P<iso>\d{4}-\d\d-\d\dT\S+)) (?:\S+ )?"
_BIND = re.compile(
    rf"(?:(?P<time>\d\d-[A-Z][a-z]{{2}}-\d{{4}} \d\d:\d\d:\d\d(?:\.\d+)?) |{_SYSLOG}named\[\d+\]: )?"
    r"(?:queries: )?(?:info: )?client (?:@0x[0-9a-f]+ )?(?P<src_ip>[0-9A-Fa-f.:]+)#\d+(?: \(\S+\))?: "
    r"(?:view \S+: )?query: (?P<query>\S+) \S+ (?P<record_type>\S+)"
)
_DNSMASQ = re.compile(
    rf"(?:{_SYSLOG})?dnsmasq\[\d+\]: (?:\d+ \S+ )?"
    r"(?:(?P<action>query)\[(?P<record_type>\w+)\] "
    r"(?P<query>\S+) from (?P<src_ip>[0-9A-Fa-f.:]+)|"
    r"(?P<action2>reply|cached\S*|config|forwarded) (?P<query2>\S+) "
    r"(?:is (?P<answer>.+)|to (?P<dst_ip>\S+)))"
)
_UNBOUND = re.compile(
    rf"(?:\[(?P<time>\d{{9,10}})\] |{_SYSLOG})?"
    r"unbound(?:\[\d+:[0-9a-f]+\]|\[\d+\]:(?: \[\d+:[0-9a-f]+\])?) info: "
    r"(?P<src_ip>[0-9A-Fa-f.:]+) (?P<query>\S+) (?P<record_type>[A-Z0-9]+) [A-Z]+"
    r"(?: (?P<action>[A-Z]+) [\d.]+ .*)?$"
)
_WINDOWS = re.compile(
    r"(?P<time>\d+[/.\-]\d+[/.\-]\d+ \d+:\d\d:\d\d(?: [AP]M)?) [0-9A-F]+ PACKET +[0-9A-F]+ (?:UDP|TCP) "
    r"(?P<action>Rcv|Snd) (?P<src_ip>\S+) +[0-9a-f]{4} +(?P<response>R)? *\S \[[^\]]*\] "
    r"(?P<record_type>\S+) +(?P<query>\S+)"
)
_LABEL = re.compile(r"\((\d+)\)")
_BIND_TIME = re.compile(r"(\d\d)-([A-Z][a-z]{2})-(\d{4}) (\S+)")
_WINDOWS_TIME = re.compile(r"(\d+)[/.\-](\d+)[/.\-](\d+) (\d+)(:\d\d:\d\d)(?: ([AP])M)?")
_LOOKED_AT = 200
_SOURCES = {
    "time": ("time", "iso"),
    "time_without_year": ("short",),
    "query": ("query", "query2"),
    "record_type": ("record_type",),
    "answer": ("answer",),
    "src_ip": ("src_ip",),
    "dst_ip": ("dst_ip",),
    "action": ("action", "action2"),
    "response": ("response",),
}
"""Columns, and the groups of the patterns that they are of."""


Spell = Callable[[str], str]
Texts = tuple[str | None, ...]


class Server(NamedTuple):
    """How a name server writes."""

    product: str
    service: str
    line: re.Pattern[str]


SERVERS = (
    Server("bind", "query", _BIND),
    Server("dnsmasq", "query", _DNSMASQ),
    Server("unbound", "query", _UNBOUND),
    Server("windows-dns", "query", _WINDOWS),
)
"""Servers whose logs are read; the first that most lines fit."""


def sniff(head: bytes) -> bool:
    """Whether a third of the first lines are queries of one server, or some are after a Windows header."""
    return _server_of(head) is not None


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the lines; every one is an event.

    Args:
        file: Decompressed, seekable, at its start.
        batch_rows: Events of a batch, at most.
    """
    head = file.read(64 * 1024)
    file.seek(-len(head), 1)
    server = _server_of(head) or SERVERS[0]
    spell_time = _time_speller(server, head.decode(errors="replace"))
    stream, before = LogStream(server.product, server.service, "dns"), 0
    for cut in read_cuts(file, mend="backslashreplace"):
        before, faults = skipped_lines(before, cut)
        lines = cut.data[: cut.stop].tobytes().decode().replace("\r\n", "\n").split("\n")[:-1]
        rows = _rows(lines, server.line, spell_time, before)
        yield from batches_of(rows._replace(faults=faults), stream, batch_rows)
        before += len(lines)


def _server_of(head: bytes) -> Server | None:
    lines = [line for line in head.decode(errors="replace").splitlines()[:_LOOKED_AT] if line.strip()]
    counts = [sum(server.line.match(line) is not None for line in lines) for server in SERVERS]
    best = max(range(len(SERVERS)), key=counts.__getitem__)
    header = bool(lines) and lines[0].startswith("DNS Server log file creation")
    return SERVERS[best] if counts[best] and (counts[best] * 3 >= len(lines) or header) else None


def _rows(lines: list[str], pattern: re.Pattern[str], spell_time: Spell, before: int) -> Rows:
    stated = [(number, line) for number, line in enumerate(lines, before + 1) if line]
    matches = [pattern.match(text) for _number, text in stated]
    nothing = (None,) * pattern.groups
    groups = list(zip(*(match.groups() if match else nothing for match in matches), strict=True))
    found = {name: _column(groups, pattern, names) for name, names in _SOURCES.items()}
    others = [None if match else text for match, (_number, text) in zip(matches, stated, strict=True)]
    found["message"] = pa.array(others, pa.string()).dictionary_encode()
    found["query"] = _spelled(found["query"], _name)
    found["time"] = _spelled(found["time"], spell_time)
    kept = {name: column for name, column in found.items() if column.null_count < len(column)}
    return Rows(kept, np.array([number for number, _text in stated], dtype=np.int64), [])


def _column(groups: list[Texts], pattern: re.Pattern[str], names: tuple[str, ...]) -> pa.DictionaryArray:
    """Values of the first of these groups that has one."""
    parts = [groups[pattern.groupindex[name] - 1] for name in names if name in pattern.groupindex and groups]
    texts = [one or other for one, other in zip(*parts, strict=True)] if len(parts) == 2 else sum(parts, ())
    rows = len(groups[0]) if groups else 0
    return pa.array(texts if parts else [None] * rows, pa.string()).dictionary_encode()


def _spelled(column: pa.DictionaryArray, spell: Spell) -> pa.DictionaryArray:
    codes, words = words_and_codes(column)
    return made_once(codes, pa.array([spell(word) for word in words.to_pylist()], pa.string()))


def _name(text: str) -> str:
    """A name as others write it: `(3)www(7)example(3)com(0)` is www.example.com."""
    if text.startswith("("):
        text = _LABEL.sub(".", text).strip(".")
    return text.removesuffix(".") or text


def _time_speller(server: Server, head: str) -> Spell:
    if server.product == "bind":
        return _bind_time
    if server.product == "windows-dns":
        return _windows_day_first if _days_first(head) else _windows_month_first
    return str


def _bind_time(text: str) -> str:
    found = _BIND_TIME.fullmatch(text)
    if found is None or found[2] not in MONTHS:
        return text
    return f"{found[3]}-{MONTHS[found[2]]}-{found[1]} {found[4]}"


def _days_first(head: str) -> bool:
    """Whether a date of the head has dots or a number above 12 first, as where days come first."""
    dates = [match["time"] for match in map(_WINDOWS.match, head.splitlines()) if match]
    return any("." in date.split()[0] or 12 < int(re.split(r"[/.\-]", date)[0]) < 32 for date in dates)


def _windows_month_first(text: str) -> str:
    return _windows_time(text, (0, 1))


def _windows_day_first(text: str) -> str:
    return _windows_time(text, (1, 0))


def _windows_time(text: str, order: tuple[int, int]) -> str:
    found = _WINDOWS_TIME.fullmatch(text)
    if found is None:
        return text
    first, second = found[1 + order[0]], found[1 + order[1]]
    year, month, day = (found[3], first, second) if len(found[1]) < 4 else (found[1], found[2], found[3])
    hour = int(found[4]) % 12 + 12 * (found[6] == "P") if found[6] else int(found[4])
    return f"{year}-{int(month):02}-{int(day):02} {hour:02}{found[5]}"
