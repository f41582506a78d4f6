"""Whose an address was at the time; what strangers share says nothing."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest
from tests.data.event_rows import START, at, event, hits_of, index_of, sign_ins

from bongsu.analyze.damping import ScreenContext
from bongsu.analyze.egress import Egress, Network
from bongsu.model.asn import ASN_PREFIX

ADDRESS, SIX = "8.8.8.8", "2606:4700::1111"


def network(kind, first=0x08080800, bits=24, **more):
    row = {"version": 4, "bits": bits, "first": first, "asn": 64500, "name": "Example", "kind": kind}
    return row | {"valid_from": None, "valid_until": None} | more


def table(*rows):
    return pa.Table.from_pylist(list(rows), ASN_PREFIX)


def egress(*rows, events=()):
    return Egress(index_of(*(events or sign_ins("a", ADDRESS, range(30)))), table(*rows))


@pytest.mark.parametrize(("kind", "word"), [("carrier", "carrier"), ("vpn", "VPN"), ("hosting", "hosting")])
def test_a_network_of_strangers_explains_sharing(kind, word):
    found = egress(network(kind))
    assert found.networks(ADDRESS) == (Network(64500, "Example", kind),)
    assert word in found.explain(ADDRESS)
    assert "AS64500" in found.explain(ADDRESS)


@pytest.mark.parametrize("kind", ["residential", ""])
def test_a_home_or_an_unknown_network_explains_nothing(kind):
    assert egress(network(kind)).explain(ADDRESS) == ""
    assert egress(network("vpn", first=0x09000000)).networks(ADDRESS) == ()


def test_the_table_is_asked_for_the_time_of_the_events():
    before, after = network("vpn", valid_until=at(10)), network("residential", valid_from=at(10), name="Home")
    found = egress(before, after)
    assert [one.kind for one in found.networks(ADDRESS)] == ["vpn", "residential"]
    assert found.explain(ADDRESS) == ""
    assert egress(before, after, events=sign_ins("a", ADDRESS, range(5))).explain(ADDRESS)
    ended = network("vpn", valid_until=datetime(2020, 1, 1, tzinfo=UTC))
    assert egress(ended).networks(ADDRESS) == ()


def test_version_6_and_events_without_a_time():
    six = network("carrier", first=0x2606470000000000, bits=32, version=6)
    assert egress(six, events=sign_ins("a", SIX, [0])).explain(SIX)
    untold = [event("a", "sign_in", ip=ADDRESS, time=None)]
    assert egress(network("vpn"), events=untold).explain(ADDRESS)
    assert egress(network("vpn", valid_until=START), events=untold).explain(ADDRESS) == ""


def test_a_shared_exit_of_a_vpn_is_explained_and_a_shared_home_is_not():
    rows = [row for name in "abcd" for row in sign_ins(name, ADDRESS, range(40))]
    shared = {hit.flag for hit in hits_of(*rows) if hit.kind == "ip" and not hit.explained}
    assert shared
    for kind, explained in (("vpn", True), ("residential", False)):
        hits = hits_of(*rows, context=ScreenContext(networks=table(network(kind))))
        mine = [hit for hit in hits if hit.kind == "ip" and hit.flag in shared]
        assert len(mine) == 4 * len(shared)
        assert all(bool(hit.explained) == explained for hit in mine)
