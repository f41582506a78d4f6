r"""Access logs of Apache and nginx: Common and Combined Log Format (httpd.apache.org, mod_log_config).

Fields are `c-ip`, `ident`, `cs-username`, `time`, `request`, `sc-status`, `sc-bytes`, `cs-referer`,
`cs-user-agent`; what follows is `field10` and so on. A first field before the client, as in
`vhost_combined`, is `s-computername`. `time` is spelled as ISO 8601. `\"` and `\xHH` are what they stand for.

Generic rules find `cs-method`, `c-useragent`, `src_ip`, and of the request `cs-uri-stem` (the path),
`c-uri`, `cs-uri` and `cs-uri-query`: path and query, for rules look there for both. A log whose requests are
whole URLs, or that ends with a result code of Squid, is of a proxy: `cs-host` is that of the URL.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from bongsu.kernel.split_line import BRACKETS, Style
from bongsu.model.log import LogBatch, LogStream
from bongsu.read.coded_text import made_once, words_and_codes
from bongsu.read.log_batch import batches_of, with_aliases
from bongsu.read.log_rows import Columns
from bongsu.read.split_rows import split_file_rows
from bongsu.read.web_column import MONTHS, renamed, request_columns, target_columns, url_columns

_FIELDS = (
    "c-ip", "ident", "cs-username", "time", "request", "sc-status", "sc-bytes", "cs-referer",
    "cs-user-agent", *(f"field{number}" for number in range(10, 21)),
)  # fmt: skip
_LINE = re.compile(
    rb"(\S+:\d+ )?\S+ \S+ \S+ \[\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}\] "
    rb'"(?:[^"\\\n]|\\.)*" \d{3} (\d+|-)'
)
_OF_PROXY = re.compile(rb'"[A-Z]+ ([a-z]+://|[^ /"]+:\d+ HTTP)|TCP_[A-Z_]+:[A-Z_]+\s*$', re.MULTILINE)
_TIME = re.compile(r"(\d{2})/([A-Z][a-z]{2})/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2})")
_ESCAPE = re.compile(rb'\\(?:x([0-9a-fA-F]{2})|(["\\]))')
_ALIASES = {"src_ip": "c-ip", "c-useragent": "cs-user-agent"}
_STYLE = Style(32, True, BRACKETS, 7, 45)


def sniff(head: bytes) -> bool:
    """Whether the head is one of an access log."""
    return _LINE.match(head) is not None


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the requests; a line that has not the fields of one is a reject.

    Args:
        file: Decompressed, seekable, at its start.
        batch_rows: Events of a batch, at most.
    """
    head = file.read(4096)
    file.seek(-len(head), 1)
    first = _LINE.match(head)
    hosted = ("s-computername",) if first and first[1] else ()
    proxy = _OF_PROXY.search(head) is not None
    stream = LogStream("squid" if proxy else "web-access", "access", "proxy" if proxy else "webserver")
    style = _STYLE._replace(least=_STYLE.least + len(hosted))
    for rows in split_file_rows(file, (*hosted, *_FIELDS), style):
        columns = with_aliases(_opened(rows.columns, proxy), _ALIASES)
        yield from batches_of(rows._replace(columns=columns), stream, batch_rows)


def _opened(columns: Columns, proxy: bool) -> Columns:
    found = {name: _unescaped(column) for name, column in columns.items()}
    if "time" in found:
        codes, words = words_and_codes(found["time"])
        found["time"] = made_once(codes, pa.array([_iso(word) for word in words.to_pylist()], pa.string()))
    if "request" not in found:
        return found
    request = request_columns(found["request"])
    target = request["target"]
    found |= renamed(request, {"method": "cs-method", "version": "cs-version"})
    found |= renamed({"target": target}, {"target": "c-uri"})
    if proxy:
        names = {"host": "cs-host", "target": "cs-uri", "stem": "cs-uri-stem", "query": "c-uri-query"}
        return found | renamed(url_columns(target), names | {"extension": "c-uri-extension"})
    found |= renamed({"uri": target, "query": target}, {"uri": "cs-uri", "query": "cs-uri-query"})
    return found | renamed(
        target_columns(target),
        {"stem": "cs-uri-stem", "query": "c-uri-query", "extension": "c-uri-extension"},
    )


def _unescaped(column: pa.DictionaryArray) -> pa.DictionaryArray:
    codes, words = words_and_codes(column)
    texts = words.to_pylist()
    if not any("\\" in text for text in texts):
        return column
    return made_once(codes, pa.array([_plain(text) if "\\" in text else text for text in texts], pa.string()))


def _plain(text: str) -> str:
    made = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]) if found[1] else found[2], text.encode())
    return made.decode(errors="backslashreplace")


def _iso(text: str) -> str:
    found = _TIME.fullmatch(text)
    if found is None or found[2] not in MONTHS:
        return text
    return f"{found[3]}-{MONTHS[found[2]]}-{found[1]}T{found[4]}{found[5]}:{found[6]}"
