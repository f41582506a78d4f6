"""Squid's native access.log; `wiki.squid-cache.org`, Squid LogFiles.

Ten fields, under the names that Squid's documentation has: `time`, `elapsed`, `remotehost`, `code/status`,
`bytes`, `method`, `URL`, `rfc931`, `peerstatus/peerhost`, `type`; more fields are `field11` and so on.

Generic rules find `c-uri` (the whole URL), `cs-uri` (path and query), `cs-uri-stem`, `c-uri-query`,
`c-uri-extension`, `cs-host`, `cs-method`, `cs-username`, `sc-status`, `sc-content-type`, `src_ip`, `c-ip` and
`dst_ip`. It has no user agent: rules on that find nothing in it.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from bongsu.kernel.split_line import BARE, Style
from bongsu.model.log import LogBatch, LogStream
from bongsu.read.log_batch import batches_of, with_aliases
from bongsu.read.log_rows import Columns
from bongsu.read.split_rows import split_file_rows
from bongsu.read.web_column import renamed, text_columns, url_columns

_FIELDS = (
    "time", "elapsed", "remotehost", "code/status", "bytes", "method", "URL", "rfc931", "peerstatus/peerhost",
    "type", *(f"field{number}" for number in range(11, 17)),
)  # fmt: skip
_LINE = re.compile(rb"\d{9,10}\.\d{3} +\d+ \S+ [A-Z_]+/\d{3} \d+ [A-Z_]+ \S+ \S+ [A-Z_]+/\S+ \S+")
_ALIASES = {
    "c-uri": "URL",
    "cs-method": "method",
    "cs-username": "rfc931",
    "sc-content-type": "type",
    "src_ip": "remotehost",
    "c-ip": "remotehost",
}
_URL_NAMES = {
    "host": "cs-host",
    "target": "cs-uri",
    "stem": "cs-uri-stem",
    "query": "c-uri-query",
    "extension": "c-uri-extension",
}
_ADDRESS = "[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]*"
_STYLE = Style(32, True, BARE, 10, 45)
_STREAM = LogStream("squid", "access", "proxy")


def sniff(head: bytes) -> bool:
    """Whether the head is one of a native access.log."""
    return _LINE.match(head) is not None


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the requests; a line with fewer than ten fields is a reject.

    Args:
        file: Decompressed, at its start.
        batch_rows: Events of a batch, at most.
    """
    for rows in split_file_rows(file, _FIELDS, _STYLE):
        columns = with_aliases(_opened(rows.columns), _ALIASES)
        yield from batches_of(rows._replace(columns=columns), _STREAM, batch_rows)


def _opened(columns: Columns) -> Columns:
    more: Columns = {}
    if "URL" in columns:
        more |= renamed(url_columns(columns["URL"]), _URL_NAMES)
    if "code/status" in columns:
        more |= _last(columns["code/status"], "sc-status", r"[0-9]{3}")
    if "peerstatus/peerhost" in columns:
        more |= _last(columns["peerstatus/peerhost"], "dst_ip", _ADDRESS)
    return more | columns


def _last(column: pa.DictionaryArray, name: str, pattern: str) -> Columns:
    return renamed(text_columns(column, f"/(?P<last>{pattern})$"), {"last": name})
