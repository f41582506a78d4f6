"""More of who is who in a made company: applications, code and freelance work of honest people.

It is drawn apart from `bongsu.rehearse.company_luck`, so that a seed makes the households and networks that
it made before there was any of it.
"""

from typing import NamedTuple

import numpy as np

from bongsu.rehearse.company_luck import Cast

HABITS = {
    "template_resume": 0.15,
    "internet_line": 0.03,
    "young_profile": 0.02,
    "second_profile": 0.01,
    "stale_profile": 0.05,
    "slip_of_the_pen": 0.01,
    "forerunner": 0.002,
    "moved_host": 0.01,
    "imported_code": 0.003,
    "forker": 0.02,
    "leaver_backup": 0.002,
    "build_engineer": 0.005,
    "calls_on_travel": 0.03,
    "lives_elsewhere": 0.005,
    "freelancer": 0.05,
    "locked_out": 0.003,
    "newcomer": 0.01,
    "hurried_newcomer": 0.003,
    "moved_contract": 0.002,
    "banned_and_moved": 0.0005,
    "new_town_and_mailbox": 0.003,
    "unlucky_colleague": 0.002,
}
"""Habit of one innocent person to its share of all."""
CIRCLES = {
    "resume_writer": (6, 4),
    "call_service": (3, 4),
    "course": (5, 20),
    "campus": (3, 6),
    "studio": (4, 4),
    "named_studio": (4, 6),
    "hot_desk": (4, 8),
    "barter": (10, 2),
    "start_up_vendor": (8, 6),
    "careless_vendor": (2, 6),
}
"""Habit of a group of innocent people to how many groups of which size are in 10,000 people."""
_CHANCES = (0.8, 0.5, 0.5, 0.3, 0.5, 0.3)
"""Of each of the ways of a network."""
_WHOLE = 10_000


class Ways(NamedTuple):
    """What a network does, each true or false."""

    one_resume: bool
    one_portfolio: bool
    one_line: bool
    one_browser: bool
    platform: bool
    front: bool


def draw_habits(cast: Cast, luck: np.random.Generator) -> Cast:
    """The cast with habits of the innocent beside its traits; networks are as they were."""
    others = np.setdiff1d(np.arange(cast.people), cast.workers)
    lone = {habit: others[luck.random(len(others)) < share] for habit, share in HABITS.items()}
    groups = {
        habit: [
            luck.choice(others, size, replace=False)
            for _one in range(max(1, round(count * cast.people / _WHOLE)))
            if size <= len(others)
        ]
        for habit, (count, size) in CIRCLES.items()
    }
    return cast._replace(lone=cast.lone | lone, groups=cast.groups | groups)


def draw_ways(cast: Cast, luck: np.random.Generator) -> list[Ways]:
    """What each network does."""
    return [Ways(*(bool(luck.random() < chance) for chance in _CHANCES)) for _network in cast.networks]
