"""Formats of logs by name: where each reader is, and which one reads a file, by its content."""

from collections.abc import Iterator
from importlib import import_module
from typing import BinaryIO, cast

import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.ports import LogReader
from bongsu.model.text import _
from bongsu.read.raw import reject_table
from bongsu.read.sniff import HEAD_BYTES

LOG_READERS: dict[str, str] = {
    "evtx": "bongsu.read.evtx",
    "windows_xml": "bongsu.read.windows_xml",
    "windows_json": "bongsu.read.windows_json",
    "zeek": "bongsu.read.zeek",
    "suricata": "bongsu.read.suricata",
    "w3c": "bongsu.read.w3c",
    "linux_json": "bongsu.read.linux_json",
    "linux_audit": "bongsu.read.linux_audit",
    "cloudtrail": "bongsu.read.cloudtrail",
    "okta_log": "bongsu.read.okta_log",
    "entra_log": "bongsu.read.entra_log",
    "workspace_log": "bongsu.read.workspace_log",
    "m365_log": "bongsu.read.m365_log",
    "npm_lock": "bongsu.read.npm_lock",
    "yarn_lock": "bongsu.read.yarn_lock",
    "pnpm_lock": "bongsu.read.pnpm_lock",
    "composer_lock": "bongsu.read.composer_lock",
    "cargo_lock": "bongsu.read.cargo_lock",
    "go_sum": "bongsu.read.go_sum",
    "python_lock": "bongsu.read.python_lock",
    "outlook_msg": "bongsu.read.outlook_msg",
    "dmarc_report": "bongsu.read.dmarc_report",
    "mail": "bongsu.read.mail",
    "squid": "bongsu.read.squid",
    "web_access": "bongsu.read.web_access",
    "dns_query": "bongsu.read.dns_query",
    "syslog": "bongsu.read.syslog",
    "any_json": "bongsu.read.any_json",
    "plain_text": "bongsu.read.plain_text",
}
"""Format to module; an earlier one wins where two fit, so the narrow ones stand first."""


def load_log_reader(name: str) -> LogReader:
    """Reader of the format.

    Raises:
        KeyError: When no format has the name.
    """
    return cast(LogReader, import_module(LOG_READERS[name]))


def read_log(name: str, file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of a whole log; of one in which nothing was found a reject that says so.

    Args:
        name: Format.
        file: Decompressed and seekable, at its start.
        batch_rows: Events of one stream in a batch, at most.

    Raises:
        FormatError: When the file is not of the format.
    """
    told = False
    for batch in load_log_reader(name).read(file, batch_rows=batch_rows):
        told = told or bool(batch.rows.num_rows or batch.rejects.num_rows)
        yield batch
    file.seek(0)
    if not told and file.read(HEAD_BYTES).strip():
        fault = (1, "no_event", _("nothing in it is an event or an entry of {format}").format(format=name))
        yield LogBatch(LogStream(""), pa.table({"locator": pa.array([], pa.int64())}), reject_table([fault]))


def sniff_log(head: bytes) -> str:
    """Name of the first format that the head of a file fits; empty where none does."""
    return next((name for name in LOG_READERS if load_log_reader(name).sniff(head)), "")
