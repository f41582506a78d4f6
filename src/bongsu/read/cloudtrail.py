"""AWS CloudTrail: files of `Records`, and events one a line (docs.aws.amazon.com, record contents)."""

from bongsu.model.log import LogStream
from bongsu.read.json_event import Pairs
from bongsu.read.json_log import JsonLog

STREAM = LogStream("aws", "cloudtrail")


def _fits(value: Pairs) -> bool:
    return {"eventName", "eventSource", "awsRegion"} <= value.keys()


LOG = JsonLog(
    _fits, lambda _flat: STREAM, whole=("requestParameters", "responseElements"), inner="CloudTrailEvent"
)
"""Reader of events."""
sniff, read = LOG.sniff, LOG.read
