"""Code hosts of a made company: accounts, commits, pairs of accounts, repositories that are taken."""

import numpy as np

from bongsu.model.event import OUTSIDE, PUBLIC
from bongsu.rehearse.company_luck import Cast
from bongsu.rehearse.company_record import RecordWriter, person_id

FLAGGED = ("flagged-one", "flagged-two")
"""Handles that the user's list has."""
_OPENED = 20.0
"""Day on which accounts were opened: within the expiry of the rule that looks at it."""
_OLD = 12


def write_code(out: RecordWriter, cast: Cast, luck: np.random.Generator) -> None:
    """Nothing; adds accounts, commits and clones of a third of the people and of all who have a habit."""
    lone = cast.lone
    coders = {*np.flatnonzero(luck.random(cast.people) < 0.3).tolist(), *cast.workers.tolist()}
    for trait in ("moved_host", "imported_code"):
        coders |= {*lone[trait].tolist()}
    for person in sorted(coders):
        out.add(person, "account", "handle", _handle(person))
        out.add(person, "register", day=_OPENED)
        _commits(out, person, (f"p{person}@mail.example", "new"), 100)
    for person in lone["moved_host"].tolist():
        _commits(out, person, (f"p{person}@mail.example", "old"), -900)
    for person in lone["imported_code"].tolist():
        _commits(out, person, (f"work{person}@firm.example", "old"), -900)
    _taken(out, cast)
    for number, group in enumerate(cast.groups["course"]):
        for person in group.tolist():
            out.follow(person, f"course-{number}-teacher", note="commit")
    for person in lone["unlucky_colleague"].tolist():
        out.follow(person, FLAGGED[0], note="commit")
    for number, group in enumerate(cast.networks):
        _network(out, number, group.tolist(), luck)


def _handle(person: int) -> str:
    return f"dev{person_id(person)}"


def _commits(out: RecordWriter, person: int, by: tuple[str, str], first: float) -> None:
    """Nothing; adds commits by a mailbox, each with a hash of its own."""
    mailbox, kind = by
    for number in range(_OLD):
        day = first + number + person % 997 / 1_000 + person / 1_000_000_000
        out.add(person, "commit", "email", mailbox, day=day, note=f"{kind}{person}x{number} {person}/one")


def _taken(out: RecordWriter, cast: Cast) -> None:
    for trait, count, note in (
        ("forker", 20, PUBLIC),
        ("leaver_backup", 14, OUTSIDE),
        ("build_engineer", 45, ""),
    ):
        for person in cast.lone[trait].tolist():
            for number in range(count):
                out.add(person, "clone", "repository", f"acme/{number}", day=310 + number / 100, note=note)


def _network(out: RecordWriter, number: int, group: list[int], luck: np.random.Generator) -> None:
    """Nothing; some bring old or rewritten commits, some stand beside a flagged account, some take code."""
    for place, person in enumerate(group):
        chance = luck.random(4)
        if chance[0] < 0.35:
            _commits(out, person, (f"stranger{person}@elsewhere.example", "old"), -900)
        if chance[1] < 0.25 and place:
            _copy(out, group[0], person, 150 + number)
        if chance[2] < 0.2:
            out.follow(person, FLAGGED[number % len(FLAGGED)], note="commit")
        if chance[3] < 0.15:
            for one in range(14):
                out.add(person, "clone", "repository", f"acme/{one}", day=320 + one / 100, note=OUTSIDE)


def _copy(out: RecordWriter, one: int, other: int, first: float) -> None:
    """Nothing; both push the same commits, each under a mailbox of its own."""
    for number in range(_OLD):
        for who in (one, other):
            note = f"copy{who}x{number} {who}/two"
            out.add(who, "commit", "email", f"two{who}@mail.example", day=first + number / 7, note=note)
