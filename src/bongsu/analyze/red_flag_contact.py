"""Red flag of an Internet line that several applicants give as their phone."""

from collections.abc import Iterator

from bongsu.analyze.red_flag import Met, Scope
from bongsu.model.event import INTERNET_LINE
from bongsu.model.text import _


def shared_internet_line(scope: Scope) -> Iterator[Met]:
    """Hits of applicants under other mailboxes who give one phone that a source calls an Internet line.

    Such a line of one person alone is nothing: migrants, deaf people and cautious ones have it.
    """
    index = scope.index
    boxes = index.values_of(scope.stated("contact", "email"))
    rows = scope.rows("contact", "phone")
    lines = {*index.value.codes[rows[index.note.codes[rows] == index.note.code(INTERNET_LINE)]].tolist()}
    for one in index.shared(rows, index.value):
        own = [boxes.get(subject, {-1 - subject}) for subject in one.subjects.tolist()]
        if one.value in lines and not set.intersection(*own):
            why = _("The phone {value} is an Internet line, and {count} applicants give it.")
            yield from scope.share("phone", index.value.texts[one.value], (one.subjects, one.rows), why)
