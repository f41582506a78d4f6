"""Red flag of accounts of a freelance platform between which most of their money goes round."""

from collections.abc import Iterator

import numpy as np

from bongsu.analyze.damping import MOST_SHARING
from bongsu.analyze.event_index import Array, EventIndex
from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.kernel.union_find import joined_sets
from bongsu.model.text import _

LEAST_SHARE = 0.5
"""Share of what an account gets, and of what it pays, that stays among the accounts of a ring."""
LEAST_PAYMENTS = 2
"""Payments that an account of a ring gets, and makes, at least: one back is a refund."""


def funding_ring(scope: Scope) -> Iterator[Met]:
    """Hits of accounts that get most of their money from, and pay most of it to, a ring of 25 at most.

    Accounts that earn or spend mostly outside are taken away until none is left to take. A client who comes
    back earns nothing there, and so is no ring. Cost: a pass of the payments for each round of taking away.
    """
    index = scope.index
    rows = scope.rows("payment", "account")
    known = _accounts(index)
    codes, place = np.unique(index.value.codes[rows], return_inverse=True)
    to = np.array([known.get(index.value.texts[code], -1) for code in codes.tolist()], np.int64)[place]
    rows, to = rows[to >= 0], to[to >= 0]
    payer = index.subject.codes[rows].astype(np.int64)
    rows, payer, to = rows[payer != to], payer[payer != to], to[payer != to]
    inside = _core(index, rows, payer, to)
    for group in _groups(payer[inside], to[inside], index.people):
        if len(group) <= MOST_SHARING:
            yield from _ring(scope, group, (rows[inside], payer[inside], to[inside]))


def _ring(scope: Scope, group: list[int], paid: tuple[Array, Array, Array]) -> Iterator[Met]:
    index, (rows, payer, to) = scope.index, paid
    names = index.names(np.array(group))
    for place, subject in enumerate(group):
        own = rows[(payer == subject) | (to == subject)]
        others = names[:place] + names[place + 1 :]
        explained = scope.damping.explain("account", "", np.array(group))
        why = _("Most of its money comes from and goes to {count} accounts that pay each other.")
        cited = tuple(own[:MOST_ROWS].tolist())
        yield Met(subject, why.format(count=len(group)), cited, "account", min(names), others, explained)


def _accounts(index: EventIndex) -> dict[str, int]:
    """Account to the subject that has it: the account itself, or who states it as an alias."""
    rows = index.rows("alias", "account")
    found = {text.casefold(): code for code, text in enumerate(index.subject.texts)}
    stated = zip(index.value.codes[rows].tolist(), index.subject.codes[rows].tolist(), strict=True)
    return {index.value.texts[value]: subject for value, subject in stated} | found


def _core(index: EventIndex, rows: Array, payer: Array, to: Array) -> Array:
    """Which payments are between accounts left when those with most of their money outside are gone."""
    amounts, count = _amounts(index, rows), index.people
    kept = np.ones(count, bool)
    earned, spent = (np.bincount(side, amounts, count) for side in (to, payer))
    while True:
        inside = kept[payer] & kept[to]
        got, gave = (np.bincount(side[inside], amounts[inside], count) for side in (to, payer))
        often = (np.bincount(side[inside], minlength=count) >= LEAST_PAYMENTS for side in (to, payer))
        stays = kept & (got > LEAST_SHARE * earned) & (gave > LEAST_SHARE * spent)
        for many in often:
            stays &= many
        if (stays == kept).all():
            found: Array = inside
            return found
        kept = stays


def _amounts(index: EventIndex, rows: Array) -> Array:
    """Amounts of payments, which the notes hold; where one has none, each counts the same."""
    codes, place = np.unique(index.note.codes[rows], return_inverse=True)
    amounts = np.array([_number(index.note.texts[code]) for code in codes.tolist()], np.float64)[place]
    plain: Array = np.ones(len(rows)) if np.isnan(amounts).any() else amounts
    return plain


def _number(text: str) -> float:
    try:
        found = float(text.replace(",", ""))
    except ValueError:
        return float("nan")
    return found if 0 < found < float("inf") else float("nan")


def _groups(payer: Array, to: Array, people: int) -> list[list[int]]:
    """Accounts that payments join, each group ascending."""
    roots, _fate = joined_sets(payer, to, np.zeros(people, np.int64), most=max(1, people))
    found: dict[int, list[int]] = {}
    for one in np.unique(np.concatenate((payer, to))).tolist():
        found.setdefault(int(roots[one]), []).append(one)
    return sorted(found.values())
