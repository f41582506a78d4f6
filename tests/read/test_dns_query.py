"""Query logs of four name servers."""

import pytest
from tests.read.log_samples import DNS_SAMPLES, NETWORK_SAMPLES
from tests.read.reading import batches_of, events_of

from bongsu.model.log import LogStream
from bongsu.read.dns_query import SERVERS, sniff

ASKED = {"query": "www.example.com", "record_type": "A", "src_ip": "10.0.0.5"}
FIRST = {
    "bind": (1, ASKED | {"time": "2024-03-18 10:11:12.345"}),
    "dnsmasq": (1, ASKED | {"time_without_year": "Mar 18 10:11:12", "action": "query"}),
    "unbound": (1, ASKED | {"time": "1710756672"}),
    "windows-dns": (5, ASKED | {"time": "2024-03-18 13:11:12", "action": "Rcv"}),
}


@pytest.mark.parametrize("product", FIRST)
def test_a_query_has_the_generic_names_and_every_line_is_an_event(product):
    text = DNS_SAMPLES[product]
    assert sniff(text)
    found = batches_of("dns_query", text)
    assert [(one.stream.product, one.stream.category) for one in found] == [(product, "dns")]
    events, (line, first) = events_of(found), FIRST[product]
    assert events[line] == first
    lines = text.decode().splitlines()
    assert sorted(events) == [number for number, one in enumerate(lines, 1) if one]
    for number, event in events.items():
        assert "query" in event or event == {"message": lines[number - 1]}


def test_answers_and_forwarders_are_told_apart():
    _query, forwarded, reply, _other = events_of(batches_of("dns_query", DNS_SAMPLES["dnsmasq"])).values()
    assert (forwarded["dst_ip"], reply["answer"]) == ("192.0.2.53", "192.0.2.7")
    assert "answer" not in forwarded
    snd = events_of(batches_of("dns_query", DNS_SAMPLES["windows-dns"]))[6]
    assert (snd["response"], snd["action"]) == ("R", "Snd")


def test_a_syslog_prefix_is_no_hindrance():
    line = (
        b"Mar 18 10:11:12 ns named[7]: client @0x1 2001:db8::1#5 (a): view in: query: a.example. IN AAAA +\n"
    )
    event = events_of(batches_of("dns_query", line))[1]
    assert (event["query"], event["src_ip"], event["record_type"]) == ("a.example", "2001:db8::1", "AAAA")
    line = b"2024-03-18T10:11:12+09:00 gw dnsmasq[7]: 12 10.0.0.5/53 query[TXT] a.example from 10.0.0.5\n"
    event = events_of(batches_of("dns_query", line))[1]
    assert (event["time"], event["query"]) == ("2024-03-18T10:11:12+09:00", "a.example")


@pytest.mark.parametrize(
    ("dates", "time"),
    [
        (("3/4/2024 1:02:03 AM", "3/18/2024 1:02:03 AM"), "2024-03-04 01:02:03"),
        (("3/4/2024 12:02:03 AM", "18/4/2024 1:02:03 AM"), "2024-04-03 00:02:03"),
        (("03.04.2024 13:02:03", "03.04.2024 13:02:03"), "2024-04-03 13:02:03"),
        (("2024-04-03 13:02:03", "2024-04-03 13:02:03"), "2024-04-03 13:02:03"),
    ],
)
def test_dates_of_windows(dates, time):
    line = (
        " 0E70 PACKET  000000000333 UDP Rcv 10.0.0.5 5b47   Q [0001   D   NOERROR] A   (1)a(7)example(0)\r\n"
    )
    text = "".join(date + line for date in dates).encode()
    event = events_of(batches_of("dns_query", text))[1]
    assert (event["time"], event["query"]) == (time, "a.example")


def test_the_root_is_a_name():
    line = DNS_SAMPLES["unbound"].splitlines(keepends=True)[0].replace(b"www.example.com.", b".")
    assert events_of(batches_of("dns_query", line))[1]["query"] == "."


def test_streams_and_files_of_other_kinds():
    assert [server.product for server in SERVERS] == list(FIRST)
    assert batches_of("dns_query", DNS_SAMPLES["windows-dns"])[0].stream == LogStream(
        "windows-dns", "query", "dns"
    )
    others = [b"", b"\n", b"a.example\nb.example\n", NETWORK_SAMPLES["squid"], NETWORK_SAMPLES["zeek"]]
    assert not any(map(sniff, others))
    assert not sniff(DNS_SAMPLES["bind"].splitlines()[1] + b"\n" * 2)
    assert not sniff(b"noise\n" * 9 + DNS_SAMPLES["unbound"])
