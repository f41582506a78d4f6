"""Red flag of a firm behind people that looks like a front: young, copied, beside seized domains."""

from collections.abc import Iterator
from typing import NamedTuple

from bongsu.analyze.damping import MOST_SHARING
from bongsu.analyze.event_index import DAY, UNTOLD
from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.model.text import _

YOUNG_DAYS = 365
"""A domain registered so shortly before somebody was hired, or applied, through the firm is young."""
LEAST_PASSAGES = 4
"""Rare passages that the site shares with another firm's."""
LEAST_SIGNS = 2
"""Of youth, copied text, and registrar and host in common with a seized domain."""


class Firm(NamedTuple):
    """What is known of a firm's site: values by thing, each with a row."""

    stated: dict[str, dict[str, int]]

    def of(self, thing: str) -> dict[str, int]:
        """Values of a thing, each with a row."""
        return self.stated.get(thing, {})


def front_company(scope: Scope) -> Iterator[Met]:
    """Hits of people whom a firm placed, or who claim to have worked for it, if it has two signs of a front.

    The signs: a young domain; a text that few other sites have too; registrar and host of a domain that the
    user's list has, if no more than 25 firms have both. A listed domain is enough by itself.
    """
    firms = _firms(scope)
    copied, beside = _copied(firms), _beside_seized(scope, firms)
    for subject, names in sorted(_behind(scope).items()):
        for name, when in sorted(names.items()):
            firm = firms.get(name)
            if firm is None:
                continue
            young = [row for row in firm.of("domain").values() if _is_young(scope, row, when)]
            seized = [
                row for text, row in firm.of("domain").items() if ("domain", text) in scope.context.listed
            ]
            signs = [rows for rows in (young, copied.get(name, []), beside.get(name, [])) if rows]
            if seized or len(signs) >= LEAST_SIGNS:
                rows = [row for found in (seized, *signs) for row in found]
                why = _("A firm behind them, {name}, has {count} signs of a front.")
                said = why.format(name=name, count=len(signs) + bool(seized))
                yield Met(subject, said, tuple(dict.fromkeys(rows))[:MOST_ROWS], "vendor", name)


def _firms(scope: Scope) -> dict[str, Firm]:
    index, found = scope.index, dict[str, Firm]()
    for thing in ("domain", "registrar", "hosting", "passage"):
        for row in scope.stated("company", thing).tolist():
            name = _plain(index.subject.texts[index.subject.codes[row]])
            values = found.setdefault(name, Firm({})).stated.setdefault(thing, {})
            values.setdefault(index.value.texts[index.value.codes[row]], row)
    return found


def _behind(scope: Scope) -> dict[int, dict[str, int]]:
    """Subject to firms that placed it or that it claims, with the time of the statement."""
    index, found = scope.index, dict[int, dict[str, int]]()
    for kind, thing in (("work", "vendor"), ("resume", "job")):
        for row in scope.stated(kind, thing).tolist():
            text = index.value.texts[index.value.codes[row]]
            name = text.rpartition(" ")[0] if thing == "job" else text
            found.setdefault(int(index.subject.codes[row]), {})[_plain(name)] = int(index.time[row])
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _is_young(scope: Scope, row: int, when: int) -> bool:
    registered = int(scope.index.time[row])
    return UNTOLD not in {registered, when} and when - registered < YOUNG_DAYS * DAY


def _copied(firms: dict[str, Firm]) -> dict[str, list[int]]:
    """Firm to rows of passages that few other firms' sites have too, where there are enough."""
    having: dict[str, list[str]] = {}
    for name, firm in firms.items():
        for passage in firm.of("passage"):
            having.setdefault(passage, []).append(name)
    found: dict[str, list[int]] = {}
    for passage, names in having.items():
        for name in names if 1 < len(names) <= MOST_SHARING else ():
            found.setdefault(name, []).append(firms[name].of("passage")[passage])
    return {name: rows for name, rows in found.items() if len(rows) >= LEAST_PASSAGES}


def _beside_seized(scope: Scope, firms: dict[str, Firm]) -> dict[str, list[int]]:
    """Firm to rows of registrar and host where a seized domain has both too, and few firms have them."""
    having: dict[tuple[str, str], list[str]] = {}
    for name, firm in firms.items():
        for registrar in firm.of("registrar"):
            for host in firm.of("hosting"):
                having.setdefault((registrar, host), []).append(name)
    found: dict[str, list[int]] = {}
    for (registrar, host), names in having.items():
        seized = [
            x for x in names if any(("domain", d) in scope.context.listed for d in firms[x].of("domain"))
        ]
        for name in names if seized and len(names) <= MOST_SHARING else ():
            found[name] = [firms[name].of("registrar")[registrar], firms[name].of("hosting")[host]]
    return found
