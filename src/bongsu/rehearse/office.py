"""A made firm of ordinary people and computers: who works where, when, with what."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np

MONDAY = datetime(2030, 3, 4, tzinfo=UTC)
"""First day of a made week; nobody has lived it."""
DOMAIN = "firm.example"
TRADES = (
    ("developer", 0.18),
    ("engineer", 0.27),
    ("office", 0.35),
    ("sales", 0.12),
    ("admin", 0.03),
    ("research", 0.05),
)
"""Kind of work to its share of the people; there is always an administrator and a developer."""
HEAVY = 1.3
"""Exponent of how often the places of a long tail are asked: lower is more even."""
_WORDS = (
    "amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "harbor", "indigo", "juniper", "kettle",
    "lumen", "maple", "nectar", "orbit", "pebble", "quarry", "river", "summit", "timber", "umber", "valley",
    "willow", "yarrow", "zephyr", "anchor", "beacon", "copper", "drift", "echo", "flint", "garnet",
)  # fmt: skip
Luck = np.random.Generator


class Person(NamedTuple):
    """Somebody with a computer."""

    number: int
    user: str
    """Name of the account."""
    trade: str
    """One of TRADES."""
    host: str
    ip: str
    vpn: bool
    """Whether from home on some days."""

    @property
    def home(self) -> str:
        """Folder of the user."""
        return f"C:\\Users\\{self.user}"

    @property
    def mailbox(self) -> str:
        """Address of the user's mail."""
        return f"{self.user}@{DOMAIN}"


class Office(NamedTuple):
    """A firm."""

    people: tuple[Person, ...]
    seed: int
    tail: tuple[str, ...]
    """Hosts that somebody asks now and then; reserved names only."""

    def luck(self, *place: int) -> Luck:
        """Source of chance for one part of the week: the same place has the same chance."""
        return np.random.default_rng([self.seed, *place])


def make_office(people: int, seed: int) -> Office:
    """A firm of so many people; the same seed makes the same firm."""
    luck = np.random.default_rng([seed, 0])
    names, shares = zip(*TRADES, strict=True)
    trades = [names[one] for one in luck.choice(len(names), people, p=shares)]
    trades[:2] = ["admin", "developer"][:people]
    staff = tuple(
        Person(
            number, f"user{number:03d}", trade, f"WS-{number:04d}",
            f"10.20.{number // 200}.{number % 200 + 10}", bool(luck.random() < 0.3),
        )
        for number, trade in enumerate(trades)
    )  # fmt: skip
    return Office(staff, seed, tuple(_made_host(luck) for _one in range(40 * people + 400)))


def moments(luck: Luck, day: int, count: int, *, night: bool = False) -> list[datetime]:
    """Times on a day, ascending: around midday in office hours, or at any time; few at the week's end."""
    if not night and day % 7 >= 5:
        count = count // 12
    hours = luck.uniform(0, 24, count) if night else np.clip(luck.normal(13, 2.6, count), 6, 21.9)
    start = MONDAY + timedelta(days=day)
    return [start + timedelta(seconds=float(one)) for one in np.sort(hours) * 3600]


def pick(luck: Luck, things: tuple[Any, ...]) -> Any:  # noqa: ANN401
    """One of the things, those in front more often: a long tail."""
    place = int(len(things) * luck.random() ** (HEAVY * 2))
    return things[min(place, len(things) - 1)]


def word(luck: Luck) -> str:
    """Two words joined, with a number now and then."""
    first, second = (_WORDS[int(one)] for one in luck.integers(0, len(_WORDS), 2))
    return f"{first}-{second}" + (str(int(luck.integers(2, 99))) if luck.random() < 0.3 else "")


def iso(moment: datetime) -> str:
    """Time as Windows and Zeek write it in JSON."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _made_host(luck: Luck) -> str:
    front = ("www", "cdn", "api", "static", "img", "login", "assets", "m")[int(luck.integers(0, 8))]
    ending = ("example", "example.com", "example.net", "example.org", "test")[int(luck.integers(0, 5))]
    return f"{front}.{word(luck)}.{ending}"
