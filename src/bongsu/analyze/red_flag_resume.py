"""Red flags of what an application claims: passages that stand in others, technologies before their time."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from bongsu.analyze.damping import MOST_SHARING
from bongsu.analyze.red_flag import Met, Scope
from bongsu.facts.word_table import load_table
from bongsu.model.text import _

LEAST_PASSAGES = 4
"""Rare passages that two résumés share at least: some 40 words in a row, or several shorter runs."""
LEAST_FILES = 3
"""Rare files that two portfolio sites share at least."""
LEAST_EARLY = 2
"""Years before a technology was published from which on a claim is no slip of the pen."""


class Alike(NamedTuple):
    """What somebody shares with others: who, and which values and rows show it."""

    others: list[int]
    value: str
    rows: tuple[int, ...]
    most: int
    """Values shared with the one who shares most."""


def copied_resume(scope: Scope) -> Iterator[Met]:
    """Hits of applications whose résumés share rare passages; what more than 25 have is a template.

    Cost: a sort of the passages, and a pair for each two people who share a rare one.
    """
    why = _("{count} rare passages of the résumé stand in another candidate's too.")
    yield from alike_hits(scope, ("resume", "passage"), LEAST_PASSAGES, why)


def reused_portfolio(scope: Scope) -> Iterator[Met]:
    """Hits of people whose portfolio sites share files that few have."""
    why = _("{count} files of the portfolio site, which few have, are on another candidate's too.")
    yield from alike_hits(scope, ("profile", "asset"), LEAST_FILES, why)


def early_skill(scope: Scope) -> Iterator[Met]:
    """Hits of claims of a technology two years and more before it was published."""
    index = scope.index
    published = load_table("equipment", "technology", "published")
    pairs, first, _counts = index.pairs(scope.rows("resume", "skill"), index.value)
    for (subject, value), row in zip(pairs.tolist(), first.tolist(), strict=True):
        name, _blank, year = index.value.texts[value].rpartition(" ")
        known = published.get(name)
        if known and year.isdigit() and int(year) + LEAST_EARLY <= int(known[0]):
            why = _("Experience with {name} is claimed since {year}; it was published in {known}.")
            said = why.format(name=name, year=year, known=known[0])
            yield Met(subject, said, (row,), "skill", index.value.texts[value])


def alike_hits(scope: Scope, what: tuple[str, str], least: int, why: str) -> Iterator[Met]:
    """Hits of subjects who share so many rare values of one kind of event and thing with another subject.

    Args:
        scope: Of the rule.
        what: Kind of event and thing.
        least: Values that two must share.
        why: Sentence with {count}.
    """
    index, (_kind, thing) = scope.index, what
    for subject, found in sorted(_alike(scope, what, least).items()):
        everybody = np.array(sorted({subject, *found.others}))
        explained = scope.damping.explain(thing, found.value, everybody)
        others = index.names(np.array(found.others))
        yield Met(subject, why.format(count=found.most), found.rows, thing, found.value, others, explained)


def _alike(scope: Scope, what: tuple[str, str], least: int) -> dict[int, Alike]:
    """Subject to what it shares with others under another mailbox."""
    index = scope.index
    common: Counter[tuple[int, int]] = Counter()
    values: dict[tuple[int, int], str] = {}
    shown: dict[tuple[int, int], list[int]] = {}
    for one in index.shared(scope.rows(*what), index.value):
        if len(one.subjects) <= MOST_SHARING:
            text = index.value.texts[one.value]
            row_of = dict(zip(one.subjects.tolist(), one.rows.tolist(), strict=True))
            for pair in combinations(one.subjects.tolist(), 2):
                common[pair] += 1
                values[pair] = min(values.get(pair, text), text)
                shown.setdefault(pair, []).extend(row_of[side] for side in pair)
    boxes = index.values_of(scope.stated("contact", "email"))
    found: dict[int, Alike] = {}
    for pair, count in sorted(common.items()):
        if count >= least and not boxes.get(pair[0], set()) & boxes.get(pair[1], set()):
            for side, other in (pair, pair[::-1]):
                old = found.get(side, Alike([], values[pair], tuple(shown[pair][:4]), 0))
                value, most = min(old.value, values[pair]), max(old.most, count)
                found[side] = old._replace(others=[*old.others, other], value=value, most=most)
    return found
