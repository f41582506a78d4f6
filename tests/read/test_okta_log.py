"""Okta System Log, every field."""

from tests.data.log_read import log_rows, read_log
from tests.data.log_sample import SAMPLES

from bongsu.read.okta_log import sniff


def test_events_are_flat_and_of_their_stream():
    content = SAMPLES["okta_log"]
    assert sniff(content)
    assert not sniff(b'{"eventType": "x", "actor": {}}')
    stream, row = log_rows(read_log("okta_log", content))[0]
    assert (stream.product, stream.service) == ("okta", "okta")
    assert row["actor.alternateId"] == "a@x"
    assert row["target.displayName"] == "App Other"
    assert row["securityContext.isProxy"] == "false"
