"""Sign-ins of a made company for a year, as columns: who, when, from which address and place."""

from typing import Any, NamedTuple

import numpy as np

from bongsu.rehearse.company_luck import Cast

Array = np.ndarray[Any, Any]
DAYS = 365
LEASE_DAYS = 61
"""Days after which the address of a home changes."""
_SPANS = DAYS // LEASE_DAYS + 1
_OFFICES, _MOBILE = 4, 6
_DAY, _HOUR = 86_400_000_000, 3_600_000_000
NOON_UTC = 18.0
"""Middle of a working day at home, five hours west of Greenwich."""
NIGHT_UTC = 5.0
"""Middle of the day of a night owl, or of somebody half a world away."""


class SignIns(NamedTuple):
    """Sign-ins in no order; each array has one element a sign-in but for the last three."""

    person: Array
    """int32."""
    micros: Array
    """Microseconds since the first day, int64."""
    address: Array
    """Number of the address, int32."""
    addresses: int
    latitude: Array
    """Of each address, float32."""
    longitude: Array


def make_sign_ins(cast: Cast, count: int, luck: np.random.Generator) -> SignIns:
    """So many sign-ins of everybody, evenly. Cost: some 40 bytes each."""
    plan = _Plan(cast, luck)
    plan.live_together()
    plan.go_places()
    person = (np.arange(count, dtype=np.int64) % cast.people).astype(np.int32)
    day = (luck.integers(0, DAYS // 7 * 5, count) * 7 // 5).astype(np.int32)
    address = plan.daily[person, day]
    roaming = luck.random(count, np.float32) < 0.05
    roaming &= ~plan.still[person]
    address[roaming] = luck.integers(_OFFICES, _OFFICES + _MOBILE, int(roaming.sum()))
    jumping = plan.vpn[person] & (luck.random(count, np.float32) < 0.3)
    address[jumping] = plan.exits[luck.integers(0, len(plan.exits), int(jumping.sum()))]
    hours = plan.middle[person] + luck.normal(0, 2, count).astype(np.float32)
    micros = day.astype(np.int64) * _DAY + (hours * _HOUR).astype(np.int64)
    return SignIns(person, micros, address, plan.used, *plan.places())


class _Plan:
    """From where everybody works on every day."""

    def __init__(self, cast: Cast, luck: np.random.Generator) -> None:
        self.cast, self.luck = cast, luck
        self.used = _OFFICES + _MOBILE
        homes = self._new(cast.people * _SPANS).reshape(cast.people, _SPANS)
        self.daily: Array = homes[:, np.arange(DAYS) // LEASE_DAYS]
        self.vpn = np.zeros(cast.people, bool)
        self.still = np.zeros(cast.people, bool)
        self.middle = np.full(cast.people, NOON_UTC, np.float32)
        self.exits = self._new(200)

    def _new(self, count: int) -> Array:
        """Numbers of addresses that nobody has yet."""
        first, self.used = self.used, self.used + count
        return np.arange(first, self.used, dtype=np.int32)

    def live_together(self) -> None:
        """Nothing; households, carriers, agencies and farms have one connection."""
        cast, luck = self.cast, self.luck
        for trait in ("couple", "hidden_couple", "flatmates", "carrier"):
            for group in cast.groups[trait]:
                self.daily[group] = self.daily[group[0]]
        for group in cast.networks:
            farm = group[luck.random(len(group)) < 0.9]
            if len(farm):
                self.daily[farm] = self.daily[farm[0]]
                self.still[farm] = True
            self.middle[group[luck.random(len(group)) < 0.6]] = NIGHT_UTC
            self.vpn[group[luck.random(len(group)) < 0.3]] = True

    def go_places(self) -> None:
        """Nothing; people go to offices, shared offices, hotels and abroad."""
        cast, luck = self.cast, self.luck
        hybrid = np.flatnonzero(luck.random(cast.people) < 0.4)
        hybrid = np.setdiff1d(hybrid, cast.workers)
        at_office = luck.random((len(hybrid), DAYS), np.float32) < 0.4
        office = luck.integers(0, _OFFICES, len(hybrid)).astype(np.int32)
        self.daily[hybrid] = np.where(at_office, office[:, None], self.daily[hybrid])
        for group in cast.groups["coworking"]:
            (desk,) = self._new(1)
            there = luck.random((len(group), DAYS), np.float32) < 0.5
            self.daily[group] = np.where(there, desk, self.daily[group])
        hotels = self._new(100)
        for person in cast.lone["traveler"].tolist():
            for first in luck.integers(0, DAYS - 10, 3).tolist():
                self.daily[person, first : first + int(luck.integers(2, 10))] = luck.choice(hotels)
        self.vpn[cast.lone["vpn_user"]] = True
        self.middle[cast.lone["night_owl"]] = NIGHT_UTC

    def places(self) -> tuple[Array, Array]:
        """Latitude and longitude of every address: homes near each other, exits and hotels anywhere."""
        luck = self.luck
        latitude = (40 + luck.normal(0, 0.3, self.used)).astype(np.float32)
        longitude = (-80 + luck.normal(0, 0.3, self.used)).astype(np.float32)
        far = self.used - 100 + np.arange(100)
        for some in (self.exits, far):
            latitude[some] = luck.uniform(-40, 60, len(some))
            longitude[some] = luck.uniform(-170, 170, len(some))
        return latitude, longitude
