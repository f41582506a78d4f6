"""W3C Extended Log File Format (www.w3.org/TR/WD-logfile): IIS, proxies, Windows Firewall.

`#Fields` says which fields a line has, and may change within a file; fields keep those names. `time` is
`date` and `time` together, for apart they say nothing. The format says that times are in UTC; Windows
Firewall writes local times, which are taken as UTC for lack of a zone.

A log of requests is `proxy` where it has a field that only proxies have, `webserver` otherwise; one with
`src-ip` is `firewall`. Generic rules find `cs-user-agent`, `c-useragent`, `cs-referer`, `cs-cookie` and
`cs-content-type`, spaces in place of the `+` of IIS; `cs-uri-stem` and `c-uri` (stem and query);
`cs-uri-extension`, `c-uri-extension`, `c-uri-query`, `src_ip`, `dst_ip`, `src_port` and `dst_port`. Rules
for web servers look for paths in `cs-uri-query` more often than not, so it is stem and query there; what
the log itself has in it is `cs-uri-query.logged`.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.split_line import BARE, QUOTES, Style
from bongsu.model.log import LogBatch, LogStream
from bongsu.read.coded_text import made_once, words_and_codes
from bongsu.read.header_block import Desks, header_rows
from bongsu.read.line_cut import Cut
from bongsu.read.log_batch import batches_of, joined_column, with_aliases
from bongsu.read.log_rows import Columns, Rows
from bongsu.read.web_column import renamed, target_columns, whole_url

_OF_PROXIES = {
    "cs-uri", "c-uri", "cs-uri-scheme", "s-action", "sc-filter-result", "r-ip", "r-host", "s-hierarchy",
    "x-exception-id", "cs-categories", "sc-filter-category",
}  # fmt: skip
_IIS = "Internet Information"
_SPACED = {
    "cs(User-Agent)": ("cs-user-agent", "c-useragent"),
    "cs(Referer)": ("cs-referer",),
    "cs(Cookie)": ("cs-cookie",),
    "cs(Content-Type)": ("cs-content-type",),
}
_ALIASES: dict[str, str | tuple[str, ...]] = {
    "cs-uri-stem": "cs-uri-path",
    "cs-host": "cs(Host)",
    "src_ip": ("c-ip", "src-ip"),
    "dst_ip": ("s-ip", "dst-ip", "r-ip"),
    "src_port": ("c-port", "src-port"),
    "dst_port": ("s-port", "dst-port", "r-port"),
    "c-uri-extension": "cs-uri-extension",
    "cs-uri-extension": "c-uri-extension",
}


class _Header(NamedTuple):
    """What the lines with `#` say."""

    fields: tuple[str, ...] = ()
    software: str = ""
    date: str = ""


def sniff(head: bytes) -> bool:
    """Whether the head is one of a W3C log."""
    if not head.startswith(b"#"):
        return False
    lines = head.split(b"\n", 50)[:50]
    return any(line.startswith(b"#Fields: ") for line in lines)


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the events; a line that has not the fields that were announced is a reject.

    Args:
        file: Decompressed, at its start.
        batch_rows: Events of a batch, at most.
    """
    desks = Desks()

    def rows_of(block: Cut, header: _Header, before: int) -> Iterator[Rows]:
        quoted = BARE if _IIS in header.software else QUOTES
        style = Style(32, True, quoted, len(header.fields), 45)
        yield from desks.rows(block, header.fields, style, before)

    for header, rows in header_rows(file, _Header(), _read_header, rows_of):
        stream = _stream(header)
        columns = _with_time(rows.columns, header.date)
        columns = with_aliases(_with_spaces(columns), _ALIASES)
        if stream.category in {"webserver", "proxy"}:
            columns = _with_target(columns, stream.category)
        yield from batches_of(rows._replace(columns=columns), stream, batch_rows)


def _read_header(line: str, header: _Header) -> _Header:
    name, _colon, value = line[1:].partition(":")
    if name == "Fields":
        return header._replace(fields=tuple(value.split()))
    if name == "Software":
        return header._replace(software=value.strip())
    if name == "Date":
        return header._replace(date=value.strip()[:10])
    return header


def _stream(header: _Header) -> LogStream:
    fields, software = set(header.fields), header.software
    if "src-ip" in fields:
        return LogStream("w3c", "firewall", "firewall")
    product = "iis" if _IIS in software or "s-sitename" in fields else "w3c"
    if fields & _OF_PROXIES:
        return LogStream("w3c", "access", "proxy")
    return LogStream(product, "access", "webserver" if fields & {"cs-method", "cs-uri-stem"} else "")


def _with_time(columns: Columns, date: str) -> Columns:
    if "time" not in columns:
        return columns
    times = columns["time"]
    if "date" in columns:
        return columns | {"time": joined_column(columns["date"], times, lambda day, at: f"{day} {at}")}
    codes, words = words_and_codes(times)
    return columns | {
        "time": made_once(codes, pa.array([f"{date} {word}".strip() for word in words.to_pylist()]))
    }


def _with_spaces(columns: Columns) -> Columns:
    found = dict(columns)
    for own, aliases in _SPACED.items():
        for alias in aliases if own in columns else ():
            found.setdefault(alias, _spaced(columns[own]))
    return found


def _spaced(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """Texts with spaces for each `+`, where a text has no space of its own."""
    codes, words = words_and_codes(column)
    if not pc.any(pc.match_substring(words, "+")).as_py():
        return column
    spaced = pc.replace_substring(words, "+", " ")
    return made_once(codes, pc.if_else(pc.match_substring(words, " "), words, spaced))


def _with_target(columns: Columns, category: str) -> Columns:
    """Columns with what was asked for as a whole."""
    found = dict(columns)
    stem, query = columns.get("cs-uri-stem"), columns.get("cs-uri-query")
    if stem is None:
        return found
    target = stem if query is None else joined_column(stem, query, _join_query)
    found.setdefault("cs-uri", target)
    found.setdefault("c-uri", _whole(columns, target) if category == "proxy" else target)
    if query is not None:
        found["c-uri-query"] = query
    if category == "webserver":
        found |= {"cs-uri-query": target} | ({"cs-uri-query.logged": query} if query is not None else {})
    return renamed(target_columns(stem), {"extension": "c-uri-extension"}) | found


def _whole(columns: Columns, target: pa.DictionaryArray) -> pa.DictionaryArray:
    return joined_column(columns["cs-host"], target, whole_url) if "cs-host" in columns else target


def _join_query(stem: str, query: str) -> str:
    return f"{stem}{query if query.startswith('?') else '?' + query}" if query else stem
