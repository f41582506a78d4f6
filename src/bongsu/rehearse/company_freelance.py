"""Freelance work of a made company's people: sessions, bids, payments, bans, support requests."""

import numpy as np

from bongsu.model.event import ACCEPTED, OTHER_ACCOUNT
from bongsu.rehearse.company_habit import Ways
from bongsu.rehearse.company_luck import Cast
from bongsu.rehearse.company_record import RecordWriter, person_id

_DAYS = range(300, 312)
_DAY_HOURS = (14, 18)
_ALL_HOURS = tuple(range(0, 24, 2))


def write_freelance(out: RecordWriter, cast: Cast, ways: list[Ways], luck: np.random.Generator) -> None:
    """Nothing; adds what freelancers do on a platform, honest and not."""
    lone, groups = cast.lone, cast.groups
    for person in lone["freelancer"].tolist():
        _sessions(
            out,
            [person],
            {"device": f"laptop {person}", "ip": f"12.1.{person // 256}.{person % 256}"},
            _DAY_HOURS,
        )
        _paid(out, f"client {person}", person, 500)
        _bids(out, person, luck)
    for trait in ("studio", "named_studio"):
        for number, group in enumerate(groups[trait]):
            _sessions(out, group.tolist(), {"device": f"{trait} {number}"}, _DAY_HOURS)
            for person in group.tolist() if trait == "named_studio" else ():
                out.add(person, "work", "vendor", f"studio {number}")
    for number, group in enumerate(groups["hot_desk"]):
        _sessions(out, group.tolist(), {"ip": f"12.2.0.{number}"}, _DAY_HOURS)
    for one, other in (group.tolist() for group in groups["barter"]):
        _round(out, [one, other])
        for person in (one, other):
            _paid(out, f"client {person}", person, 900)
    _alone(out, cast)
    for number, (group, way) in enumerate(zip(cast.networks, ways, strict=True)):
        if way.platform:
            _network(out, number, group.tolist(), luck)


def _alone(out: RecordWriter, cast: Cast) -> None:
    """Nothing; newcomers bid in vain, some people are locked out, some move a contract in the open."""
    lone = cast.lone
    for person in lone["locked_out"].tolist():
        out.add(person, "suspension", day=300)
        out.add(person, "request", "request", "something", day=301)
    for person in lone["newcomer"].tolist():
        for number in range(70):
            _bid(out, person, f"bid {person} {number}", number)
    for person in lone["hurried_newcomer"].tolist():
        for number in range(70):
            _bid(out, person, f"bid {person}", number)
    for trait in ("moved_contract", "banned_and_moved"):
        for person in lone[trait].tolist():
            out.add(person, "request", "request", OTHER_ACCOUNT, day=304)
    for person in lone["banned_and_moved"].tolist():
        out.add(person, "suspension", day=300)


def _network(out: RecordWriter, number: int, group: list[int], luck: np.random.Generator) -> None:
    """Nothing; few machines at all hours, money that goes round, bids by copy, swaps after a ban."""
    active = [person for person in group if luck.random() < 0.8]
    for first in range(0, len(active), 4):
        seat = {"device": f"farm {number} {first}", "ip": f"12.9.0.{number}"}
        _sessions(out, active[first : first + 4], seat, _ALL_HOURS)
    if len(active) > 1 and luck.random() < 0.5:
        _round(out, active)
    for person in active:
        if luck.random() < 0.4:
            for place in range(90):
                _bid(out, person, f"copy {number} {place % 3}", place)
        if luck.random() < 0.2:
            out.add(person, "suspension", day=300)
            out.add(person, "request", "request", OTHER_ACCOUNT, day=303)


def _sessions(out: RecordWriter, people: list[int], seat: dict[str, str], hours: tuple[int, ...]) -> None:
    for place, person in enumerate(people):
        for day in _DAYS:
            for hour in hours:
                out.add(person, "session", day=day + (hour + place % 2) % 24 / 24, **seat)


def _round(out: RecordWriter, people: list[int]) -> None:
    """Nothing; each pays the next one, twice."""
    for payer, payee in zip(people, people[1:] + people[:1], strict=True):
        for day in (302, 309):
            out.add(payer, "payment", "account", person_id(payee), day=day, note="200")


def _paid(out: RecordWriter, client: str, person: int, amount: int) -> None:
    """Nothing; a client comes back with work."""
    for day in (301, 305, 310):
        out.state(client, "payment", "account", person_id(person), day=day, note=str(amount))


def _bids(out: RecordWriter, person: int, luck: np.random.Generator) -> None:
    for number in range(int(luck.integers(2, 30))):
        note = ACCEPTED if number % 4 == 0 else ""
        _bid(out, person, f"bid {person} {number // 2}", number, note=note)


def _bid(out: RecordWriter, person: int, text: str, number: int, *, note: str = "") -> None:
    day = 290 + number / 3
    out.add(person, "bid", day=day, note=note)
    out.add(person, "bid", "proposal", text, day=day, note=note)
