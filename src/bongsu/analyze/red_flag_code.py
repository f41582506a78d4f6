"""Red flag of an account of a code host whose commits carry many unrelated authors."""

from collections.abc import Iterator

from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.model.text import _

LEAST_AUTHORS = 5


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
