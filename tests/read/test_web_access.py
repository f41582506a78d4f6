"""Access logs of Apache and nginx."""

import pytest
from tests.read.log_samples import NETWORK_SAMPLES
from tests.read.reading import batches_of, events_of, rejects_of

from bongsu.model.log import LogStream
from bongsu.read.web_access import sniff

TEXT = NETWORK_SAMPLES["web_access"]
COMMON = b'192.0.2.7 - - [18/Mar/2024:10:11:12 +0000] "GET / HTTP/1.0" 200 5\n'
PROXY = (
    b'10.0.0.5 - kim [18/Mar/2024:10:11:12 +0000] "GET http://www.example.com/a.zip?x HTTP/1.1" 200 5 "-" '
    b'"curl/8.0" TCP_MISS:HIER_DIRECT\n'
)


def test_a_request_has_its_parts():
    found = batches_of("web_access", TEXT)
    assert {one.stream for one in found} == {LogStream("web-access", "access", "webserver")}
    get, garbage, post = events_of(found).values()
    assert (get["time"], get["cs-username"], get["sc-bytes"]) == ("2024-03-18T10:11:12+09:00", "kim", "5120")
    assert get["cs-uri-query"] == get["cs-uri"] == get["c-uri"] == "/a/b.jsp?x=1"
    assert (get["cs-uri-stem"], get["c-uri-query"], get["c-uri-extension"]) == ("/a/b.jsp", "x=1", "jsp")
    assert (garbage["request"], garbage["sc-status"]) == ("\x16\x03\x01", "400")
    assert "cs-method" not in garbage
    assert (post["cs-user-agent"], post["c-ip"]) == ('a "b" c', "2001:db8::1")


def test_a_proxy_in_this_format_is_a_proxy():
    found = batches_of("web_access", PROXY)
    assert [one.stream for one in found] == [LogStream("squid", "access", "proxy")]
    event = events_of(found)[1]
    assert (event["cs-host"], event["c-uri"], event["cs-uri"]) == (
        "www.example.com", "http://www.example.com/a.zip?x", "/a.zip?x"
    )  # fmt: skip
    assert (event["field10"], event["c-uri-extension"]) == ("TCP_MISS:HIER_DIRECT", "zip")


def test_a_host_may_stand_before_the_client():
    event = events_of(batches_of("web_access", b"www.example.com:443 " + COMMON))[1]
    assert (event["s-computername"], event["c-ip"], event["sc-status"]) == (
        "www.example.com:443",
        "192.0.2.7",
        "200",
    )


def test_what_has_not_the_fields_is_a_reject():
    found = batches_of(
        "web_access", COMMON + b"192.0.2.7 - -\n" + b'192.0.2.7 - - [x] "GET / 200 5\n' + COMMON
    )
    assert (sorted(events_of(found)), rejects_of(found)) == ([1, 4], [(2, "bad_line"), (3, "bad_line")])


def test_bytes_that_are_no_text_stay_escapes():
    line = COMMON.replace(b"GET /", b"GET /\xe9\\xc3\\xa9")
    assert events_of(batches_of("web_access", line))[1]["c-uri"] == "/\\xe9é"


@pytest.mark.parametrize("month", ["Xyz", "Mar"])
def test_a_time_with_an_unknown_month_stays_as_it_is(month):
    time = events_of(batches_of("web_access", COMMON.replace(b"Mar", month.encode())))[1]["time"]
    assert time == ("2024-03-18T10:11:12+00:00" if month == "Mar" else "18/Xyz/2024:10:11:12 +0000")


def test_a_log_is_told_by_its_first_line():
    assert all(map(sniff, [TEXT, COMMON, PROXY, b"h.example:80 " + COMMON]))
    assert not any(map(sniff, [b"", b"192.0.2.7 - - [", NETWORK_SAMPLES["squid"], b'{"a":1}']))
