"""Hits of many blocks become one sighting for each indicator, field and host."""

from datetime import UTC, datetime

import pyarrow as pa
from tests.data.indicator_case import block_of, indicators_of

from bongsu.analyze.indicator_index import build_index
from bongsu.analyze.indicator_match import match_block
from bongsu.analyze.indicator_tally import IndicatorTally
from bongsu.analyze.package_match import match_packages
from bongsu.analyze.sighting import MOST_EVIDENCE
from bongsu.facts.log_field import LogField

MEANING = {
    "query": LogField("query.hostname", "domain"),
    "Computer": LogField("device.hostname", "host"),
    "User": LogField("actor.user.name", "user"),
    "id.orig_h": LogField("src_endpoint.ip", "ip"),
}
INDEX = build_index(
    indicators_of(
        {"type": "domain", "value": "evil.com", "source": "a@1", "cluster": "Kimsuky", "context": "c2"},
        {"type": "ip", "value": "91.2.3.4", "source": "a@1", "cluster": "Kimsuky"},
        {"type": "package", "value": "axios", "namespace": "npm", "versions": "1.14.1", "source": "a"},
        {"type": "package", "value": "axios", "namespace": "npm", "versions": "0.30.4", "source": "b"},
    )
)


def hour(number):
    return datetime(2025, 6, 1, number, tzinfo=UTC)


def sightings(*blocks):
    tally = IndicatorTally(INDEX)
    for number, block in enumerate(blocks):
        met = match_block(block, MEANING, INDEX) + match_packages(block, INDEX)
        numbers = pa.array([number] * block.rows, pa.int32())
        tally.add(block._replace(file=numbers), MEANING, met)
    return list(tally.sightings())


def test_hits_of_blocks_are_one_sighting_a_host():
    first = block_of(
        times=[hour(5), hour(3), hour(4), None],
        query=["evil.com", "a.evil.com", "evil.com", "evil.com"],
        Computer=["pc1", "pc1", "pc2", "pc1"],
        User=["kim", "kim", "lee", "kim"],
    )
    second = block_of(times=[hour(9)] * 3, query=["evil.com"] * 3, Computer=["pc1"] * 3, User=["kim"] * 3)
    one, two = sightings(first, second)
    assert (one.host, one.user, one.count, one.first, one.last) == ("pc1", "kim", 6, hour(3), hour(9))
    assert (two.host, two.user, two.count, two.first) == ("pc2", "lee", 1, hour(4))
    assert (one.rule, one.field, one.value, one.kind) == ("domain evil.com", "query", "evil.com", "indicator")
    assert one.clusters == ("a: Kimsuky",)
    assert [(place.sha256, place.locator) for place in one.evidence] == [
        ("#0", "1"),
        ("#0", "2"),
        ("#0", "4"),
        ("#1", "1"),
        ("#1", "2"),
    ]
    assert len(one.evidence) <= MOST_EVIDENCE
    assert one.evidence[1].what == "query: a.evil.com"
    assert "a: c2" in one.why


def test_of_network_logs_the_address_that_asked_is_the_host():
    block = block_of(query=["evil.com", "x.com"], id__orig_h=["10.0.0.7", "10.0.0.8"])
    (one,) = sightings(block)
    assert (one.host, one.user, one.first) == ("10.0.0.7", "", None)


def test_several_users_are_not_one():
    block = block_of(query=["evil.com"] * 2, Computer=["pc1"] * 2, User=["kim", "lee"])
    assert sightings(block)[0].user == ""


def test_of_a_package_the_rows_of_its_version_count():
    block = block_of(("lockfile", "npm"), name=["axios"], version=["0.30.4"], alias_of=[None])
    (one,) = sightings(block)
    assert (one.kind, one.rule, one.value, one.source) == (
        "package",
        "package npm/axios",
        "axios@0.30.4",
        "b",
    )


def test_no_hits_are_no_sightings():
    assert sightings(block_of(query=["a.com"])) == []
