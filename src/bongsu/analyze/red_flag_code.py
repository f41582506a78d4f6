"""Red flags of accounts of a code host: unrelated authors, commits older than the account, rewritten ones."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from bongsu.analyze.event_index import DAY, UNTOLD
from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.model.text import _

LEAST_AUTHORS = 5
LEAST_OLDER_DAYS = 90
"""Days by which commits are older than the account that pushed them, at least."""
LEAST_OLDER = 10
"""Commits that are so much older, in repositories that are no forks."""
LEAST_REWRITTEN = 10
"""Commits of two accounts at the very same seconds, under other mailboxes and hashes."""
_FEW = 4


class Commit(NamedTuple):
    """A commit that an account pushed."""

    row: int
    subject: int
    mailbox: int
    hash: str
    fork: bool


def many_authors(scope: Scope) -> Iterator[Met]:
    """Hits of accounts that pushed commits of five and more mailboxes that no other account pushed."""
    index = scope.index
    pairs, first, _counts = index.pairs(scope.rows("commit", "email"), index.value)
    pushed: dict[int, int] = {}
    for value in pairs[:, 1].tolist():
        pushed[value] = pushed.get(value, 0) + 1
    own: dict[int, list[int]] = {}
    for (subject, value), row in zip(pairs.tolist(), first.tolist(), strict=True):
        if pushed[value] == 1:
            own.setdefault(subject, []).append(row)
    for subject, rows in own.items():
        if len(rows) >= LEAST_AUTHORS:
            why = _("Its commits carry {count} mailboxes of authors who are nowhere else.")
            yield Met(subject, why.format(count=len(rows)), tuple(rows[:MOST_ROWS]), "email")


def old_commits(scope: Scope) -> Iterator[Met]:
    """Hits of commits older than their account, and of the same commits with rewritten authors.

    What is older counts where no mailbox of it is the account's own on newer commits: who moved from another
    host brings commits under the mailbox that they go on with. Cost: a walk over the commits.
    """
    commits = list(_commits(scope))
    yield from _older(scope, commits)
    yield from _rewritten(scope, commits)


def _commits(scope: Scope) -> Iterator[Commit]:
    index = scope.index
    for row in scope.stated("commit", "email").tolist():
        words = index.note.texts[index.note.codes[row]].split()
        digest = words[0] if words else ""
        subject, mailbox = int(index.subject.codes[row]), int(index.value.codes[row])
        yield Commit(row, subject, mailbox, digest, words[-1:] == ["fork"])


def _older(scope: Scope, commits: list[Commit]) -> Iterator[Met]:
    index = scope.index
    rows = scope.rows("register", "")
    opened = dict(zip(index.subject.codes[rows].tolist(), index.time[rows].tolist(), strict=True))
    older: dict[int, list[Commit]] = {}
    current: dict[int, set[int]] = {}
    for one in commits:
        time, begin = int(index.time[one.row]), opened.get(one.subject, UNTOLD)
        if UNTOLD in {time, begin} or one.fork:
            continue
        if begin - time > LEAST_OLDER_DAYS * DAY:
            older.setdefault(one.subject, []).append(one)
        elif time >= begin:
            current.setdefault(one.subject, set()).add(one.mailbox)
    for subject, found in sorted(older.items()):
        strange = [one for one in found if one.mailbox not in current.get(subject, set())]
        if len(strange) >= LEAST_OLDER:
            why = _(
                "{count} commits are months older than the account, under mailboxes that it does not use."
            )
            yield Met(subject, why.format(count=len(strange)), _rows(strange), "account")


def _rewritten(scope: Scope, commits: list[Commit]) -> Iterator[Met]:
    """Hits of both accounts; which of them is the author the records cannot tell."""
    index = scope.index
    by_second: dict[int, list[Commit]] = {}
    for one in commits:
        if index.time[one.row] != UNTOLD and one.hash and not one.fork:
            by_second.setdefault(int(index.time[one.row]), []).append(one)
    same: dict[tuple[int, int], list[Commit]] = {}
    for beside in by_second.values():
        for one, two in combinations(sorted(beside), 2) if len(beside) <= _FEW else ():
            if one.subject != two.subject and one.mailbox != two.mailbox and one.hash != two.hash:
                pair = min(one.subject, two.subject), max(one.subject, two.subject)
                same.setdefault(pair, []).extend((one, two))
    for pair, found in sorted(same.items()):
        if len(found) >= 2 * LEAST_REWRITTEN:
            why = _("{count} commits have the very times of commits of {other}, under another mailbox.")
            for own, other in (pair, pair[::-1]):
                name = index.subject.texts[other]
                said = why.format(count=len(found) // 2, other=name)
                yield Met(own, said, _rows(found), "account", name, (name,))


def _rows(commits: list[Commit]) -> tuple[int, ...]:
    return tuple(one.row for one in commits[:MOST_ROWS])
