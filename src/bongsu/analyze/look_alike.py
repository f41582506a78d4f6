"""Host names that look like one of a list: by letters, by a slip, by a word beside it, by what stands before.

Measured rates are in docs/reference/look-alikes.md. A look-alike is a lead, no proof: firms are named alike.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from bongsu.analyze.registrable import HostParts, host_parts
from bongsu.analyze.skeleton import decoded_label, skeleton
from bongsu.facts.word_table import load_table, load_words
from bongsu.model.text import _

LOOK_ALIKE_KINDS = {
    "within": 80,
    "letters": 75,
    "word": 65,
    "joined": 60,
    "slip": 55,
    "suffix": 45,
    "inside": 40,
}
"""Kinds, the surest first, with the confidence of each."""
LEAST_SLIP, LEAST_TWO_SLIPS, LEAST_SUFFIX, LEAST_JOINED, LEAST_INSIDE = 6, 9, 4, 4, 5
"""Letters of a name, at least, for it to be looked for in that way: short names are near to everything."""
_MOST_KNOWN = 100_000
_PARTS = re.compile(r"[.-]+")


class Imitated(NamedTuple):
    """A domain that others may pose as."""

    domain: str
    label: str
    plain: bool
    """Its name is a word that others rightly use: it is looked for beside words of a lure only."""


class LookAlike(NamedTuple):
    """A host that looks like another's."""

    host: str
    like: str
    """Domain that it looks like."""
    kind: str
    """One of LOOK_ALIKE_KINDS."""
    confidence: int
    why: str


def shipped_institutions() -> dict[str, bool]:
    """Domains of the shipped example list, and whether the name of each is a common word."""
    table = load_table("institutions", "korea", "domains")
    return {domain: "common" in words for domain, words in table.items()}


def shipped_right() -> frozenset[str]:
    """Other domains of the bodies of the shipped list."""
    return load_words("institutions", "korea", "right")


