"""Microsoft 365 unified audit log: as its API gives it, and as the search exports it (event in `AuditData`).

Source: learn.microsoft.com, Office 365 Management Activity API schema.
"""

from bongsu.model.log import LogStream
from bongsu.read.json_event import Pairs
from bongsu.read.json_log import JsonLog


def _fits(value: Pairs) -> bool:
    return {"Operation", "Workload"} <= value.keys() or {"Operation", "RecordType"} <= value.keys()


def _stream(flat: Pairs) -> LogStream:
    alert = flat.get("Workload") == "SecurityComplianceCenter" and "AlertId" in flat
    return LogStream("m365", "threat_management" if alert else "audit")


LOG = JsonLog(
    _fits, _stream, time=("CreationTime",), whole=("Parameters", "OperationProperties"), inner="AuditData"
)
"""Reader of events."""
sniff, read = LOG.sniff, LOG.read
