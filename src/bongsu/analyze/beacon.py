"""Beacons: one source that asks one destination at regular times, found in any number of blocks.

Times of contacts are kept, 16 bytes each, up to a stated number; then the pairs with the fewest are let go,
and `notes` says so. Two finders of parts of the logs can be merged, and a finder can be pickled.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np

from bongsu.analyze.beacon_column import Contacts, contacts_of
from bongsu.analyze.beacon_reason import Series, Weighed, weigh
from bongsu.analyze.beacon_rhythm import FEWEST, Rhythm, regularities, rhythm_of
from bongsu.model.evidence import Evidence
from bongsu.model.log import LogBlock
from bongsu.model.sighting import Sighting
from bongsu.model.text import _

MOST_CONTACTS = 6_000_000
"""Contacts that are kept: about 100 MB, three times that while they are sorted."""
MOST_PAIRS = 400_000
"""Pairs that are kept: about 150 MB."""
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
Pair = tuple[str, str, str, str]
"""Kind, source, destination, port."""


class BeaconFinder:
    """Collects contacts from blocks of any streams; those of other streams are passed over."""

    def __init__(self, *, most_contacts: int = MOST_CONTACTS, most_pairs: int = MOST_PAIRS) -> None:
        self.most_contacts = most_contacts
        self.most_pairs = most_pairs
        self.events = 0
        """Contacts that were given."""
        self._ids: dict[Pair, int] = {}
        self._agents: list[str] = []
        self._evidence: list[tuple[str, int]] = []
        self._parts: list[tuple[Array, Array, Array]] = []
        self._kept = 0
        self._spans: dict[str, tuple[int, int]] = {}
        self._untold = 0
        self._let_go: Counter[str] = Counter()

    def add(self, block: LogBlock) -> None:
        """Nothing; takes the contacts of a block: events of one stream."""
        contacts = contacts_of(block)
        if contacts is None:
            return
        self._untold += contacts.rows_without
        if not len(contacts.pair):
            return
        self.events += len(contacts.pair)
        self._widen(contacts.kind, int(contacts.micros.min()), int(contacts.micros.max()))
        places = [(block.source(row), block.locator[row].as_py()) for row in contacts.first.tolist()]
        ids = np.array(
            [self._id((contacts.kind, *pair), contacts.agents[place], places[place])
             for place, pair in enumerate(contacts.pairs)],
            np.int32,
        )  # fmt: skip
        self._keep(ids, contacts)

    def merge(self, other: "BeaconFinder") -> None:
        """Nothing; takes all that another finder holds."""
        pairs = list(other._ids)
        ids = np.array(
            [
                self._id(pair, other._agents[place], other._evidence[place])
                for place, pair in enumerate(pairs)
            ],
            np.int32,
        )
        for kind, (first, last) in other._spans.items():
            self._widen(kind, first, last)
        self._parts += [(ids[pair], micros, size) for pair, micros, size in other._parts]
        self._kept += other._kept
        self.events += other.events
        self._untold += other._untold
        self._let_go.update(other._let_go)
        self._bound()

    def sightings(self) -> list[Sighting]:
        """Regular series, the likeliest beacons first; those with a plain reason are context, not alerts."""
        asked, sources = self._popularity()
        pairs = list(self._ids)
        found = []
        for place, rhythm, times in self._rhythms():
            kind, source, destination, port = pairs[place]
            series = Series(
                kind, source, destination, port, self._agents[place],
                len(asked[kind, destination]), len(sources[kind]),
            )  # fmt: skip
            found.append((rhythm, self._sighting(place, series, (weigh(series, rhythm), rhythm), times)))
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

    def _id(self, pair: Pair, agent: str, evidence: tuple[str, int]) -> int:
        known = self._ids.setdefault(pair, len(self._ids))
        if known == len(self._agents):
            self._agents.append(agent)
            self._evidence.append(evidence)
        return known

    def _widen(self, kind: str, first: int, last: int) -> None:
        before = self._spans.get(kind, (first, last))
        self._spans[kind] = (min(before[0], first), max(before[1], last))

    def _keep(self, ids: Array, contacts: Contacts) -> None:
        self._parts.append((ids[contacts.pair], contacts.micros, contacts.size))
        self._kept += len(contacts.pair)
        self._bound()

    def _bound(self) -> None:
        """Nothing; beyond what may be kept, lets irregular pairs go, then those with the fewest contacts."""
        if self._kept <= self.most_contacts and len(self._ids) <= self.most_pairs:
            return
        pair, micros, size = self._sorted()
        counts = np.bincount(pair, minlength=len(self._ids))
        rank = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
        self._let_go["busy"] += int(np.count_nonzero(counts > PAIR_MOST))
        within = rank < PAIR_MOST
        pair, micros, size = pair[within], micros[within], size[within]
        counts = np.minimum(counts, PAIR_MOST)
        contacts, regularity = regularities(pair, micros, len(counts))
        irregular = (contacts >= 2 * FEWEST) & (regularity < IRREGULAR)
        self._let_go["irregular"] += int(np.count_nonzero(irregular))
        order = np.argsort(np.where(irregular, 1, -counts), kind="stable")
        fits = np.cumsum(counts[order]) <= self.most_contacts // 2
        fits[self.most_pairs // 2 :] = False
        kept = np.sort(order[fits & ~irregular[order]])
        self._let_go["pairs"] += len(counts) - len(kept) - int(np.count_nonzero(irregular))
        self._renumber(kept)
        new = np.full(len(counts), -1, np.int32)
        new[kept] = np.arange(len(kept), dtype=np.int32)
        stays = new[pair] >= 0
        self._parts = [(new[pair[stays]], micros[stays], size[stays])]
        self._kept = int(np.count_nonzero(stays))

    def _renumber(self, kept: Array) -> None:
        pairs = list(self._ids)
        places = kept.tolist()
        self._ids = {pairs[place]: number for number, place in enumerate(places)}
        self._agents = [self._agents[place] for place in places]
        self._evidence = [self._evidence[place] for place in places]

    def _sorted(self) -> tuple[Array, Array, Array]:
        """Contacts by pair and time."""
        if not self._parts:
            return np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.int32)
        pair, micros, size = (np.concatenate(column) for column in zip(*self._parts, strict=True))
        order = np.lexsort((micros, pair))
        self._parts = [(pair[order], micros[order], size[order])]
        return self._parts[0]

    def _rhythms(self) -> Iterator[tuple[int, Rhythm, Array]]:
        """Regular series: number of the pair, rhythm, times."""
        pair, micros, size = self._sorted()
        kinds = [one[0] for one in self._ids]
        ends = np.cumsum(np.bincount(pair, minlength=len(kinds)))
        _contacts, regularity = regularities(pair, micros, len(kinds))
        for place in np.flatnonzero(regularity >= LIKELY).tolist():
            start = int(ends[place - 1]) if place else 0
            last = min(int(ends[place]), start + PAIR_MOST)
            rhythm = rhythm_of(micros[start:last], size[start:last], self._spans[kinds[place]])
            if rhythm is not None and rhythm.regular:
                yield place, rhythm, micros[start:last]

    def _popularity(self) -> tuple[dict[tuple[str, str], set[str]], dict[str, set[str]]]:
        asked: dict[tuple[str, str], set[str]] = defaultdict(set)
        sources: dict[str, set[str]] = defaultdict(set)
        for kind, source, destination, _port in self._ids:
            asked[kind, destination].add(source)
            sources[kind].add(source)
        return asked, sources

    def _sighting(
        self, place: int, series: Series, weighed: tuple[Weighed, Rhythm], times: Array
    ) -> Sighting:
        judged, rhythm = weighed
        sha256, locator = self._evidence[place]
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
            evidence=(Evidence(sha256=sha256, locator=str(locator), what=_("first contact")),),
            source=_SOURCE,
        )


def _moment(micros: int) -> datetime:
    return datetime.fromtimestamp(int(micros) / 1_000_000, UTC)
