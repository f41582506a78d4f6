"""Suricata's EVE log: JSON lines; `docs.suricata.io`, Eve JSON Format.

The stream is `event_type`: `dns`, `http`, `tls`, `alert`, `fileinfo`, `flow`, ... Nested names are joined
with dots (`dns.rrname`); a list of objects has a column for each of their fields (`dns.answers.rdata`),
values with commas between.

Generic rules find `query`, `record_type` and `answer` in `dns`; `c-uri`, `cs-uri`, `cs-host`, `cs-method`,
`c-useragent`, `cs-user-agent`, `cs-referer`, `cs-content-type` and `sc-status` in `http`; `dst_ip` and
`dst_port` everywhere. `url` of `http` is made of host, port and path.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from bongsu.model.log import LogBatch, LogStream
from bongsu.read.log_batch import batches_of, joined_column, split_rows, with_aliases
from bongsu.read.log_rows import Columns, json_rows
from bongsu.read.web_column import host_and_port, whole_url

_CATEGORIES = {"dns": "dns", "http": "proxy", "flow": "firewall", "netflow": "firewall"}
_EVERYWHERE = {"dst_ip": "dest_ip", "dst_port": "dest_port"}
_ALIASES: dict[str, dict[str, str | tuple[str, ...]]] = {
    "dns": {
        "query": ("dns.query.rrname", "dns.queries.rrname", "dns.rrname"),
        "record_type": ("dns.query.rrtype", "dns.queries.rrtype", "dns.rrtype"),
        "answer": ("dns.answers.rdata", "dns.rdata"),
    },
    "http": {
        "c-uri": "http.url",
        "cs-uri": "http.url",
        "cs-host": "http.hostname",
        "cs-method": "http.http_method",
        "c-useragent": "http.http_user_agent",
        "cs-user-agent": "http.http_user_agent",
        "cs-referer": "http.http_refer",
        "cs-content-type": "http.http_content_type",
        "sc-status": "http.status",
    },
}


def sniff(head: bytes) -> bool:
    """Whether the head is one of an EVE log."""
    try:
        first = json.loads(head.partition(b"\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and isinstance(first.get("event_type"), str) and "timestamp" in first


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the events of an EVE log; a line that is none is a reject.

    Args:
        file: Decompressed, at its start.
        batch_rows: Events of a batch, at most.
    """
    for rows in json_rows(file):
        for kind, part in split_rows(rows, "event_type"):
            columns = with_aliases(part.columns, _EVERYWHERE | _ALIASES.get(kind, {}))
            if kind == "http":
                columns = _with_url(columns)
            stream = LogStream("suricata", kind, _CATEGORIES.get(kind, ""))
            yield from batches_of(part._replace(columns=columns), stream, batch_rows)


def _with_url(columns: Columns) -> Columns:
    host, path = columns.get("http.hostname"), columns.get("http.url")
    if host is None or path is None:
        return columns
    if "dest_port" in columns:
        host = joined_column(host, columns["dest_port"], host_and_port)
    return columns | {"url": joined_column(host, path, whole_url)}
