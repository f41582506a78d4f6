"""Whose the connections were that people went out through, at the time of the events.

Each different address is looked up twice, at its first and its last event, whatever the number of events.
Where a table calls it a carrier's, a VPN's or a hosting provider's at both times, sharing it says nothing:
strangers do.
"""

import ipaddress
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.event_index import UNTOLD, Array, EventIndex
from bongsu.kernel.prefix import Prefixes, longest_match
from bongsu.model.asn import SHARED_KINDS
from bongsu.model.text import _

_ENDLESS = np.iinfo(np.int64).max
_WIDTH = {4: 32, 6: 64}


class Network(NamedTuple):
    """An autonomous system as the table names it."""

    asn: int
    name: str
    kind: str


class Egress:
    """Networks of the addresses of events."""

    def __init__(self, index: EventIndex, prefixes: pa.Table) -> None:
        """Looks every different address up.

        Args:
            index: Events.
            prefixes: Schema `bongsu.model.asn.ASN_PREFIX`.

        Cost: a pass over the events for first and last times, then that of the different addresses.
        """
        texts = index.ip.texts
        first, last = _spans(index)
        self._first = _networks(texts, first, prefixes)
        self._last = _networks(texts, last, prefixes)

    def networks(self, address: str) -> tuple[Network, ...]:
        """Network at the first and at the last event, once where they are one; none where none is known."""
        found = (self._first.get(address), self._last.get(address))
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def explain(self, address: str) -> str:
        """Why sharing the address says nothing; empty where the table does not say so of the whole time."""
        first, last = self._first.get(address), self._last.get(address)
        if first is None or last is None or not {first.kind, last.kind} <= SHARED_KINDS:
            return ""
        told = {
            "carrier": _(
                "At that time it was of the carrier {name}, AS{asn}, whose customers share addresses."
            ),
            "vpn": _(
                "At that time it was of the VPN service {name}, AS{asn}, which strangers go out through."
            ),
            "hosting": _(
                "At that time it was of the hosting provider {name}, AS{asn}; anybody may rent there."
            ),
        }
        return told[last.kind].format(name=last.name or "?", asn=last.asn)


def _spans(index: EventIndex) -> tuple[Array, Array]:
    """First and last time of each address; where none is stated, the end of time for both."""
    count = len(index.ip.texts)
    timed = index.time != UNTOLD
    codes, times = index.ip.codes[timed], index.time[timed]
    first, last = np.full(count, _ENDLESS, np.int64), np.full(count, UNTOLD, np.int64)
    np.minimum.at(first, codes, times)
    np.maximum.at(last, codes, times)
    last[last == UNTOLD] = _ENDLESS - 1
    return np.minimum(first, _ENDLESS - 1), last


def _networks(texts: list[str], times: Array, prefixes: pa.Table) -> dict[str, Network]:
    """Address to its network at a time."""
    names, kinds = prefixes["name"], prefixes["kind"]
    numbers = prefixes["asn"].to_numpy()
    found: dict[str, Network] = {}
    parsed = [(place, ipaddress.ip_address(text)) for place, text in enumerate(texts) if text]
    for version, width in _WIDTH.items():
        rows = np.flatnonzero(prefixes["version"].to_numpy() == version)
        mine = [
            (place, int(one) >> (0 if version == 4 else 64))
            for place, one in parsed
            if one.version == version
        ]
        if not len(rows) or not mine:
            continue
        places = np.array([place for place, _number in mine], np.int64)
        wanted = np.array([number for _place, number in mine], np.uint64)
        match = longest_match(_prefixes(prefixes, rows), wanted, times[places], width)
        for place, row in zip(places[match >= 0].tolist(), rows[match[match >= 0]].tolist(), strict=True):
            found[texts[place]] = Network(int(numbers[row]), names[row].as_py(), kinds[row].as_py())
    return found


def _prefixes(prefixes: pa.Table, rows: Array) -> Prefixes:
    times = [
        pc.fill_null(prefixes[name].cast(pa.int64()), default).to_numpy()[rows]
        for name, default in (("valid_from", UNTOLD), ("valid_until", _ENDLESS))
    ]
    columns: Any = (prefixes[name].to_numpy()[rows] for name in ("bits", "first"))
    bits, first = columns
    return Prefixes(bits.astype(np.int64), first.astype(np.uint64), *times)
