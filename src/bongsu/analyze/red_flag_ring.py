"""Red flag of accounts of a code host that follow or work with accounts which the user's list has.

Accounts that follow everybody, or that everybody follows, join nobody.
"""

from collections.abc import Iterator

from bongsu.analyze.damping import MOST_SHARING
from bongsu.analyze.red_flag import Met, Scope
from bongsu.model.text import _

WORKED = frozenset({"commit", "collaborator", "co-author", "contributor", "member"})
"""Notes of a pair that worked together; a follow must be mutual."""
LOOKED_AT = ("application", "hire", "commit", "register", "contact")
"""Kinds of events one of which somebody has who is looked at; others only stand between."""


def flagged_ring(scope: Scope) -> Iterator[Met]:
    """Hits of accounts beside a listed one, medium, and of those two steps from it, low."""
    index = scope.index
    listed = {text for thing, text in scope.context.listed if thing == "handle"}
    if not listed:
        return
    beside, rows = _beside(scope)
    handles = index.values_of(scope.stated("account", "handle"))
    looked = {
        int(x) for kind in LOOKED_AT for x in index.subject.codes[index.kind.codes == index.kind.code(kind)]
    }
    for subject in sorted(handles.keys() & looked):
        own = {index.value.texts[value] for value in handles[subject]}
        near = {other for handle in own for other in beside.get(handle, ())} - own
        first = sorted(near & listed)
        between = sorted(other for other in near if beside.get(other, set()) & listed - own)
        for flagged in first[:1]:
            why = _("It and the listed account {value} follow each other or work together.")
            cited = _cited(rows, own, {flagged})
            yield Met(subject, why.format(value=flagged), cited, "handle", flagged)
        if between and not first and not own & listed:
            why = _("It is two steps from a listed account, by {value}.").format(value=between[0])
            cited = _cited(rows, own, {between[0]})
            yield Met(subject, why, cited, "handle", between[0], strength="low")


def _beside(scope: Scope) -> tuple[dict[str, set[str]], dict[tuple[str, str], int]]:
    """Account to those that it follows and that follow it, or that it works with; and a row of each pair."""
    index = scope.index
    handles = index.values_of(scope.stated("account", "handle"))
    pairs: dict[tuple[str, str], int] = {}
    worked: set[tuple[str, str]] = set()
    for row in scope.rows("follow", "handle").tolist():
        other = index.value.texts[index.value.codes[row]]
        for value in handles.get(int(index.subject.codes[row]), ()):
            pair = index.value.texts[value], other
            pairs.setdefault(pair, row)
            if index.note.texts[index.note.codes[row]].casefold() in WORKED:
                worked.add(pair)
    crowd = _crowded(pairs)
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        mutual = (other, one) in pairs or (one, other) in worked
        if mutual and one != other and not crowd & {one, other}:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return found, pairs


def _crowded(pairs: dict[tuple[str, str], int]) -> set[str]:
    """Accounts with more others than a thing joins."""
    counts: dict[str, set[str]] = {}
    for one, other in pairs:
        counts.setdefault(one, set()).add(other)
        counts.setdefault(other, set()).add(one)
    return {name for name, others in counts.items() if len(others) > MOST_SHARING}


def _cited(rows: dict[tuple[str, str], int], own: set[str], others: set[str]) -> tuple[int, ...]:
    pairs = [pair for one in own for other in others for pair in ((one, other), (other, one))]
    return tuple(sorted(rows[pair] for pair in pairs if pair in rows))
