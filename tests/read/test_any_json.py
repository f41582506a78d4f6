"""JSON of no known service."""

from tests.data.log_read import log_rows, read_log
from tests.data.log_sample import SAMPLES

from bongsu.read.any_json import sniff


def test_events_are_flat_and_of_their_stream():
    content = SAMPLES["any_json"]
    assert sniff(content)
    assert not sniff(b"[]")
    stream, row = log_rows(read_log("any_json", content))[0]
    assert (stream.product, stream.service) == ("", "")
    assert (row["app.user"], row["app.ok"], row["n"]) == ("a", "true", "3")
