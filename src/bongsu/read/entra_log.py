"""Microsoft Entra and Azure logs: Graph's sign-ins, audits and risks, and exports by category.

Sources: learn.microsoft.com, Graph resources signIn, directoryAudit and riskDetection; Azure Monitor tables.
"""

from bongsu.model.log import LogStream
from bongsu.read.json_event import Pairs
from bongsu.read.json_log import JsonLog

SERVICES = {
    "signinlogs": "signinlogs",
    "noninteractiveusersigninlogs": "signinlogs",
    "serviceprincipalsigninlogs": "signinlogs",
    "managedidentitysigninlogs": "signinlogs",
    "aadnoninteractiveusersigninlogs": "signinlogs",
    "auditlogs": "auditlogs",
    "userriskevents": "riskdetection",
    "aaduserriskevents": "riskdetection",
    "riskyusers": "riskdetection",
    "azureactivity": "activitylogs",
    "administrative": "activitylogs",
    "policy": "activitylogs",
    "security": "activitylogs",
}
"""Category or table of an export, lower case, to the service that rules name."""
_SIGN_IN = {"createdDateTime", "userPrincipalName", "appDisplayName"}
_AUDIT = {"activityDateTime", "activityDisplayName"}
_EXPORT = {"operationName", "OperationName", "OperationNameValue", "resourceId", "TenantId"}
_RISK = {"riskEventType", "detectedDateTime"}


def _service(value: Pairs) -> str:
    stated = value.get("category") or value.get("Category") or value.get("Type") or ""
    if ("time" in value or "TimeGenerated" in value) and _EXPORT & value.keys():
        tables = (value.get("Type"), stated)
        return next((SERVICES[name] for one in tables if (name := str(one).casefold()) in SERVICES), "")
    known = value.keys()
    if known >= _RISK:
        return "riskdetection"
    if known >= _SIGN_IN:
        return "signinlogs"
    return "auditlogs" if known >= _AUDIT else ""


def _stream(flat: Pairs) -> LogStream:
    return LogStream("azure", _service(flat))


_TIMES = ("activityDateTime", "detectedDateTime", "TimeGenerated", "eventTimestamp")
LOG = JsonLog(
    lambda value: bool(_service(value)), _stream, time=_TIMES, whole=("TargetResources", "properties")
)
"""Reader of events."""
sniff, read = LOG.sniff, LOG.read
