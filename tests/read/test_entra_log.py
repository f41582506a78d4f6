"""Entra and Azure logs, by service."""

from tests.data.log_read import log_rows, read_log
from tests.data.log_sample import SAMPLES, lines

from bongsu.read.entra_log import sniff


def test_events_are_flat_and_of_their_stream():
    content = SAMPLES["entra_log"]
    assert sniff(content)
    assert not sniff(b'{"createdDateTime": "x"}')
    stream, row = log_rows(read_log("entra_log", content))[0]
    assert (stream.product, stream.service) == ("azure", "signinlogs")
    assert (row["userPrincipalName"], row["status.errorCode"]) == ("a@x", "0")


def test_exports_name_the_service_by_category_or_table():
    for stated, service in (
        ({"time": "t", "category": "AuditLogs", "operationName": "o"}, "auditlogs"),
        ({"TimeGenerated": "t", "Type": "SigninLogs", "TenantId": "x"}, "signinlogs"),
        ({"time": "t", "category": "Administrative", "resourceId": "r"}, "activitylogs"),
        ({"riskEventType": "unfamiliarFeatures", "detectedDateTime": "t"}, "riskdetection"),
        ({"activityDateTime": "t", "activityDisplayName": "Add user"}, "auditlogs"),
    ):
        assert sniff(lines(stated))
        ((stream, row),) = log_rows(read_log("entra_log", lines(stated)))
        assert (stream.service, row["time"]) == (service, "t")
    assert not sniff(lines({"time": "t", "category": "Security"}))
