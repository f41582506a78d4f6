"""Red flag of a firm behind people that looks like a front."""

from collections.abc import Iterator

from bongsu.analyze.firm import Firms, plain_firm
from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.model.text import _


def front_company(scope: Scope) -> Iterator[Met]:
    """Hits of people whom a firm placed, or who claim to have worked for it, if it has two signs of a front.

    The signs: a young domain; a text that few other sites have too; registrar and host of a domain that the
    user's list has, if no more than 25 firms have both. A listed domain is enough by itself.
    """
    firms = Firms(scope.index, scope.stated, scope.context.listed)
    for subject, names in sorted(_behind(scope).items()):
        for name, when in sorted(names.items()):
            signs = firms.signs(name, when)
            if signs.front:
                why = _("A firm behind them, {name}, has {count} signs of a front.")
                said = why.format(name=name, count=signs.number)
                yield Met(subject, said, signs.rows[:MOST_ROWS], "vendor", name)


def _behind(scope: Scope) -> dict[int, dict[str, int]]:
    """Subject to firms that placed it or that it claims, with the time of the statement."""
    index, found = scope.index, dict[int, dict[str, int]]()
    for kind, thing in (("work", "vendor"), ("resume", "job")):
        for row in scope.stated(kind, thing).tolist():
            text = index.value.texts[index.value.codes[row]]
            name = text.rpartition(" ")[0] if thing == "job" else text
            found.setdefault(int(index.subject.codes[row]), {})[plain_firm(name)] = int(index.time[row])
    return found
