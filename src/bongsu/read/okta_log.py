"""Okta System Log, every field (developer.okta.com, System Log API); `okta.py` takes sign-ins from it."""

from bongsu.model.log import LogStream
from bongsu.read.json_event import Pairs
from bongsu.read.json_log import JsonLog

STREAM = LogStream("okta", "okta")


def _fits(value: Pairs) -> bool:
    return {"eventType", "published", "actor"} <= value.keys() or {
        "legacyEventType",
        "published",
    } <= value.keys()


LOG = JsonLog(_fits, lambda _flat: STREAM)
"""Reader of events."""
sniff, read = LOG.sniff, LOG.read
