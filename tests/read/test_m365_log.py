"""Microsoft 365 audit events, as the API gives them and as the search exports them."""

from tests.data.log_read import log_rows, read_log
from tests.data.log_sample import SAMPLES, lines

from bongsu.read.m365_log import sniff


def test_events_are_flat_and_of_their_stream():
    content = SAMPLES["m365_log"]
    assert sniff(content)
    assert not sniff(b'{"Operation": "x"}')
    stream, row = log_rows(read_log("m365_log", content))[0]
    assert (stream.product, stream.service) == ("m365", "audit")
    assert (row["Operation"], row["time"]) == ("New-InboxRule", "2026-01-02T03:04:05")
    assert "ForwardTo" in row["Parameters"]


def test_alerts_are_a_service_of_their_own():
    alert = {"Operation": "AlertTriggered", "Workload": "SecurityComplianceCenter", "AlertId": "1"}
    assert log_rows(read_log("m365_log", lines(alert)))[0][0].service == "threat_management"
