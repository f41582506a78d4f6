"""Google's audit logs, by application."""

from tests.data.log_read import log_rows, read_log
from tests.data.log_sample import SAMPLES, lines

from bongsu.read.workspace_log import sniff


def test_events_are_flat_and_of_their_stream():
    content = SAMPLES["workspace_log"]
    assert sniff(content)
    assert not sniff(b'{"id": {"time": "x"}}')
    stream, row = log_rows(read_log("workspace_log", content))[0]
    assert (stream.product, stream.service) == ("gcp", "google_workspace.login")
    assert (row["time"], row["events.name"]) == ("2026-01-02T03:04:05Z", "login_success")


def test_cloud_audit_entries_are_told_apart():
    for name, service in (("login", "google_workspace.login"), ("iam", "gcp.audit")):
        entry = {"serviceName": f"{name}.googleapis.com", "methodName": "m"}
        content = lines({"protoPayload": entry, "timestamp": "t"})
        ((stream, row),) = log_rows(read_log("workspace_log", content))
        assert (stream.service, row["time"], row["protoPayload.methodName"]) == (service, "t", "m")
