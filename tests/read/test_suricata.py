"""EVE: nested names, one stream for each type."""

import pytest
from tests.read.log_samples import NETWORK_SAMPLES
from tests.read.reading import batches_of, events_of, rejects_of

from bongsu.model.log import LogStream
from bongsu.read.suricata import sniff

TEXT = NETWORK_SAMPLES["suricata"]


def test_each_type_is_a_stream_and_names_are_joined():
    found = batches_of("suricata", TEXT)
    assert [one.stream for one in found] == [
        LogStream("suricata", "dns", "dns"),
        LogStream("suricata", "http", "proxy"),
        LogStream("suricata", "alert", ""),
    ]
    dns, http, alert = events_of(found).values()
    assert (dns["query"], dns["record_type"], dns["answer"]) == (
        "www.example.com",
        "A",
        "192.0.2.7,192.0.2.8",
    )
    assert (http["url"], http["c-uri"]) == ("http://www.example.com:8080/a.zip", "/a.zip")
    assert (http["cs-host"], http["sc-status"], http["c-useragent"]) == ("www.example.com", "200", "curl/8.0")
    assert (alert["alert.metadata.tag"], alert["tls.sni"], alert["dst_port"]) == (
        "x,y",
        "www.example.com",
        "443",
    )


@pytest.mark.parametrize(
    "dns",
    [
        b'{"type":"query","rrname":"a.example","rrtype":"TXT"}',
        b'{"type":"request","queries":[{"rrname":"a.example","rrtype":"TXT"}]}',
        b'{"query":[{"type":"query","rrname":"a.example","rrtype":"TXT"}]}',
    ],
)
def test_every_version_of_a_dns_event_has_the_generic_names(dns):
    line = b'{"timestamp":"2024-03-18T10:11:12.345678+0000","event_type":"dns","dns":' + dns + b"}\n"
    event = events_of(batches_of("suricata", line))[1]
    assert (event["query"], event["record_type"]) == ("a.example", "TXT")


def test_answers_of_two_versions_in_one_file_are_one_column():
    lines = [
        b'{"timestamp":"x","event_type":"dns","dns":{"rrname":"a.example","rdata":"192.0.2.1"}}',
        b'{"timestamp":"x","event_type":"dns","dns":{"rrname":"b.example","answers":[{"rdata":"192.0.2.2"}]}}',
    ]
    events = events_of(batches_of("suricata", b"\n".join(lines)))
    assert [event["answer"] for event in events.values()] == ["192.0.2.1", "192.0.2.2"]


def test_a_bad_line_is_a_reject_and_other_json_is_no_eve():
    found = batches_of("suricata", TEXT + b'{"timestamp":\n')
    assert (len(events_of(found)), rejects_of(found)) == (3, [(4, "bad_line")])
    assert sniff(TEXT)
    assert not any(
        map(sniff, [b"", b"[]", b'{"event_type":"dns"}', b'{"event_type":5,"timestamp":"x"}', b"x"])
    )
