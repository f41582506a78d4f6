"""W3C logs of servers, proxies and a firewall."""

import pytest
from tests.read.log_samples import NETWORK_SAMPLES, ZEEK_TEXT
from tests.read.reading import batches_of, events_of, rejects_of

from bongsu.model.log import LogStream
from bongsu.read.w3c import sniff

IIS = NETWORK_SAMPLES["w3c"]
PROXY = b"""\
#Software: SGOS 6.7
#Fields: date time c-ip cs-username s-action sc-status cs-method cs-uri-scheme cs-host cs-uri-path cs-uri-query \
cs-uri-extension cs(User-Agent) r-ip
2024-03-18 10:11:12 10.0.0.5 kim TCP_MISS 200 GET http www.example.com /a/b.zip ?x=1 zip "curl/8.0 (x + y)" 192.0.2.7
"""  # noqa: E501
FIREWALL = b"""\
#Version: 1.5
#Software: Microsoft Windows Firewall
#Time Format: Local
#Fields: date time action protocol src-ip dst-ip src-port dst-port size

2024-03-18 10:11:12 ALLOW TCP 10.0.0.5 192.0.2.7 53001 443 0
"""


def test_a_server_has_paths_where_rules_look_for_them():
    found = batches_of("w3c", IIS)
    assert {one.stream for one in found} == {LogStream("iis", "access", "webserver")}
    logon, upload = events_of(found).values()
    assert logon["cs-uri-query"] == logon["c-uri"] == "/owa/auth/logon.aspx?url=%2fowa"
    assert (logon["cs-uri-query.logged"], logon["cs-uri-stem"]) == ("url=%2fowa", "/owa/auth/logon.aspx")
    assert (logon["cs(User-Agent)"], logon["cs-user-agent"]) == (
        "Mozilla/5.0+(X11;+Linux)",
        "Mozilla/5.0 (X11; Linux)",
    )
    assert (logon["time"], logon["src_ip"], logon["dst_port"]) == ("2024-03-18 10:11:12", "192.0.2.7", "443")
    assert (upload["cs-uri-query"], upload["cs-username"]) == ("/upload.aspx", "kim")
    assert "cs-uri-query.logged" not in upload


def test_a_proxy_keeps_its_query_and_has_the_whole_url():
    found = batches_of("w3c", PROXY)
    assert [one.stream for one in found] == [LogStream("w3c", "access", "proxy")]
    (event,) = events_of(found).values()
    assert (event["c-uri"], event["cs-uri"]) == ("http://www.example.com/a/b.zip?x=1", "/a/b.zip?x=1")
    assert (event["cs-uri-query"], event["c-uri-query"], event["c-uri-extension"]) == ("?x=1", "?x=1", "zip")
    assert (event["c-useragent"], event["dst_ip"]) == ("curl/8.0 (x + y)", "192.0.2.7")


def test_a_firewall_has_addresses():
    found = batches_of("w3c", FIREWALL)
    assert [one.stream for one in found] == [LogStream("w3c", "firewall", "firewall")]
    event = events_of(found)[6]
    assert [event[name] for name in ("src_ip", "dst_ip", "dst_port", "action")] == [
        "10.0.0.5", "192.0.2.7", "443", "ALLOW"
    ]  # fmt: skip


def test_fields_may_change_and_a_date_may_stand_in_the_header():
    text = b"#Date: 2024-03-18 10:00:00\n#Fields: time c-ip\n10:11:12 192.0.2.7\n10:11:12\n#Fields: x\ny\n"
    found = batches_of("w3c", text)
    assert events_of(found) == {
        3: {"time": "2024-03-18 10:11:12", "c-ip": "192.0.2.7", "src_ip": "192.0.2.7"},
        6: {"x": "y"},
    }
    assert rejects_of(found) == [(4, "bad_line")]


def test_fields_too_many_for_a_header_are_a_reject():
    text = b"#Fields:" + b" x" * 2000 + b"\n1 2\n"
    assert rejects_of(batches_of("w3c", text)) == [(2, "no_header")]


@pytest.mark.parametrize(("text", "fits"), [(IIS, True), (PROXY, True), (ZEEK_TEXT, False), (b"", False)])
def test_a_log_is_told_by_its_headers(text, fits):
    assert sniff(text) == fits
