"""Whether two or three people who share something of a home are alone, or joined with more by such things.

Alone they may be a couple or flatmates, and what they share says little. Where other shared addresses,
accounts or connections join them with more people, a couple explains it no longer, and the rule's strength
holds.
"""

import dataclasses
from collections.abc import Iterable

from bongsu.analyze.damping import FEW, SHARED_AT_HOME
from bongsu.model.red_flag import FlagHit, RedFlag


def restore_strength(hits: Iterable[FlagHit], flags: dict[str, RedFlag]) -> list[FlagHit]:
    """The hits; what was low because few share it has its rule's strength where they are not alone."""
    found = list(hits)
    groups = _groups([hit for hit in found if _joins(hit)])
    return [
        dataclasses.replace(hit, strength=flags[hit.flag].strength)
        if _joins(hit) and hit.strength == "low" and len(groups[hit.subject]) > FEW
        else hit
        for hit in found
    ]


def _joins(hit: FlagHit) -> bool:
    """Whether the hit is of a shared place, account or connection; a phone on applications is none."""
    shared = bool(hit.others) and not hit.explained and hit.kind in SHARED_AT_HOME
    return shared and hit.family in {"money", "network", "place"}


def _groups(hits: list[FlagHit]) -> dict[str, set[str]]:
    """Person to everybody whom shared things join with them."""
    groups: dict[str, set[str]] = {}
    for hit in hits:
        joined = {hit.subject, *hit.others}
        for person in (hit.subject, *hit.others):
            joined |= groups.get(person, set())
        for person in joined:
            groups[person] = joined
    return groups
