"""Red flags of public profiles: claims that differ from the application, young and doubled accounts."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bongsu.analyze.event_index import DAY, UNTOLD
from bongsu.analyze.red_flag import MOST_ROWS, Met, Scope
from bongsu.model.text import _

LEAST_DIFFERING = 2
"""Of contact, town and jobs, so many must differ: people move, and have several mailboxes."""
LEAST_MONTHS = 12
"""Months by which dates of one job differ at least."""
OLD_DAYS = 730
"""A profile that nobody changed for so long before the application says nothing of today."""
YOUNG_DAYS = 60
"""An account opened so shortly before the application is young."""
_JOB = re.compile(r"(?P<employer>.+) (?P<year>\d{4})-(?P<month>\d{2})\.\.(?:(?P<last>\d{4})-(?P<end>\d{2}))?")


_ASPECTS = {"contact": ("email", "phone"), "town": ("town",), "job": ("job",)}
"""What is compared to the things that state it."""
Stated = dict[int, dict[str, int]]


class Job(NamedTuple):
    """Months of a job as numbers; the end is none where it lasts."""

    first: int
    last: int | None


def differing_profile(scope: Scope) -> Iterator[Met]:
    """Hits of people two of whose contact, town and jobs differ between application and all profiles."""
    claims = {
        thing: _claims(scope, "contact" if thing == "contact" else "resume", thing) for thing in _ASPECTS
    }
    stated = {thing: _claims(scope, "profile", thing) for thing in _ASPECTS}
    for subject, applied in sorted(_applied(scope).items()):
        since = applied - OLD_DAYS * DAY
        pairs = []
        for thing in _ASPECTS:
            kept = {
                text: row
                for text, row in stated[thing].get(subject, {}).items()
                if _time(scope, row) >= since
            }
            pairs.append(_differs(thing, claims[thing].get(subject, {}), kept))
        rows = [row for pair in pairs for row in pair]
        if sum(map(bool, pairs)) >= LEAST_DIFFERING:
            why = _("Two and more of contact, town and jobs differ between the application and the profiles.")
            yield Met(subject, why, tuple(rows[:MOST_ROWS]), "job")


def odd_profile(scope: Scope) -> Iterator[Met]:
    """Hits of people with two profiles at one platform, and of those whose profiles are all weeks old.

    An account that is only young is low: graduates and cautious people have such.
    """
    index, applied = scope.index, _applied(scope)
    found: dict[int, list[int]] = {}
    for row in scope.stated("profile", "handle").tolist():
        found.setdefault(int(index.subject.codes[row]), []).append(row)
    for subject, rows in sorted(found.items()):
        by_platform: dict[int, dict[int, int]] = {}
        for row in rows:
            by_platform.setdefault(int(index.note.codes[row]), {})[int(index.value.codes[row])] = row
        for note, handles in sorted(by_platform.items()):
            if len(handles) > 1 and index.note.texts[note]:
                why = _("{count} profiles at {platform} are said to be of one person.")
                said = why.format(count=len(handles), platform=index.note.texts[note])
                yield Met(subject, said, tuple(sorted(handles.values()))[:MOST_ROWS], "handle")
        yield from _young(scope, subject, rows, applied.get(subject, UNTOLD))


def _young(scope: Scope, subject: int, rows: list[int], applied: int) -> Iterator[Met]:
    times = [int(scope.index.time[row]) for row in rows]
    if applied != UNTOLD and all(time != UNTOLD and applied - time < YOUNG_DAYS * DAY for time in times):
        why = _("Every profile was opened less than {days} days before the application.")
        yield Met(subject, why.format(days=YOUNG_DAYS), tuple(rows[:MOST_ROWS]), "handle", strength="low")


def _applied(scope: Scope) -> dict[int, int]:
    """Subject to the latest application of it."""
    index, found = scope.index, dict[int, int]()
    for row in scope.rows("application", "").tolist():
        subject = int(index.subject.codes[row])
        found[subject] = max(found.get(subject, UNTOLD), int(index.time[row]))
    return found


def _time(scope: Scope, row: int) -> int:
    return int(scope.index.time[row])


def _claims(scope: Scope, kind: str, aspect: str) -> Stated:
    """Subject to what it states of an aspect, each with a row."""
    index, found = scope.index, Stated()
    for thing in _ASPECTS[aspect]:
        for row in scope.stated(kind, thing).tolist():
            text = index.value.texts[index.value.codes[row]]
            found.setdefault(int(index.subject.codes[row]), {})[text] = row
    return found


def _differs(aspect: str, claims: dict[str, int], stated: dict[str, int]) -> tuple[int, ...]:
    """A row of each side where all profiles that are kept up say something else; none where one agrees."""
    if not claims or not stated:
        return ()
    if aspect == "job":
        return _other_months(claims, stated)
    return () if claims.keys() & stated.keys() else (min(claims.values()), min(stated.values()))


def _other_months(claims: dict[str, int], stated: dict[str, int]) -> tuple[int, ...]:
    """A row of each side where a job of one employer has other dates, and no dates of it agree."""
    own, others = _jobs(claims), _jobs(stated)
    for employer in sorted(own.keys() & others.keys()):
        (mine, row), (theirs, beside) = own[employer], others[employer]
        if all(_apart(one, two) for one in mine for two in theirs):
            return row, beside
    return ()


def _jobs(values: dict[str, int]) -> dict[str, tuple[list[Job], int]]:
    found: dict[str, tuple[list[Job], int]] = {}
    for text, row in values.items():
        job = _JOB.fullmatch(text)
        if job is not None:
            last = int(job["last"]) * 12 + int(job["end"]) if job["last"] else None
            months = Job(int(job["year"]) * 12 + int(job["month"]), last)
            found.setdefault(job["employer"], ([], row))[0].append(months)
    return found


def _apart(one: Job, other: Job) -> bool:
    """Whether begin or end differ by more than a year; an end that is not stated agrees with any."""
    ends = one.last is not None and other.last is not None and abs(one.last - other.last) > LEAST_MONTHS
    return abs(one.first - other.first) > LEAST_MONTHS or ends
