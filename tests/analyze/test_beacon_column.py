"""Who asks whom is read from the columns of Zeek, Sysmon, Suricata and proxies."""

import pyarrow as pa
from tests.analyze.log_block import block

from bongsu.analyze.beacon_column import contacts_of

TIME = "2030-01-01T00:00:00Z"


def pairs_of(found):
    return list(
        zip(*(found.pairs[name].to_pylist() for name in ("source", "destination", "port")), strict=True)
    )


def one(row, **stream):
    found = contacts_of(block([{"ts": TIME} | row], **stream))
    return pairs_of(found)[0]


def test_each_log_says_it_in_its_own_words():
    zeek = {"id.orig_h": "10.0.0.1", "id.resp_h": "192.0.2.1", "id.resp_p": "80"}
    assert one(zeek | {"host": "A.Example."}) == ("10.0.0.1", "a.example", "80")
    assert one(zeek | {"host": "-"}) == ("10.0.0.1", "192.0.2.1", "80")
    assert one(zeek, service="conn") == ("10.0.0.1", "192.0.2.1", "80")
    assert one(zeek | {"server_name": "b.example"}, service="ssl")[1] == "b.example"
    sysmon = {"SourceIp": "10.0.0.1", "DestinationIp": "192.0.2.1", "DestinationPort": "443"}
    stream = {"product": "windows", "service": "sysmon", "category": "network_connection"}
    assert one(sysmon, **stream) == ("10.0.0.1", "192.0.2.1", "443")
    suricata = {"src_ip": "10.0.0.1", "dest_ip": "192.0.2.1", "http.hostname": "c.example"}
    assert one(suricata, product="suricata") == ("10.0.0.1", "c.example", "")


def test_of_a_url_the_host_counts():
    for url in ("http://u@D.Example:8080/p?q=e.example", "d.example:443", "https://d.example"):
        row = {"client": "10.0.0.1", "url": url}
        assert one(row, service="", category="proxy", product="squid") == ("10.0.0.1", "d.example", "")


def test_a_pair_stands_once_and_events_without_a_side_are_counted():
    rows = [{"ts": TIME, "id.orig_h": "10.0.0.1", "host": "a.example", "user_agent": "x"}] * 3
    rows += [
        {"ts": TIME, "id.orig_h": "-", "host": "a.example"},
        {"id.orig_h": "10.0.0.2", "host": "b.example"},
    ]
    found = contacts_of(block(rows))
    assert pairs_of(found) == [("10.0.0.1", "a.example", "")]
    assert found.key.tolist() == found.pairs["key"].to_pylist() * 3
    assert found.pairs["agent"].to_pylist() == ["x"]
    assert found.size.tolist() == [-1, -1, -1]
    assert found.rows_without == 2


def test_sizes_that_are_no_numbers_are_not_stated():
    rows = [{"ts": TIME, "id.orig_h": "1", "host": "a", "request_body_len": text} for text in ("7", "-", "x")]
    assert contacts_of(block(rows)).size.tolist() == [7, -1, -1]


def test_other_streams_are_passed_over():
    assert contacts_of(block([{"ts": TIME, "id.orig_h": "10.0.0.1", "host": "a"}], service="files")) is None
    assert contacts_of(block([{"ts": TIME, "text": "a"}])) is None
    made = block([{"ts": TIME, "id.orig_h": "10.0.0.1", "host": "a"}])
    assert isinstance(made.time, pa.Array)


def test_a_key_stands_for_kind_source_destination_and_port_in_any_block():
    row = {"ts": TIME, "id.orig_h": "10.0.0.1", "id.resp_h": "192.0.2.1", "id.resp_p": "80", "host": "a"}
    rows = [row, row | {"id.orig_h": "10.0.0.2"}, row | {"host": "b"}, row | {"id.resp_p": "81"}]
    keys = [contacts_of(block([one])).key[0] for one in rows]
    assert len(set(keys)) == 4
    assert contacts_of(block(rows)).key.tolist() == keys
    assert contacts_of(block([row], service="dns")).key[0] not in keys
