"""Formats of logs by name: where each reader is, and which one reads a file, by its content."""

from importlib import import_module
from typing import cast

from bongsu.model.ports import LogReader

LOG_READERS: dict[str, str] = {
    "zeek": "bongsu.read.zeek",
    "suricata": "bongsu.read.suricata",
    "w3c": "bongsu.read.w3c",
    "squid": "bongsu.read.squid",
    "web_access": "bongsu.read.web_access",
    "dns_query": "bongsu.read.dns_query",
}
"""Format to module; an earlier one wins where two fit, so the narrow ones stand first."""


def load_log_reader(name: str) -> LogReader:
    """Reader of the format.

    Raises:
        KeyError: When no format has the name.
    """
    return cast(LogReader, import_module(LOG_READERS[name]))


def sniff_log(head: bytes) -> str:
    """Name of the first format that the head of a file fits; empty where none does."""
    return next((name for name in LOG_READERS if load_log_reader(name).sniff(head)), "")
