"""Rows of a table of networks to prefixes and rejects."""

import ipaddress
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.model.asn import ASN_PREFIX
from bongsu.normalize.asn_table import normalize_networks
from bongsu.read.asn_table import ASN_TABLE


def normalized(**stated):
    row = dict.fromkeys(ASN_TABLE.RAW.names) | {"asn": "64500"} | stated
    table = pa.table({name: pa.array([text], pa.string()) for name, text in row.items()})
    found, rejects = normalize_networks(table.append_column("locator", pa.array([7])), "a" * 64)
    assert found.schema == ASN_PREFIX
    return found.to_pylist(), rejects.to_pylist()


def test_a_row_with_everything():
    ((row,), rejects) = normalized(
        cidr="198.51.100.0/24",
        asn="AS64501",
        name=" A ",
        kind="VPN",
        valid_from="2025-01-01",
        valid_until="2025-12-31",
    )
    assert rejects == []
    assert row == {
        "version": 4,
        "bits": 24,
        "first": int(ipaddress.ip_address("198.51.100.0")),
        "asn": 64501,
        "name": "A",
        "kind": "vpn",
        "valid_from": datetime(2025, 1, 1, tzinfo=UTC),
        "valid_until": datetime(2026, 1, 1, tzinfo=UTC),  # the last day is whole
    }


@pytest.mark.parametrize(
    ("stated", "rule"),
    [
        ({}, "bad_range"),
        ({"cidr": "8.8.8.0/33"}, "bad_range"),
        ({"start": "8.8.8.9", "end": "8.8.8.0"}, "bad_range"),
        ({"start": "8.8.8.9", "end": "::"}, "bad_range"),
        ({"cidr": "2001:db8::/65"}, "narrow_range"),
        ({"start": "2001:db8::", "end": "2001:db8::5"}, "narrow_range"),
        ({"cidr": "8.8.8.0/24", "asn": "x"}, "bad_asn"),
        ({"cidr": "8.8.8.0/24", "asn": "4294967296"}, "bad_asn"),
        ({"cidr": "8.8.8.0/24", "kind": "farm"}, "bad_kind"),
        ({"cidr": "8.8.8.0/24", "valid_from": "soon"}, "bad_time"),
        ({"cidr": "8.8.8.0/24", "valid_until": "2025-02-30"}, "bad_time"),
    ],
)
def test_what_cannot_be_used_is_a_reject(stated, rule):
    rows, (reject,) = normalized(**stated)
    assert (rows, reject["rule"], reject["locator"]) == ([], rule, 7)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**20))
def test_a_range_is_the_fewest_prefixes_that_make_it_up(first, size):
    last = min(first + size, 2**32 - 1)
    start, end = ipaddress.IPv4Address(first), ipaddress.IPv4Address(last)
    rows, _rejects = normalized(start=str(start), end=str(end))
    expected = [(int(x.network_address), x.prefixlen) for x in ipaddress.summarize_address_range(start, end)]
    assert [(row["first"], row["bits"]) for row in rows] == expected


def test_version_6_is_kept_by_its_upper_half():
    rows, _rejects = normalized(start="2001:db8::", end="2001:db8:0:2:ffff:ffff:ffff:ffff")
    top = int(ipaddress.ip_address("2001:db8::")) >> 64
    assert [(row["version"], row["bits"], row["first"]) for row in rows] == [(6, 63, top), (6, 64, top + 2)]
    whole, _rejects = normalized(cidr="::/0")
    assert [(row["bits"], row["first"]) for row in whole] == [(0, 0)]
