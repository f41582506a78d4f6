"""Formats of logs by name: where each reader is, and which one reads a file, by its content."""

from importlib import import_module
from typing import cast

from bongsu.model.ports import LogReader

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


def sniff_log(head: bytes) -> str:
    """Name of the first format that the head of a file fits; empty where none does."""
    return next((name for name in LOG_READERS if load_log_reader(name).sniff(head)), "")
