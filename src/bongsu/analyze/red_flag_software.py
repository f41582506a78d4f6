"""Red flags of software on laptops: remote control, what keeps them awake, virtual cameras."""

import re
from collections.abc import Iterator

from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.facts.word_table import load_words
from bongsu.model.text import _

IT_WORDS = frozenset({"it", "helpdesk", "support", "infrastructure", "security", "sre"})
"""Words in the name of a department whose people use such software for their work."""
LEAST_REMOTE = 2
"""So many remote-control programs on one laptop are more than habit."""


def remote_control(scope: Scope) -> Iterator[Met]:
    """Hits of people with two and more remote-control programs that IT did not install."""
    index = scope.index
    departments = index.values_of(scope.stated("work", "department"))
    for subject, found in _products(scope, "remote").items():
        if len(found) < LEAST_REMOTE:
            continue
        words = {word for code in departments.get(subject, ()) for word in index.value.texts[code].split()}
        explained = _("The department is one that uses such software.") if words & IT_WORDS else ""
        said = _("Remote-control programs on the laptop: {names}.").format(names=", ".join(sorted(found)))
        rows = tuple(sorted(found.values()))[:MOST_ROWS]
        yield Met(subject, said, rows, "software", explained=explained)


def keep_awake(scope: Scope) -> Iterator[Met]:
    """Hits of people with software that keeps a laptop awake."""
    yield from _each(scope, "awake", _("Software that keeps the laptop awake: {names}."))


def virtual_camera(scope: Scope) -> Iterator[Met]:
    """Hits of people with virtual cameras or voice changers."""
    yield from _each(scope, "camera", _("Virtual camera or voice changer: {names}."))


def _each(scope: Scope, table: str, why: str) -> Iterator[Met]:
    for subject, found in _products(scope, table).items():
        rows = tuple(sorted(found.values()))[:MOST_ROWS]
        yield Met(subject, why.format(names=", ".join(sorted(found))), rows, "software")


def _products(scope: Scope, table: str) -> dict[int, dict[str, int]]:
    """Subject to products of a table on their laptop that IT did not install, each with a row."""
    index = scope.index
    words = load_words("equipment", "software", table)
    pairs, first, _counts = index.pairs(scope.rows("software", "software"), index.value)
    named = {code: _product(index.value.texts[code], words) for code in {*pairs[:, 1].tolist()}}
    found: dict[int, dict[str, int]] = {}
    for (subject, value), row in zip(pairs.tolist(), first.tolist(), strict=True):
        product = named[value]
        if product and product not in scope.context.approved:
            found.setdefault(subject, {})[product] = row
    return found


def _product(text: str, words: frozenset[str]) -> str:
    """Product of the table that a program's name holds; empty for none."""
    plain = re.sub(r"[^a-z0-9]", "", text.casefold())
    return next((word for word in sorted(words) if word in plain), "")
