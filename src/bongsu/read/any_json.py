"""Any other log of JSON objects: every field by its dotted name, of no stated product."""

from bongsu.model.log import LogStream
from bongsu.read.json_log import JsonLog

STREAM = LogStream("")
LOG = JsonLog(bool, lambda _flat: STREAM, time=("TimeGenerated", "eventTime", "time"))
"""Reader of events."""
sniff, read = LOG.sniff, LOG.read
