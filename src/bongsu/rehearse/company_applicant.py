"""Applications of a made company: résumés, profiles, portfolios, phone lines, calls, firms behind people."""

import numpy as np

from bongsu.model.event import INTERNET_LINE
from bongsu.rehearse.company_habit import Ways
from bongsu.rehearse.company_luck import Cast
from bongsu.rehearse.company_record import RecordWriter

APPLIED = 200
"""Day of the year on which those apply who are looked at as applicants."""
OWN_PASSAGES, SHARED_PASSAGES, TEMPLATES = 6, 6, 5
SEIZED = "seized-front.example"
"""Domain that the user's list has."""
_CALLS = 4
_HERE, _FAR = "-300", "540"


def write_applicants(out: RecordWriter, cast: Cast, ways: list[Ways], luck: np.random.Generator) -> None:
    """Nothing; adds what everybody's applications say, honest and not."""
    workers = {*cast.workers.tolist()}
    recent = np.flatnonzero(luck.random(cast.people) < 0.3).tolist()
    false = {person for person in sorted(workers) if luck.random() < 0.3}
    false |= {*cast.lone["new_town_and_mailbox"].tolist()}
    elsewhere = false | {*cast.lone["mover"].tolist()}
    for person in sorted({*recent, *workers, *false}):
        out.add(person, "application", day=APPLIED)
        for number in range(OWN_PASSAGES):
            out.add(person, "resume", "passage", f"own-{person}-{number}", day=APPLIED)
        out.add(person, "resume", "town", "springfield", day=APPLIED)
        out.add(person, "resume", "job", f"firm {person % 900} 2019-01..2022-06", day=APPLIED)
        out.add(person, "resume", "skill", "react 2015", day=APPLIED)
        out.add(person, "profile", "handle", f"dev{person:05d}", day=APPLIED - 900, note="linkedin")
        town = "shelbyville" if person in elsewhere else "springfield"
        out.add(person, "profile", "town", town, day=APPLIED - 100, note="linkedin")
        _calls(out, person, (_HERE,) * _CALLS)
    for person in sorted(false):
        out.add(person, "profile", "email", f"x{person}@mail.example", day=APPLIED - 30, note="linkedin")
    _lone(out, cast, luck)
    _circles(out, cast)
    _firms(out, cast, ways)
    for number, (group, way) in enumerate(zip(cast.networks, ways, strict=True)):
        _network(out, number, (group.tolist(), way), luck)


def _calls(out: RecordWriter, person: int, offsets: tuple[str, ...], first: int = APPLIED) -> None:
    for day, offset in enumerate(offsets):
        out.add(person, "meeting", "utc_offset", offset, day=first + day)


def _lone(out: RecordWriter, cast: Cast, luck: np.random.Generator) -> None:
    lone = cast.lone
    for person in lone["template_resume"].tolist():
        _passages(out, person, f"template-{luck.integers(TEMPLATES)}")
    for person in lone["internet_line"].tolist():
        out.add(person, "contact", "phone", f"+1444{person:07d}", day=APPLIED, note=INTERNET_LINE)
    for person in lone["young_profile"].tolist():
        out.add(person, "profile", "handle", f"new{person:05d}", day=APPLIED - 20, note="github")
    for person in lone["second_profile"].tolist():
        out.add(person, "profile", "handle", f"again{person:05d}", day=APPLIED - 500, note="linkedin")
    for person in lone["stale_profile"].tolist():
        out.add(person, "profile", "town", "shelbyville", day=APPLIED - 1500, note="old site")
        out.add(person, "profile", "email", f"old{person}@mail.example", day=APPLIED - 1500, note="old site")
    for trait, claim in (("slip_of_the_pen", "kubernetes 2013"), ("forerunner", "kubernetes 2011")):
        for person in lone[trait].tolist():
            out.add(person, "resume", "skill", claim, day=APPLIED)
    for person in lone["calls_on_travel"].tolist():
        _calls(out, person, (_FAR, _HERE, _HERE, _HERE), first=250)
    for person in lone["lives_elsewhere"].tolist():
        _calls(out, person, (_FAR,) * 3 * _CALLS, first=250)


def _circles(out: RecordWriter, cast: Cast) -> None:
    groups = cast.groups
    for number, group in enumerate(groups["resume_writer"]):
        for person in group.tolist():
            _passages(out, person, f"writer-{number}")
    for number, group in enumerate(groups["call_service"]):
        for person in group.tolist():
            out.add(person, "contact", "phone", f"+1333{number}", day=APPLIED, note=INTERNET_LINE)
    for number, group in enumerate(groups["course"]):
        for person in group.tolist():
            _portfolio(out, person, f"course-{number}")
    for number, group in enumerate(groups["campus"]):
        for person in group.tolist():
            out.add(person, "application", day=APPLIED + 0.1, device=f"library {number}")


def _firms(out: RecordWriter, cast: Cast, ways: list[Ways]) -> None:
    """Nothing; start-ups are young, some copied a text; fronts are young and beside what was seized."""
    out.firm("seized front", (SEIZED, "cheap names", "far host"), 0.0)
    out.firm("copied from", ("copied-from.example", "big names", "big host"), -3000.0, "slogan")
    for trait, text in (("start_up_vendor", ""), ("careless_vendor", "slogan")):
        for number, group in enumerate(cast.groups[trait]):
            name = f"{trait.replace('_', ' ')} {number}"
            domain = f"{trait}{number}.example".replace("_", "-")
            out.firm(name, (domain, "big names", "big host"), -60.0, text)
            for person in group.tolist():
                out.add(person, "work", "vendor", name, day=APPLIED)
    for number, (group, way) in enumerate(zip(cast.networks, ways, strict=True)):
        if way.front:
            out.firm(f"front {number}", (f"front{number}.example", "cheap names", "far host"), -30.0)
            for person in group.tolist():
                out.add(person, "work", "vendor", f"front {number}", day=1)


def _network(
    out: RecordWriter, number: int, network: tuple[list[int], Ways], luck: np.random.Generator
) -> None:
    group, way = network
    for place, person in enumerate(group):
        chance = luck.random(7)
        if way.one_resume and chance[0] < 0.7:
            _passages(out, person, f"network-{number}-{place // 4}")
        if way.one_portfolio and chance[1] < 0.6:
            _portfolio(out, person, f"network-{number}")
        if way.one_line and chance[2] < 0.5:
            out.add(person, "contact", "phone", f"+1666{number}", day=APPLIED, note=INTERNET_LINE)
        if way.one_browser and chance[3] < 0.8:
            out.add(person, "application", day=APPLIED + 0.1, device=f"browser {number}")
        if chance[4] < 0.3:
            out.add(person, "profile", "handle", f"again{person:05d}", day=APPLIED - 30, note="linkedin")
        if chance[5] < 0.15:
            out.add(person, "resume", "skill", "kubernetes 2010", day=APPLIED)
        if chance[6] < 0.4:
            _calls(out, person, (_FAR,) * 2 * _CALLS, first=250)


def _passages(out: RecordWriter, person: int, of: str) -> None:
    for number in range(SHARED_PASSAGES):
        out.add(person, "resume", "passage", f"{of}-{number}", day=APPLIED)


def _portfolio(out: RecordWriter, person: int, of: str) -> None:
    for number in range(4):
        out.add(person, "profile", "asset", f"{of}-{number}", day=APPLIED, note="portfolio")
