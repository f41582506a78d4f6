"""Google Workspace and Google Cloud audit logs, every field; `workspace.py` takes sign-ins from them.

Sources: developers.google.com, Reports API activities; cloud.google.com, audit log entries.
"""

from bongsu.model.log import LogStream
from bongsu.read.json_event import Pairs
from bongsu.read.json_log import JsonLog

_CLOUD = LogStream("gcp", "gcp.audit")


def _fits(value: Pairs) -> bool:
    stated = value.get("id")
    return type(value.get("protoPayload")) is dict or (type(stated) is dict and "applicationName" in stated)


def _stream(flat: Pairs) -> LogStream:
    application = flat.get("id.applicationName")
    if application is None:
        name = str(flat.get("protoPayload.serviceName", "")).partition(".")[0]
        return LogStream("gcp", f"google_workspace.{name}") if name in {"login", "admin"} else _CLOUD
    return LogStream("gcp", f"google_workspace.{application}")


LOG = JsonLog(_fits, _stream, time=("id.time", "timestamp", "receiveTimestamp"))
"""Reader of events."""
sniff, read = LOG.sniff, LOG.read
