"""Identifiers of referred people that may go to `trace` and `hunt`, whole, with dates and reasons.

What leaves is little on purpose. Of a payment case only the listed wallet leaves; of a person, what carrying
hits name and what the person stated as their own. Left out is what a label says many deal with, what is the
company's own, what is had by more people who are not referred than are, and what somebody who is not
referred states too: it may be an innocent household's or a shared hub. Rows of such people are not cited.
"""

import ipaddress
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from bongsu.analyze.event_index import UNTOLD, Array, EventIndex
from bongsu.analyze.referral import LISTED_WALLET, Referral
from bongsu.app.jobs.lead import account_of
from bongsu.app.jobs.screen_found import Screened
from bongsu.errors import AddressError
from bongsu.model.red_flag import FlagHit, weight_of
from bongsu.model.text import _

Document = dict[str, Any]
KINDS = ("wallet", "ip", "domain", "email", "handle")
"""Things that are handed over."""
STATED = (("contact", "email"), ("account", "handle"), ("payout", "wallet"))
"""Kinds of events by which somebody states a thing as their own."""
CONFIDENCE = {"low": 20, "medium": 40, "high": 60, "very_high": 75}
"""Confidence of an identifier by the strength of the best hit that names it, STIX scale."""
STATED_CONFIDENCE = 40
LEAST_WEIGHT = weight_of("high")
MOST_ROWS = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Thing(NamedTuple):
    kind: str
    value: str


class Identifiers:
    """Identifiers of each referred subject, by what a screening found."""

    def __init__(self, found: Screened, events: pa.Table, withheld: frozenset[str] = frozenset()) -> None:
        """Takes a screening.

        Args:
            found: What was found.
            events: Its events, in the same order.
            withheld: Values that never leave: by negative labels, and the company's own.
        """
        self._index: EventIndex = found.records
        self._events = events
        self._withheld = withheld
        self._referred = frozenset(one.subject for one in found.referrals)
        codes = [place for place, text in enumerate(self._index.subject.texts) if text in self._referred]
        self._rows: Array = np.flatnonzero(np.isin(self._index.subject.codes, codes))
        things = [self._index.thing.code(kind) for kind in KINDS]
        self._stating: Array = np.flatnonzero(np.isin(self._index.thing.codes, things))
        self._known: dict[_Thing, frozenset[str]] = {}

    def of(self, one: Referral) -> list[Document]:
        """Identifiers of a referral, by kind and value."""
        named: dict[_Thing, list[FlagHit]] = {}
        for hit in one.hits:
            if self._carries(one, hit):
                named.setdefault(_Thing(hit.kind, hit.value), []).append(hit)
        for thing in self._stated(one):
            named.setdefault(thing, [])
        kept = (thing for thing in sorted(named) if not self._is_withheld(thing, bool(named[thing])))
        return [made for thing in kept if (made := self._document(one, thing, named[thing]))]

    def _carries(self, one: Referral, hit: FlagHit) -> bool:
        if hit.kind not in KINDS or not hit.value or hit.explained:
            return False
        if one.kind == "payment":
            return hit.flag == LISTED_WALLET
        return hit.flag == LISTED_WALLET or weight_of(hit.strength) >= LEAST_WEIGHT

    def _stated(self, one: Referral) -> Iterator[_Thing]:
        """What a referred person stated as their own, and nobody else did who is not referred."""
        if one.kind == "payment":
            return
        index, code = self._index, self._index.subject.code(one.subject)
        for kind, thing in STATED:
            rows = index.rows(kind, thing)
            for value in np.unique(index.value.codes[rows[index.subject.codes[rows] == code]]).tolist():
                yield _Thing(thing, index.value.texts[value])

    def _is_withheld(self, thing: _Thing, met: bool) -> bool:
        """Whether it must stay: withheld, or too many have it who are not referred; `met`: a hit names it."""
        if not thing.value or thing.value in self._withheld:
            return True
        having = self._having(thing)
        others = len(having - self._referred)
        return 2 * others > len(having) if met else others > 0

    def _having(self, thing: _Thing) -> frozenset[str]:
        """Everybody whose records have it. Cost: of a network address a pass over all events, once."""
        if thing not in self._known:
            index = self._index
            all_rows = np.arange(index.size) if thing.kind == "ip" else self._stating
            codes = np.unique(index.subject.codes[_rows_with(index, all_rows, thing)])
            self._known[thing] = frozenset(index.names(codes))
        return self._known[thing]

    def _document(self, one: Referral, thing: _Thing, hits: list[FlagHit]) -> Document | None:
        type_, chain = _type_of(thing)
        if not type_:
            return None
        index = self._index
        mine = _rows_with(index, self._rows, thing)
        own = mine[index.subject.codes[mine] == index.subject.code(one.subject)]
        cited = [
            row
            for hit in hits
            for row in hit.rows
            if index.subject.texts[index.subject.codes[row]] in self._referred
        ]
        times = index.time[mine][index.time[mine] != UNTOLD]
        rows = list(dict.fromkeys([*own[:1].tolist(), *cited, *own.tolist()]))[:MOST_ROWS]
        stated = _("A referred person stated it as their own.")
        return {
            "type": type_,
            "value": thing.value,
            "chain": chain,
            "flags": sorted({hit.flag for hit in hits}),
            "why": list(dict.fromkeys(hit.why for hit in hits)) or [stated],
            "confidence": max((CONFIDENCE[hit.strength] for hit in hits), default=STATED_CONFIDENCE),
            "first_seen": _moment(times.min()) if len(times) else None,
            "last_seen": _moment(times.max()) if len(times) else None,
            "evidence": [self._place(row) for row in rows],
        }

    def _place(self, row: int) -> Document:
        stated = self._events.slice(row, 1).select(["source", "locator"]).to_pylist()[0]
        return {"sha256": stated["source"], "locator": stated["locator"]}


def summary(identifiers: Iterable[Document]) -> dict[str, list[str]]:
    """Values by where they go: wallets for `bongsu trace`, the others for `bongsu hunt`."""
    lists: dict[str, set[str]] = {
        name: set() for name in ("wallets", "addresses", "domains", "emails", "handles")
    }
    places = {"wallet": "wallets", "ipv4": "addresses", "ipv6": "addresses", "domain": "domains"}
    places |= {"email": "emails", "handle": "handles"}
    for one in identifiers:
        lists[places[one["type"]]].add(one["value"])
    return {name: sorted(values) for name, values in lists.items()}


def _rows_with(index: EventIndex, rows: Array, thing: _Thing) -> Array:
    """Those of the rows that have a thing."""
    if thing.kind == "ip":
        found: Array = rows[index.ip.codes[rows] == index.ip.code(thing.value)]
        return found
    named = index.thing.codes[rows] == index.thing.code(thing.kind)
    kept: Array = rows[named & (index.value.codes[rows] == index.value.code(thing.value))]
    return kept


def _type_of(thing: _Thing) -> tuple[str, str]:
    """Type of an indicator, and CAIP-2 chain of a wallet; empty where it is neither."""
    if thing.kind == "ip":
        return f"ipv{ipaddress.ip_address(thing.value).version}", ""
    if thing.kind != "wallet":
        return thing.kind, ""
    try:
        return "wallet", account_of(thing.value).chain
    except AddressError:
        return "", ""


def _moment(micros: int) -> str:
    return (_EPOCH + timedelta(microseconds=int(micros))).isoformat(timespec="seconds")
