"""CloudTrail events, as files of records and as lines."""

import zipfile

from tests.data.log_read import log_rejects, log_rows, read_log
from tests.data.log_sample import SAMPLES

from bongsu.read.cloudtrail import sniff


def test_events_are_flat_and_of_their_stream():
    content = SAMPLES["cloudtrail"]
    assert sniff(content)
    assert not sniff(b'{"eventName": "x", "eventSource": "y"}')
    stream, row = log_rows(read_log("cloudtrail", content))[0]
    assert (stream.product, stream.service) == ("aws", "cloudtrail")
    assert row["userIdentity.type"] == "IAMUser"
    assert row["requestParameters.bucketName"] == "b"
    assert '"bucketName": "b"' in row["requestParameters"]


def test_real_events_are_read(real_data):
    path = real_data / "logs" / "otrf" / "atomic" / "aws" / "collection" / "ec2_proxy_s3_exfiltration.zip"
    with zipfile.ZipFile(path) as archive:
        content = archive.read(archive.namelist()[0])
    assert sniff(content[:65536])
    batches = read_log("cloudtrail", content)
    assert log_rejects(batches) == []
    assert len(log_rows(batches)) == len(content.splitlines()) > 50
