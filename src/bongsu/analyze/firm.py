"""Signs of a front in what is known of a firm's site: young, copied, beside domains that were seized."""

from collections.abc import Callable
from typing import NamedTuple

from bongsu.analyze.event_index import DAY, UNTOLD, Array, EventIndex

MOST_FIRMS = 25
"""Firms that have a passage, or a registrar with a host, at most for it to say anything."""
YOUNG_DAYS = 365
"""A domain registered so shortly before somebody was hired, or applied, through the firm is young."""
LEAST_PASSAGES = 4
"""Rare passages that the site shares with other firms'."""
LEAST_SIGNS = 2
"""Of youth, copied text, and registrar and host in common with a seized domain."""
Values = dict[str, int]
"""Value to a row that states it."""


class Signs(NamedTuple):
    """Signs of a front that a firm has."""

    number: int
    rows: tuple[int, ...]
    front: bool
    """Whether they are enough."""


class Firms:
    """Firms of the records by name; a firm that nobody describes has no sign.

    Args:
        index: Events.
        rows: Rows of a kind of event about a thing, for instance those that a rule may read.
        listed: Things and values that the user's list has.
    """

    def __init__(
        self, index: EventIndex, rows: Callable[[str, str], Array], listed: dict[tuple[str, str], str]
    ) -> None:
        self._index, self._listed = index, listed
        self._stated: dict[str, dict[str, Values]] = {}
        for thing in ("domain", "registrar", "hosting", "passage"):
            for row in rows("company", thing).tolist():
                name = plain_firm(index.subject.texts[index.subject.codes[row]])
                values = self._stated.setdefault(name, {}).setdefault(thing, {})
                values.setdefault(index.value.texts[index.value.codes[row]], row)
        self._copied, self._beside = self._find_copied(), self._find_beside()

    def signs(self, name: str, when: int) -> Signs:
        """Signs of the firm for somebody who came, or claims to have come, through it at a time."""
        domains = self._of(name, "domain")
        young = [row for row in domains.values() if self._is_young(row, when)]
        seized = [row for text, row in domains.items() if ("domain", text) in self._listed]
        found = [rows for rows in (young, self._copied.get(name), self._beside.get(name)) if rows]
        rows = dict.fromkeys(row for rows in (seized, *found) for row in rows)
        front = bool(seized) or len(found) >= LEAST_SIGNS
        return Signs(len(found) + bool(seized), tuple(rows), front)

    def _of(self, name: str, thing: str) -> Values:
        return self._stated.get(name, {}).get(thing, {})

    def _is_young(self, row: int, when: int) -> bool:
        registered = int(self._index.time[row])
        return UNTOLD not in {registered, when} and when - registered < YOUNG_DAYS * DAY

    def _find_copied(self) -> dict[str, list[int]]:
        """Firm to rows of passages that few other firms' sites have too, where there are enough."""
        having: dict[str, list[str]] = {}
        for name in self._stated:
            for passage in self._of(name, "passage"):
                having.setdefault(passage, []).append(name)
        found: dict[str, list[int]] = {}
        for passage, names in having.items():
            for name in names if 1 < len(names) <= MOST_FIRMS else ():
                found.setdefault(name, []).append(self._of(name, "passage")[passage])
        return {name: rows for name, rows in found.items() if len(rows) >= LEAST_PASSAGES}

    def _find_beside(self) -> dict[str, list[int]]:
        """Firm to rows of registrar and host where a seized domain has both too, and few firms have them."""
        having: dict[tuple[str, str], list[str]] = {}
        for name in self._stated:
            for registrar in self._of(name, "registrar"):
                for host in self._of(name, "hosting"):
                    having.setdefault((registrar, host), []).append(name)
        found: dict[str, list[int]] = {}
        for (registrar, host), names in having.items():
            seized = [
                x for x in names if any(("domain", one) in self._listed for one in self._of(x, "domain"))
            ]
            for name in names if seized and len(names) <= MOST_FIRMS else ():
                found[name] = [self._of(name, "registrar")[registrar], self._of(name, "hosting")[host]]
        return found


def plain_firm(name: str) -> str:
    """Name of a firm in lower case with single blanks."""
    return " ".join(name.casefold().split())
