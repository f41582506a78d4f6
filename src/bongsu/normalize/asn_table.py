"""Rows of a table of networks to prefixes: a range that is none becomes several."""

import ipaddress
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from bongsu.model.asn import ASN_PREFIX, NETWORK_KINDS
from bongsu.model.reject import REJECT
from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.time import parse_time

LONGEST_6 = 64
"""Longest prefix of version 6; nobody announces a longer one to the world."""
_WIDTH = {4: 32, 6: 128}
Span = tuple[int, int, int]
"""Version, first and last address."""


def normalize_networks(rows: pa.Table, source: str) -> tuple[pa.Table, pa.Table]:
    """Prefixes, schema `bongsu.model.asn.ASN_PREFIX`, and rejects of raw rows.

    Args:
        rows: Raw rows of `bongsu.read.asn_table`, with the column `locator`.
        source: SHA-256 of the file.

    Cost: some 10 microseconds a row.
    """
    found: dict[str, list[Any]] = {name: [] for name in ASN_PREFIX.names}
    rejects: list[dict[str, Any]] = []
    for row in rows.to_pylist():
        read = _read(row)
        if isinstance(read, Fault):
            place = {"source": source, "locator": row["locator"]}
            rejects.append(place | {"rule": read.rule, "message": read.why})
            continue
        span, rest = read
        for bits, first in _prefixes(span):
            for name, value in zip(ASN_PREFIX.names, (span[0], bits, first, *rest), strict=True):
                found[name].append(value)
    return pa.table(found, ASN_PREFIX), pa.Table.from_pylist(rejects, REJECT)


def _read(row: dict[str, str | None]) -> tuple[Span, tuple[Any, ...]] | Fault:
    span = _span(row)
    if isinstance(span, Fault):
        return span
    number = (row["asn"] or "").strip().upper().removeprefix("AS")
    if not number.isascii() or not number.isdigit() or int(number) >= 2**32:
        return Fault("bad_asn", _("{value} is no number of an autonomous system").format(value=row["asn"]))
    kind = (row["kind"] or "").strip().casefold()
    if kind not in NETWORK_KINDS:
        known = ", ".join(NETWORK_KINDS[1:])
        return Fault("bad_kind", _("{kind} is none of {known}").format(kind=kind, known=known))
    begin, end = _moment(row["valid_from"], last=False), _moment(row["valid_until"], last=True)
    for moment in (begin, end):
        if isinstance(moment, Fault):
            return moment
    return span, (int(number), (row["name"] or "").strip(), kind, begin, end)


def _span(row: dict[str, str | None]) -> Span | Fault:
    try:
        if row["cidr"]:
            network = ipaddress.ip_network(row["cidr"].strip(), strict=False)
            span = network.version, int(network.network_address), int(network.broadcast_address)
        else:
            first, last = (ipaddress.ip_address((row[side] or "").strip()) for side in ("start", "end"))
            if first.version != last.version or int(first) > int(last):
                return Fault("bad_range", _("the range ends before it begins"))
            span = first.version, int(first), int(last)
    except ValueError as error:
        return Fault("bad_range", str(error))
    shift = _WIDTH[6] - LONGEST_6
    if span[0] == 6 and (span[1] & ((1 << shift) - 1) or (span[2] + 1) & ((1 << shift) - 1)):
        return Fault(
            "narrow_range", _("of version 6 it must be made of whole /{most}").format(most=LONGEST_6)
        )
    return span


def _prefixes(span: Span) -> Iterator[tuple[int, int]]:
    """Length and first address of the fewest prefixes that make up a span; of version 6 the upper 64 bits."""
    version, first, last = span
    width, shift = (32, 0) if version == 4 else (LONGEST_6, _WIDTH[6] - LONGEST_6)
    first, last = first >> shift, last >> shift
    while first <= last:
        low = (first & -first).bit_length() - 1 if first else width
        size = min(low, (last - first + 1).bit_length() - 1)
        yield width - size, first
        first += 1 << size


def _moment(text: str | None, *, last: bool) -> datetime | Fault | None:
    """Time; a day as the end of validity is its whole day."""
    if not text or not text.strip():
        return None
    found = parse_time(text)
    if not isinstance(found, Fault) or found.rule != "bare_date":
        return found
    day = parse_time(f"{text.strip()} 00:00:00")
    return day + timedelta(days=1) if last and not isinstance(day, Fault) else day
