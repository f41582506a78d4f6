"""Whether two or three people who share something of a home are alone, or joined with more by such things.

Alone they may be a couple or flatmates, and what they share says little. Where other shared addresses,
accounts or connections join two of them with somebody else, a couple explains it no longer, and the rule's
strength holds. So it does for a connection that a carrier might share out, where three who share it share
other things with each other.
"""

import dataclasses
from collections.abc import Iterable

from bongsu.analyze.damping import FEW, SHARED_AT_HOME
from bongsu.model.red_flag import FlagHit, RedFlag


def restore_strength(hits: Iterable[FlagHit], flags: dict[str, RedFlag]) -> list[FlagHit]:
    """The hits; what was weakened has its rule's strength where those who share it are not alone."""
    found = list(hits)
    beside = _beside([hit for hit in found if _joins(hit)])
    shared = [hit for hit in found if hit.others and not hit.explained]
    by_person: dict[str, list[FlagHit]] = {}
    for hit in shared:
        by_person.setdefault(hit.subject, []).append(hit)
    return [
        dataclasses.replace(hit, strength=flags[hit.flag].strength)
        if _is_shared(hit) and (_is_pair_no_couple(hit, beside) or _is_no_carrier(hit, by_person))
        else hit
        for hit in found
    ]


def _is_shared(hit: FlagHit) -> bool:
    return bool(hit.others) and not hit.explained and hit.kind in SHARED_AT_HOME


def _joins(hit: FlagHit) -> bool:
    """Whether the hit is of a shared place, account or connection; a phone on applications is none."""
    return _is_shared(hit) and hit.family in {"money", "network", "place"}


def _is_no_carrier(hit: FlagHit, by_person: dict[str, list[FlagHit]]) -> bool:
    """Whether three who share a connection that a carrier may share out share other things too."""
    sharing = {hit.subject, *hit.others}
    return (
        hit.strength == "medium"
        and sum(
            any(own.flag != hit.flag and sharing & {*own.others} for own in by_person.get(person, ()))
            for person in sharing
        )
        >= FEW
    )


def _is_pair_no_couple(hit: FlagHit, beside: dict[str, set[str]]) -> bool:
    """Whether two who share it are joined with somebody else, so that more than a few are joined."""
    if hit.strength != "low":
        return False
    sharing = {hit.subject, *hit.others}
    joined = [beside.get(person, set()) - sharing for person in sharing]
    return sum(map(bool, joined)) > 1 and len(sharing.union(*joined)) > FEW


def _beside(hits: list[FlagHit]) -> dict[str, set[str]]:
    """Person to everybody who shares a thing with them."""
    found: dict[str, set[str]] = {}
    for hit in hits:
        found.setdefault(hit.subject, set()).update(hit.others)
    return found
