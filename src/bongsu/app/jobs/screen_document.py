"""What a screening found as plain data, with as little of anybody as a person needs to decide.

Accounts, phones, addresses and serials are shown by their first and last signs; who needs the whole value
opens the row of the source file that is cited. Wallets and network addresses are whole, and so is what stands
under `identifiers`: that is handed to `trace` and `hunt`. People who are not referred are counted, and named
by their id only where they share a thing with one who is, or may be the same person.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from bongsu.analyze.damping import MOST_SHARING
from bongsu.analyze.event_index import UNTOLD, EventIndex
from bongsu.analyze.network import METHOD as NETWORK_METHOD
from bongsu.analyze.network import Cluster
from bongsu.analyze.red_flag import METHOD as FLAG_METHOD
from bongsu.analyze.referral import METHOD, Referral
from bongsu.analyze.same_person import candidates_of
from bongsu.app.jobs.screen_found import Screened
from bongsu.app.jobs.screen_identifier import Identifiers, summary
from bongsu.app.jobs.screen_likeness import candidate_document, likeness_document
from bongsu.facts.red_flag import load_red_flags
from bongsu.model.marking import Marking
from bongsu.model.red_flag import FlagHit
from bongsu.model.text import _

SCHEMA = "bongsu.screen/1"
Document = dict[str, Any]
WHOLE = frozenset(
    {
        "wallet", "ip", "software", "flag", "utc_offset", "host_name", "department", "vendor", "skill",
        "domain", "",
    }
)  # fmt: skip
"""Things whose values are not shortened."""
_KEPT = 4
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def screen_document(
    found: Screened,
    events: pa.Table,
    *,
    sources: dict[str, str],
    marking: Marking,
    made: datetime,
    withheld: frozenset[str] = frozenset(),
) -> Document:
    """Document `bongsu.screen/1`; the same records give the same document but for `made`.

    Args:
        found: What was found.
        events: The events that it was found in, in the same order.
        sources: SHA-256 of a file to its name.
        marking: Marking of the document.
        made: When it is made; `bongsu screen purge` goes by it.
        withheld: Values that are handed to nobody: by negative labels, and the company's own.
    """
    referred = frozenset(one.subject for one in found.referrals)
    allowed = None if marking.releasable_to is None else sorted(marking.releasable_to)
    teller = _Teller(found, events, sources, withheld)
    cases = [teller.referral(one) for one in found.referrals]
    networks = [one for one in found.clusters if one.firm or referred & {*one.people}]
    return {
        "schema": SCHEMA,
        "made": made.isoformat(timespec="seconds"),
        "marking": {"tlp": marking.tlp.label, "releasable_to": allowed},
        "method": {"flags": FLAG_METHOD, "referrals": METHOD, "networks": NETWORK_METHOD},
        "events": found.records.size,
        "people": found.records.people,
        "referrals": cases,
        "networks": [teller.network(one, referred) for one in networks],
        "hubs": _hubs(found.hits),
        "vendors": [one._asdict() for one in found.vendors],
        "met": dict(sorted(Counter(hit.flag for hit in found.hits if not hit.explained).items())),
        "explained": dict(sorted(Counter(hit.flag for hit in found.hits if hit.explained).items())),
        "likeness": likeness_document(found.likeness),
        "hand_over": summary(one for case in cases for one in case["identifiers"]),
        "limits": _limits(),
    }


def shown_value(thing: str, value: str) -> str:
    """A value by its first and last signs, but for those that are handed on whole."""
    if thing in WHOLE or len(value) <= _KEPT:
        return value
    return f"{value[:_KEPT]}…{value[-2:]}" if len(value) > 2 * _KEPT else f"{value[:2]}…"


class _Teller:
    """Writes what was found with its evidence."""

    def __init__(
        self, found: Screened, events: pa.Table, sources: dict[str, str], withheld: frozenset[str]
    ) -> None:
        self._index: EventIndex = found.records
        self._likeness, self._egress = found.likeness, found.egress
        self._identifiers = Identifiers(found, events, withheld)
        self._events, self._sources = events, sources
        self._flags = load_red_flags()

    def referral(self, one: Referral) -> Document:
        """A case of one person."""
        return {
            "subject": one.subject,
            "kind": one.kind,
            "score": one.score,
            "families": list(one.families),
            "for": [self._hit(hit) for hit in one.hits],
            "explained": [self._hit(hit) | {"explained": hit.explained} for hit in one.explained],
            "against": list(one.against),
            "next_steps": list(one.next_steps),
            "tell": list(one.tell),
            "avoid": list(one.avoid),
            "timeline": self._timeline(one),
            "possibly_same": [
                candidate_document(other, pair)
                for other, pair in candidates_of(self._likeness.candidates, one.subject)
            ],
            "identifiers": self._identifiers.of(one),
        }

    def network(self, one: Cluster, referred: frozenset[str]) -> Document:
        """A network; people who are not referred are counted."""
        return {
            "referred": [person for person in one.people if person in referred],
            "others": sum(person not in referred for person in one.people),
            "firm": one.firm,
            "families": list(one.families),
            "employers": list(one.employers),
            "things": [{"kind": kind, "value": shown_value(kind, value)} for kind, value in one.things],
            "facilitators": [
                {"kind": kind, "value": shown_value(kind, value)} for kind, value in one.facilitators
            ],
        }

    def _hit(self, hit: FlagHit) -> Document:
        flag = self._flags[hit.flag]
        return {
            "flag": hit.flag,
            "title": flag.title,
            "family": hit.family,
            "strength": hit.strength,
            "verified_by": "machine" if hit.machine else "person",
            "why": _shorten(hit.why, hit.kind, hit.value),
            "thing": hit.kind,
            "value": shown_value(hit.kind, hit.value),
            "shared_with": list(hit.others),
            "networks": self._networks(hit),
            "sources": list(flag.sources),
            "evidence": [self._evidence(row) for row in hit.rows],
        }

    def _networks(self, hit: FlagHit) -> list[Document]:
        """Whose an address was at its first and last event, as the user's table says."""
        if hit.kind != "ip" or self._egress is None:
            return []
        return [one._asdict() for one in self._egress.networks(hit.value)]

    def _evidence(self, row: int) -> Document:
        stated = self._events.slice(row, 1).to_pylist()[0]
        time = stated["time"]
        return {
            "sha256": stated["source"],
            "file": self._sources.get(stated["source"], ""),
            "locator": stated["locator"],
            "what": " ".join(word for word in (stated["kind"], stated["thing"]) if word),
            "time": time.isoformat(timespec="seconds") if time else None,
        }

    def _timeline(self, one: Referral) -> list[Document]:
        """When what was met happened, in order; each row once."""
        rows = {row: hit for hit in one.hits for row in hit.rows}
        timed = sorted((int(self._index.time[row]), row) for row in rows if self._index.time[row] != UNTOLD)
        return [
            {
                "time": (_EPOCH + timedelta(microseconds=time)).isoformat(timespec="seconds"),
                "flag": rows[row].flag,
                "title": self._flags[rows[row].flag].title,
            }
            for time, row in timed
        ]


def _shorten(why: str, kind: str, value: str) -> str:
    return why.replace(value, shown_value(kind, value)) if value else why


def _hubs(hits: list[FlagHit]) -> list[Document]:
    """Things that too many share to join anybody, most people first; a person looks at each once."""
    found = {(hit.kind, hit.value): len(hit.others) + 1 for hit in hits if len(hit.others) >= MOST_SHARING}
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"kind": kind, "value": shown_value(kind, value), "people": people}
        for (kind, value), people in ranked
    ]


def _limits() -> list[str]:
    return [
        _("A referral is a reason for a person to look; it says nothing of guilt, origin or intent."),
        _("Two or three people who share a home or an account alone are never told from a couple."),
        _("What no file states was not looked at; that somebody is not referred does not clear them."),
        _("Names and days of birth say only which records may be of one person; no score or flag read them."),
        _("Birthplaces, nationalities, languages and schools were not read."),
    ]
