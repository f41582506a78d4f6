"""Zeek logs: tab-separated with headers, or JSON lines; `docs.zeek.org`, Log Formats and Inspection.

Which log a line is of is told by `#path`, `_path` or `@stream`, or by the fields that only one log has.
A vector or set is its elements with commas between; `T` and `F` are `true` and `false` as in JSON, so that
a rule sees one form. Numbers and times stay the text that was written.

Fields have Zeek's names, `id.orig_h` also where a log has `id_orig_h`. Generic rules find `query`,
`record_type` and `answer` in `dns`; `c-uri`, `cs-uri`, `cs-host`, `cs-method`, `c-useragent`,
`cs-user-agent`, `cs-referer`, `sc-status` and `dst_ip` in `http`; `src_ip`, `dst_ip`, `src_port` and
`dst_port` in `conn`. `url` of `http` is made of host, port and `uri`, for indicators are whole URLs.
"""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from bongsu.model.log import LogBatch, LogStream
from bongsu.read.log_batch import batches_of, joined_column, split_rows, with_aliases
from bongsu.read.log_rows import Columns, Rows, json_rows
from bongsu.read.web_column import host_and_port, whole_url
from bongsu.read.zeek_text import zeek_text_rows

_CATEGORIES = {"dns": "dns", "http": "proxy", "conn": "firewall"}
_ALIASES = {
    "dns": {"record_type": "qtype_name", "answer": "answers"},
    "http": {
        "c-uri": "uri",
        "cs-uri": "uri",
        "cs-host": "host",
        "cs-method": "method",
        "c-useragent": "user_agent",
        "cs-user-agent": "user_agent",
        "cs-referer": "referrer",
        "sc-status": "status_code",
        "dst_ip": "id.resp_h",
    },
    "conn": {
        "src_ip": "id.orig_h",
        "dst_ip": "id.resp_h",
        "src_port": "id.orig_p",
        "dst_port": "id.resp_p",
    },
}
_SIGNATURES = (
    ("dns", {"trans_id", "rejected"}),
    ("http", {"trans_depth"}),
    ("conn", {"conn_state"}),
    ("x509", {"certificate.serial"}),
    ("files", {"fuid", "is_orig", "source"}),
    ("ssl", {"established"}),
    ("smb_files", {"action", "name", "id.orig_h"}),
    ("smb_mapping", {"share_type"}),
    ("dce_rpc", {"endpoint", "operation"}),
    ("kerberos", {"request_type"}),
    ("ntlm", {"domainname"}),
    ("rdp", {"cookie", "security_protocol"}),
    ("ssh", {"auth_attempts"}),
    ("smtp", {"helo"}),
    ("ftp", {"reply_code", "arg"}),
    ("notice", {"note", "suppress_for"}),
    ("weird", {"name", "notice"}),
    ("dhcp", {"assigned_addr"}),
)
"""Fields that only one log has; the first set that is there tells the log."""
_PATH_KEYS = ("_path", "@stream")
_UNDERSCORED = re.compile(r"id_(orig|resp)_[hp]")


def sniff(head: bytes) -> bool:
    """Whether the head is one of a Zeek log."""
    if head.startswith((b"#separator ", b"#fields\t", b"#path\t")):
        return True
    try:
        first = json.loads(head.partition(b"\n")[0])
    except (ValueError, RecursionError):
        return False
    if not isinstance(first, dict) or "event_type" in first:
        return False
    stated = any(isinstance(first.get(key), str) for key in _PATH_KEYS)
    if stated and ("_path" in first or "@proc" in first):
        return True
    return "ts" in first and _path_of(first) != ""


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the events of a Zeek log; a line that is none is a reject.

    Args:
        file: Decompressed, at its start.
        batch_rows: Events of a batch, at most.
    """
    head = file.read(1)
    file.seek(-len(head), 1)
    if head == b"#":
        for path, rows in zeek_text_rows(file):
            yield from _batches(path or _path_of(rows.columns), rows, batch_rows)
        return
    last = ""  # a log without names of its own is of one kind, though an event may lack the fields that tell
    for rows in json_rows(file):
        key = next((key for key in _PATH_KEYS if key in rows.columns), _PATH_KEYS[0])
        for path, part in split_rows(rows, key):
            last = path or _path_of(part.columns) or last
            yield from _batches(last, part, batch_rows)


def _batches(path: str, rows: Rows, batch_rows: int) -> Iterator[LogBatch]:
    stream = LogStream("zeek", path, _CATEGORIES.get(path, ""))
    columns = {_own_name(name): column for name, column in rows.columns.items()}
    if path == "http":
        columns = _with_url(columns)
    columns = with_aliases(columns, _ALIASES.get(path, {}))
    yield from batches_of(rows._replace(columns=columns), stream, batch_rows)


def _own_name(name: str) -> str:
    return name.replace("_", ".", 1) if _UNDERSCORED.fullmatch(name) else name


def _path_of(names: Columns | dict[str, object]) -> str:
    """Log that has such fields; empty where several do."""
    known = {_own_name(name) for name in names}
    return next((path for path, fields in _SIGNATURES if fields <= known), "")


def _with_url(columns: Columns) -> Columns:
    host = columns.get("host", columns.get("id.resp_h"))
    if host is None or "uri" not in columns:
        return columns
    if "id.resp_p" in columns:
        host = joined_column(host, columns["id.resp_p"], host_and_port)
    return columns | {"url": joined_column(host, columns["uri"], whole_url)}
