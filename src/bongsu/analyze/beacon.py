"""Beacons: one source that asks one destination at regular times, found in any number of blocks.

Times of contacts are kept, 16 bytes each, up to a stated number; then the pairs with the fewest are let go,
and `notes` says so. Two finders of parts of the logs can be merged, and a finder can be pickled.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from bongsu.analyze.beacon_column import contacts_of
from bongsu.analyze.beacon_reason import Series, Weighed, weigh
from bongsu.analyze.beacon_rhythm import FEWEST, Rhythm, regularities, rhythm_of
from bongsu.analyze.beacon_store import ContactStore
from bongsu.model.evidence import Evidence
from bongsu.model.log import LogBlock
from bongsu.model.sighting import Sighting
from bongsu.model.text import _

MOST_CONTACTS = 6_000_000
"""Contacts that are kept: about 100 MB, three times that while they are sorted."""
MOST_PAIRS = 1_000_000
"""Rows of pairs that are kept: about 100 MB."""
PAIR_MOST = 20_000
"""First contacts of one pair that are looked at."""
IRREGULAR = 0.5
"""Regularity below which a pair is let go first when memory is short."""
LIKELY = 0.7
"""Regularity of all contacts of a pair from which its first PAIR_MOST are looked at."""
TECHNIQUES = {"http": ("T1071.001",), "tls": ("T1071.001",), "dns": ("T1071.004",), "conn": ("T1071",)}
CONFIDENCE = {"medium": 50, "low": 15, "informational": 5}
_SOURCE = "bongsu beacon@1"
Array = np.ndarray[Any, Any]


class BeaconFinder:
    """Collects contacts from blocks of any streams; those of other streams are passed over."""

    def __init__(self, *, most_contacts: int = MOST_CONTACTS, most_pairs: int = MOST_PAIRS) -> None:
        self.most_contacts = most_contacts
        self.most_pairs = most_pairs
        self.events = 0
        """Contacts that were given."""
        self.store = ContactStore()
        self._spans: dict[str, tuple[int, int]] = {}
        self._untold = 0
        self._let_go: Counter[str] = Counter()

    def add(self, block: LogBlock) -> None:
        """Nothing; takes the contacts of a block: events of one stream."""
        contacts = contacts_of(block)
        if contacts is None:
            return
        self._untold += contacts.rows_without
        if not len(contacts.key):
            return
        self.events += len(contacts.key)
        self._widen(contacts.kind, int(contacts.micros.min()), int(contacts.micros.max()))
        self.store.add(contacts.pairs, (contacts.key, contacts.micros, contacts.size))
        self._bound()

    def merge(self, other: "BeaconFinder") -> None:
        """Nothing; takes all that another finder holds."""
        self.store.merge(other.store)
        for kind, (first, last) in other._spans.items():
            self._widen(kind, first, last)
        self.events += other.events
        self._untold += other._untold
        self._let_go.update(other._let_go)
        self._bound()

    def sightings(self) -> list[Sighting]:
        """Regular series, the likeliest beacons first; those with a plain reason are context, not alerts."""
        pairs, contacts = self.store.arrange()
        asked, sources = _popularity(pairs)
        found = []
        for place, rhythm, times in self._rhythms(pairs, contacts):
            told = pairs.slice(place, 1).to_pylist()[0]
            series = Series(
                told["kind"], told["source"], told["destination"], told["port"], told["agent"],
                asked[told["kind"], told["destination"]], sources[told["kind"]],
            )  # fmt: skip
            where = Evidence(sha256=f"#{told['file']}", locator=str(told["locator"]), what=_("first contact"))
            found.append((rhythm, _sighting(series, (weigh(series, rhythm), rhythm), times, where)))
        found.sort(key=lambda one: (-one[1].confidence, -one[0].score, one[1].host, one[1].value))
        return [sighting for _rhythm, sighting in found]

    def notes(self) -> list[str]:
        """What could not be looked at, and why."""
        said = []
        if self._untold:
            text = _("{n} events state no time, source or destination: no beacon is found in them")
            said.append(text.format(n=self._untold))
        if self._let_go["pairs"]:
            text = _(
                "{n} pairs with the fewest contacts were let go for memory: slow beacons may be among them"
            )
            said.append(text.format(n=self._let_go["pairs"]))
        if self._let_go["irregular"]:
            text = _("contacts of {n} irregular pairs were let go for memory")
            said.append(text.format(n=self._let_go["irregular"]))
        if self._let_go["busy"]:
            text = _("of {n} busy pairs only the first {most} contacts were looked at")
            said.append(text.format(n=self._let_go["busy"], most=PAIR_MOST))
        return said

    def _widen(self, kind: str, first: int, last: int) -> None:
        before = self._spans.get(kind, (first, last))
        self._spans[kind] = (min(before[0], first), max(before[1], last))

    def _bound(self) -> None:
        """Nothing; beyond what may be kept, lets irregular pairs go, then those with the fewest contacts."""
        if self.store.contacts <= self.most_contacts and self.store.pair_rows <= self.most_pairs:
            return
        pairs, (pair, micros, _size) = self.store.arrange()
        counts = np.bincount(pair, minlength=len(pairs))
        if len(pair) <= self.most_contacts and len(pairs) <= self.most_pairs // 2:
            return  # it was many rows of few pairs
        rank = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
        self._let_go["busy"] += int(np.count_nonzero(counts > PAIR_MOST))
        within = rank < PAIR_MOST
        counts = np.minimum(counts, PAIR_MOST)
        contacts, regularity = regularities(pair[within], micros[within], len(counts))
        irregular = (contacts >= 2 * FEWEST) & (regularity < IRREGULAR)
        self._let_go["irregular"] += int(np.count_nonzero(irregular))
        order = np.argsort(np.where(irregular, 1, -counts), kind="stable")
        fits = np.cumsum(counts[order]) <= self.most_contacts // 2
        fits[self.most_pairs // 2 :] = False
        kept = np.sort(order[fits & ~irregular[order]])
        self._let_go["pairs"] += len(counts) - len(kept) - int(np.count_nonzero(irregular))
        stays = np.zeros(len(counts), bool)
        stays[kept] = True
        self.store.keep(kept, within & stays[pair])

    def _rhythms(
        self, pairs: pa.Table, contacts: tuple[Array, Array, Array]
    ) -> Iterator[tuple[int, Rhythm, Array]]:
        """Regular series: row of the pair, rhythm, times."""
        pair, micros, size = contacts
        ends = np.cumsum(np.bincount(pair, minlength=len(pairs)))
        _contacts, regularity = regularities(pair, micros, len(pairs))
        for place in np.flatnonzero(regularity >= LIKELY).tolist():
            start = int(ends[place - 1]) if place else 0
            last = min(int(ends[place]), start + PAIR_MOST)
            span = self._spans[pairs["kind"][place].as_py()]
            rhythm = rhythm_of(micros[start:last], size[start:last], span)
            if rhythm is not None and rhythm.regular:
                yield place, rhythm, micros[start:last]


def _popularity(pairs: pa.Table) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """How many sources ask each destination, and how many ask at all, by kind."""
    asked = pairs.group_by(["kind", "destination"]).aggregate([("source", "count_distinct")])
    names = zip(asked["kind"].to_pylist(), asked["destination"].to_pylist(), strict=True)
    sources = pairs.group_by("kind").aggregate([("source", "count_distinct")])
    return (
        dict(zip(names, asked["source_count_distinct"].to_pylist(), strict=True)),
        dict(zip(sources["kind"].to_pylist(), sources["source_count_distinct"].to_pylist(), strict=True)),
    )


def _sighting(series: Series, weighed: tuple[Weighed, Rhythm], times: Array, place: Evidence) -> Sighting:
    judged, rhythm = weighed
    return Sighting(
        kind="beacon",
        rule=f"beacon-{series.kind}",
        title=_("{source} asks {destination} every {seconds} seconds").format(
            source=series.source, destination=series.destination, seconds=round(rhythm.interval)
        ),
        level=judged.level,
        alert=judged.level == "medium",
        field="",
        value=series.destination,
        host=series.source,
        user="",
        first=_moment(times[0]),
        last=_moment(times[-1]),
        count=len(times),
        techniques=TECHNIQUES[series.kind],
        clusters=(),
        confidence=CONFIDENCE[judged.level],
        why=judged.why,
        innocent=(
            _("a program that looks for updates, keeps a clock or reports to its maker"),
            _("monitoring, a page left open, a content network"),
        ),
        next_steps=(
            _("Find the program that asks, and who installed it."),
            _("Find out since when the destination exists, and who else in the firm asks it."),
        ),
        evidence=(place,),
        source=_SOURCE,
    )


def _moment(micros: int) -> datetime:
    return datetime.fromtimestamp(int(micros) / 1_000_000, UTC)