class LookAlikes:
    """What is looked for, prepared once."""

    def __init__(self, domains: dict[str, bool], own: Iterable[str] = ()) -> None:
        """Prepares the list.

        Args:
            domains: Domains that others may pose as, and whether the name of each is a common word.
            own: Domains that are known to be right, with all below them.

        Raises:
            MissingExtraError: When tldextract is not installed.
        """
        imitated = [Imitated(one, host_parts(one).label, plain) for one, plain in domains.items()]
        self._right = {*domains, *own}
        self._known: dict[str, LookAlike | None] = {}
        self._words = load_words("mail_signs", "look-alike", "words")
        self._shown_words = {skeleton(one) for one in self._words}
        self._by_domain = {one.domain: one for one in imitated}
        self._by_label: dict[str, Imitated] = {}
        self._by_skeleton: dict[str, Imitated] = {}
        self._by_slip: dict[str, set[Imitated]] = defaultdict(set)
        for one in imitated:
            self._by_label.setdefault(one.label, one)
            self._by_skeleton.setdefault(skeleton(one.label), one)
            for key in _cut(one.label):
                self._by_slip[key].add(one)
        self._whole = _any_of(rf"\.{re.escape(one)}\." for one in domains)
        own_words = (one.label for one in imitated if not one.plain and len(one.label) >= LEAST_INSIDE)
        self._inside = _any_of(re.escape(one) for one in own_words)
        self._longest = max((len(one.label) for one in imitated), default=0) + 2

    def find(self, host: str) -> LookAlike | None:
        """The domain that a host looks like, by the surest way; None where it looks like none.

        Cost: some 150 microseconds for a name that was not asked for lately.
        """
        if host not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[host] = self._found(host)
        return self._known[host]

    def _found(self, host: str) -> LookAlike | None:
        name = host.strip().strip(".").lower()
        parts = host_parts(name)
        if not parts.label or not parts.suffix or self._is_right(name):
            return None
        found = [*self._within(name), *self._parts(name, parts), *self._whole_label(name, parts.label)]
        return max(found, key=lambda one: one.confidence, default=None)

    def _is_right(self, name: str) -> bool:
        labels = name.split(".")
        return any(".".join(labels[place:]) in self._right for place in range(len(labels)))

    def _within(self, name: str) -> Iterator[LookAlike]:
        """A whole domain that stands in front of another's."""
        met = self._whole.search(f".{name.replace('-', '.')}.")
        if met:
            why = _("{domain} stands before the name that is registered").format(domain=met[0].strip("."))
            yield _found(name, self._by_domain[met[0].strip(".")], "within", why)

    def _parts(self, name: str, parts: HostParts) -> Iterator[LookAlike]:
        """A name between dots and hyphens, alone or joined with a word of a lure."""
        labels = [*(one for one in parts.below.split(".") if one), parts.label]
        pieces = [piece for label in labels for piece in _PARTS.split(decoded_label(label)) if piece]
        words = [piece for piece in pieces if piece in self._words or skeleton(piece) in self._shown_words]
        for piece in pieces:
            shown = skeleton(piece)
            same, alike = self._by_label.get(piece), self._by_skeleton.get(shown)
            if same is None and alike is not None:
                why = _("{piece} looks like {label}").format(piece=piece, label=alike.label)
                yield _found(name, alike, "letters", why)
            elif same is None:
                yield from self._joined(name, piece, shown)
            elif piece != parts.label:
                yield from self._beside(name, same, [word for word in words if word != piece])

    def _beside(self, name: str, same: Imitated, words: list[str]) -> Iterator[LookAlike]:
        if words or not same.plain:
            beside = _("{label} stands beside {words}").format(label=same.label, words=", ".join(words[:3]))
            alone = _("{label} stands in a name of another").format(label=same.label)
            yield _found(name, same, "word", beside if words else alone)

    def _joined(self, name: str, piece: str, shown: str) -> Iterator[LookAlike]:
        """A name and a word of a lure written as one; else a name of its own within other letters."""
        for text, labels, words in (
            (piece, self._by_label, self._words),
            (shown, self._by_skeleton, self._shown_words),
        ):
            for place in range(2, len(text) - 1):
                left, right = text[:place], text[place:]
                label, word = (left, right) if left in labels else (right, left)
                if label in labels and len(label) >= LEAST_JOINED and word in words:
                    why = _("{piece} is {label} and {word}").format(piece=piece, label=label, word=word)
                    yield _found(name, labels[label], "joined", why)
                    return
        if met := self._inside.search(piece):
            why = _("{label} stands within {piece}").format(label=met[0], piece=piece)
            yield _found(name, self._by_label[met[0]], "inside", why)

    def _whole_label(self, name: str, label: str) -> Iterator[LookAlike]:
        """The registered label by itself: under another suffix, or with a slip or two."""
        same = self._by_label.get(label)
        if same is not None:
            if not same.plain and len(label) >= LEAST_SUFFIX:
                why = _("{label} is registered under another suffix").format(label=label)
                yield _found(name, same, "suffix", why)
            return
        if not LEAST_SLIP - 1 <= len(label) <= self._longest:
            return
        near = {one for key in _cut(label, least=LEAST_SLIP - 1) for one in self._by_slip.get(key, ())}
        for one in sorted(near):
            slips = distance(label, one.label, 2)
            if slips <= _allowed(one.label):
                why = _("{label} is {slips} letters from {other}")
                yield _found(name, one, "slip", why.format(label=label, slips=slips, other=one.label))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Pattern of any of them; of none, one that matches nothing."""
    longest_first = sorted(patterns, key=len, reverse=True)
    return re.compile("|".join(longest_first) if longest_first else r"(?!)")


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, leave out, change or swap to make one of the other; `most` + 1 if it takes more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for place, against in enumerate(other, start=1):
            cost = min(last[place] + 1, now[-1] + 1, last[place - 1] + (letter != against))
            if row > 1 and place > 1 and letter == other[place - 2] and one[row - 2] == against:
                cost = min(cost, before[place - 2] + 1)
            now.append(cost)
        before, last = last, now
    return min(last[-1], most + 1)


def _allowed(label: str) -> int:
    return 2 if len(label) >= LEAST_TWO_SLIPS else 1


def _cut(label: str, least: int = LEAST_SLIP) -> set[str]:
    """The label without any one or two of its letters: two labels that are near share such a rest."""
    if not least <= len(label) <= 40:
        return set()
    most = 2 if len(label) >= LEAST_TWO_SLIPS - 2 else 1
    places = range(len(label))
    return {
        "".join(letter for place, letter in enumerate(label) if place not in left)
        for count in range(most + 1)
        for left in combinations(places, count)
    }


def _found(host: str, one: Imitated, kind: str, why: str) -> LookAlike:
    return LookAlike(host, one.domain, kind, LOOK_ALIKE_KINDS[kind], why)
