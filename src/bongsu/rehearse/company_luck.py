"""Who is who in a made company: traits of innocent people that look odd, and networks of fraudulent workers.

Traits fall on people independently, so that some have several; that is what makes the count of innocent
referrals mean something. No name, language or school is made: nothing may depend on one.
"""

from typing import NamedTuple

import numpy as np

NETWORK_SHARES = (10, 8, 7, 6, 5, 4)
"""Workers of each network, of 40."""
LONE = {
    "night_owl": 0.02,
    "traveler": 0.05,
    "vpn_user": 0.01,
    "developer_tools": 0.01,
    "kvm_hobby": 0.0015,
    "small_computer": 0.004,
    "accessibility": 0.01,
    "streamer": 0.005,
    "bank_change": 0.04,
    "mover": 0.03,
    "coins": 0.004,
}
"""Trait of one person to its share of all."""
GROUPS = {
    "couple": (100, 2),
    "hidden_couple": (40, 2),
    "flatmates": (20, 3),
    "family_account": (10, 2),
    "help_desk_token": (5, 3),
    "agency": (3, 20),
    "coworking": (10, 8),
    "carrier": (5, 12),
    "cloned_display": (1, 8),
    "common_display": (1, 40),
    "forwarder": (1, 6),
    "busy_forwarder": (1, 30),
    "coach": (4, 5),
}
"""Trait of a group to how many groups of which size are in 10,000 people."""
_WHOLE = 10_000


class Cast(NamedTuple):
    """Traits of everybody; people are numbers, ascending."""

    people: int
    networks: list[np.ndarray[tuple[int], np.dtype[np.int64]]]
    lone: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]
    groups: dict[str, list[np.ndarray[tuple[int], np.dtype[np.int64]]]]

    @property
    def workers(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Everybody of a network."""
        return np.concatenate(self.networks) if self.networks else np.zeros(0, np.int64)


def draw_cast(people: int, fraudulent: int, luck: np.random.Generator) -> Cast:
    """Who has which trait; the fraudulent have none of those of the innocent.

    Args:
        people: Employees.
        fraudulent: Workers of networks among them.
        luck: Source of chance.
    """
    order = luck.permutation(people)
    workers, others = order[:fraudulent], order[fraudulent:]
    sizes = np.cumsum([share * fraudulent // sum(NETWORK_SHARES) for share in NETWORK_SHARES])
    networks = [part for part in np.split(workers, sizes)[: len(NETWORK_SHARES)] if len(part)]
    lone = {trait: others[luck.random(len(others)) < share] for trait, share in LONE.items()}
    groups = {
        trait: [
            luck.choice(others, size, replace=False)
            for _one in range(max(1, round(count * people / _WHOLE)))
            if size <= len(others)
        ]
        for trait, (count, size) in GROUPS.items()
    }
    return Cast(people, networks, lone, _lived_once(groups))


def _lived_once(
    groups: dict[str, list[np.ndarray[tuple[int], np.dtype[np.int64]]]],
) -> dict[str, list[np.ndarray[tuple[int], np.dtype[np.int64]]]]:
    """The groups; nobody lives in two households, or in one and behind a carrier's address."""
    housed: set[int] = set()
    for trait in ("couple", "hidden_couple", "flatmates", "carrier"):
        kept = []
        for group in groups[trait]:
            if not housed & {*group.tolist()}:
                housed |= {*group.tolist()}
                kept.append(group)
        groups[trait] = kept
    return groups
