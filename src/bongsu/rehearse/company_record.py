"""Records of a made company but for sign-ins: who is hired, where laptops go, who is paid and how."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from bongsu.rehearse.company_luck import Cast

START = datetime(2025, 1, 1, tzinfo=UTC)
"""First day of the year that is made up."""
DEPARTMENTS = ("engineering", "sales", "finance", "it support", "design", "operations")
_IT = 3
_HALF = 0.5
Row = dict[str, Any]


class RecordWriter:
    """Collects rows of events of people; numbers of people become their ids."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add(self, person: int, kind: str, thing: str = "", value: str = "", **more: Any) -> None:  # noqa: ANN401
        """Nothing; adds an event. `day` is the day of the year; `note`, `ip` and `device` as in an event."""
        self.state(person_id(person), kind, thing, value, **more)

    def follow(self, person: int, other: str, note: str) -> None:
        """Nothing; adds that somebody's account follows another or works with it."""
        self.add(person, "account", "handle", f"dev{person_id(person)}")
        self.add(person, "follow", "handle", other, day=100, note=note)

    def firm(self, name: str, site: tuple[str, str, str], day: float, text: str = "") -> None:
        """Nothing; adds a firm with its site's domain, registrar and host, and text."""
        for thing, value in zip(("domain", "registrar", "hosting"), site, strict=True):
            self.state(name, "company", thing, value, day=day)
        for number in range(6 if text else 0):
            self.state(name, "company", "passage", f"{text}-{number}", day=day)

    def state(self, subject: str, kind: str, thing: str = "", value: str = "", **more: Any) -> None:  # noqa: ANN401
        """Nothing; adds an event of a subject that is no employee, such as a firm or a client."""
        day = more.get("day", 0)
        self.rows.append(
            {
                "subject": subject,
                "time": START + timedelta(days=float(day)),
                "kind": kind,
                "thing": thing,
                "value": value,
                "note": more.get("note", ""),
                "ip": more.get("ip", ""),
                "device": more.get("device", ""),
            }
        )


def person_id(person: int) -> str:
    """Id of a person."""
    return f"e{person:05d}"


def home_of(person: int) -> str:
    """Address on somebody's documents."""
    return f"{person + 1} maple st springfield"


def make_records(cast: Cast, luck: np.random.Generator) -> list[Row]:
    """Rows of everybody, as dictionaries with subject, time, kind, thing, value and note."""
    out = RecordWriter()
    ship = {person: home_of(person) for person in range(cast.people)}
    homes = dict(ship)
    pay = {person: f"011000015/{100_000 + person}" for person in range(cast.people)}
    _share_homes(cast, (homes, ship, pay), luck)
    departments = luck.integers(0, len(DEPARTMENTS), cast.people)
    for person in range(cast.people):
        _employee(out, person, DEPARTMENTS[int(departments[person])], (homes, ship, pay))
    for person in np.flatnonzero(departments == _IT).tolist():
        _software(out, person, ("anydesk", "teamviewer"), luck)
    _lone_records(out, cast, luck)
    _group_records(out, cast)
    _network_records(out, cast, luck)
    return out.rows


def _share_homes(cast: Cast, stated: tuple[dict[int, str], ...], luck: np.random.Generator) -> None:
    """Nothing; who lives together, is placed by an agency or works for a network shares what that shares."""
    homes, ship, pay = stated
    for trait in ("couple", "hidden_couple", "flatmates"):
        for group in cast.groups[trait]:
            first, *rest = group.tolist()
            joint = trait != "flatmates" and luck.random() < _HALF
            for other in rest:
                homes[other] = homes[first] if trait == "couple" else homes[other]
                ship[other] = ship[first]
                pay[other] = pay[first] if joint else pay[other]
    for group in cast.groups["agency"]:
        pay |= dict.fromkeys(group.tolist(), pay[int(group[0])])
    for trait in ("forwarder", "busy_forwarder"):
        for group in cast.groups[trait]:
            ship |= dict.fromkeys(group.tolist(), f"{int(group[0]) + 1} forwarder rd dock 4")
    for person in cast.lone["mover"].tolist():
        ship[person] = f"{person + 1} new ave shelbyville"
    for number, group in enumerate(cast.networks):
        _share_farm(number, group.tolist(), (ship, pay), luck)


