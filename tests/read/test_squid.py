"""Squid's native log, and the names that rules for proxies use."""

from tests.read.log_samples import NETWORK_SAMPLES
from tests.read.reading import batches_of, events_of, rejects_of

from bongsu.model.log import LogStream
from bongsu.read.squid import sniff

TEXT = NETWORK_SAMPLES["squid"]


def test_a_request_has_its_own_names_and_those_of_rules():
    found = batches_of("squid", TEXT)
    assert {one.stream for one in found} == {LogStream("squid", "access", "proxy")}
    get, connect = events_of(found).values()
    assert get["URL"] == get["c-uri"] == "http://www.example.com:8080/a/b.zip?x=1"
    assert [get[name] for name in ("cs-host", "cs-uri", "cs-uri-stem", "c-uri-query", "c-uri-extension")] == [
        "www.example.com", "/a/b.zip?x=1", "/a/b.zip", "x=1", "zip"
    ]  # fmt: skip
    assert (get["sc-status"], get["dst_ip"], get["src_ip"]) == ("200", "192.0.2.7", "10.0.0.5")
    assert (connect["cs-host"], connect["cs-method"]) == ("mail.example.net", "CONNECT")
    assert not {"cs-username", "type", "cs-uri"} & set(connect)


def test_short_lines_are_rejects_and_a_peer_without_an_address_is_no_destination():
    line = b"1710756672.123 0 10.0.0.5 TCP_DENIED/403 0 GET http://a.example/ - HIER_NONE/- text/html extra\n"
    found = batches_of("squid", b"1710756672.123 0\n" + line)
    assert rejects_of(found) == [(1, "bad_line")]
    event = events_of(found)[2]
    assert (event["field11"], event["sc-status"], event["c-uri"]) == ("extra", "403", "http://a.example/")
    assert "dst_ip" not in event


def test_a_log_is_told_by_its_first_line():
    assert sniff(TEXT)
    assert not any(map(sniff, [b"", b"1710756672.123 310", NETWORK_SAMPLES["web_access"], b"# squid"]))