def _share_farm(
    number: int, group: list[int], stated: tuple[dict[int, str], ...], luck: np.random.Generator
) -> None:
    """Nothing; most laptops of a network go to a facilitator, most pay to a few accounts."""
    ship, pay = stated
    for place, person in enumerate(group):
        if luck.random() < 0.85:
            ship[person] = f"{number + 1} facilitator ln basement"
        if luck.random() < 0.7:
            pay[person] = f"021000021/{900_000 + number * 10 + place // 5}"


def _employee(out: RecordWriter, person: int, department: str, stated: tuple[dict[int, str], ...]) -> None:
    homes, ship, pay = stated
    out.add(person, "application", day=-40)
    out.add(person, "contact", "email", f"p{person}@mail.example", day=-40)
    out.add(person, "hire", day=0)
    out.add(person, "home", "postal_address", homes[person])
    out.add(person, "shipment", "postal_address", ship[person], day=1)
    out.add(person, "work", "department", department)
    out.add(person, "work", "utc_offset", "-300")
    out.add(person, "display", "edid", f"GSM-5B09:D{person:06d}", day=3, note="modes=14")
    out.add(person, "second_factor", "phone", f"+1555{person:07d}", day=2)
    for day in (30, 335):
        out.add(person, "payout", "bank_account", pay[person], day=day)


def _software(out: RecordWriter, person: int, names: tuple[str, ...], luck: np.random.Generator) -> None:
    for name in names:
        out.add(person, "software", "software", name, day=int(luck.integers(300, 360)))


def _lone_records(out: RecordWriter, cast: Cast, luck: np.random.Generator) -> None:
    for person in cast.lone["developer_tools"].tolist():
        _software(out, person, ("rustdesk", "parsec"), luck)
    for person in cast.lone["accessibility"].tolist():
        _software(out, person, ("mouse jiggler",), luck)
    for person in cast.lone["streamer"].tolist():
        _software(out, person, ("manycam",), luck)
    for person in cast.lone["kvm_hobby"].tolist():
        out.add(person, "usb", "usb", "1d6b:0104:CAFEBABE", day=340, note="PiKVM")
    for person in cast.lone["small_computer"].tolist():
        out.add(
            person, "neighbor", "mac", f"b8:27:eb:00:{person // 256 % 256:02x}:{person % 256:02x}", day=340
        )
    for person in cast.lone["bank_change"].tolist():
        out.add(person, "payout", "bank_account", f"031000053/{500_000 + person}", day=60)
    for person in cast.lone["coins"].tolist():
        out.add(person, "payout", "wallet", f"0x{person + 1:040x}", day=340)


def _group_records(out: RecordWriter, cast: Cast) -> None:
    for number, group in enumerate(cast.groups["agency"]):
        for person in group.tolist():
            out.add(person, "work", "vendor", f"agency {number}")
    shared = {
        "coach": ("contact", "phone", "+1777{}"),
        "family_account": ("device", "account", "family-{}"),
        "help_desk_token": ("second_factor", "serial", "TOKEN{}"),
        "cloned_display": ("display", "edid", "LNX-0001:CLONE{}"),
        "common_display": ("display", "edid", "LNX-0002:COMMON{}"),
    }
    for trait, (kind, thing, value) in shared.items():
        for number, group in enumerate(cast.groups[trait]):
            for person in group.tolist():
                out.add(person, kind, thing, value.format(number), day=330, note="modes=9")


def _network_records(out: RecordWriter, cast: Cast, luck: np.random.Generator) -> None:
    for number, group in enumerate(cast.networks):
        spoofed, one_phone = luck.random(2) < _HALF
        for place, person in enumerate(group.tolist()):
            if luck.random() < 0.5 and not spoofed:
                out.add(person, "usb", "usb", "1d6b:0104:CAFEBABE", day=340, note="PiKVM")
            if luck.random() < 0.6 and spoofed:
                out.add(person, "display", "edid", f"DEL-4001:FARM{number}", day=340, note="modes=1")
            if luck.random() < 0.6:
                _software(out, person, ("anydesk", "rustdesk"), luck)
            if luck.random() < 0.3:
                out.add(person, "second_factor", "phone", f"+1999{number}00{place // 4}", day=300)
            if luck.random() < 0.5 and one_phone:
                out.add(person, "contact", "phone", f"+1888{number}", day=20)
            if luck.random() < 0.4:
                out.add(person, "payout", "bank_account", f"021000021/{990_000 + number}", day=50)
