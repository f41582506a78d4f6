"""Events of Windows and Sysmon of a made firm's ordinary week: programs, updates, work."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bongsu.rehearse.office import DOMAIN, Luck, Office, Person, iso, moments, pick, word
from bongsu.rehearse.office_program import EVERYBODY, EXPLORER, OF_TRADE, PROGRAMS, SYSTEM, SYSTEM32

SYSMON = "Microsoft-Windows-Sysmon/Operational"
Row = tuple[datetime, dict[str, Any]]
PER_DAY = 60
"""Processes of a person on a working day."""


def windows_day(office: Office, day: int) -> list[Row]:
    """Events of a day in order of time."""
    rows: list[Row] = []
    for person in office.people:
        luck = office.luck(1, day, person.number)
        rows += _processes(person, luck, day)
        rows += _queries(office, person, luck, day)
        rows += _sign_ins(person, luck, day)
        rows += _files(person, luck, day)
    return sorted(rows, key=lambda one: one[0])


def process_event(person: Person, moment: datetime, image: str, command: str, **more: str) -> Row:
    """Row of Sysmon event 1; `more` are other fields, such as ParentImage."""
    fields = {
        "Image": image,
        "OriginalFileName": image.rpartition("\\")[2],
        "CommandLine": command,
        "CurrentDirectory": f"{person.home}\\",
        "IntegrityLevel": "Medium",
        "Hashes": f"SHA256={made_hash(image)}",
        "ParentImage": EXPLORER,
    }
    return sysmon_event(person, moment, 1, fields | more)


def sysmon_event(person: Person, moment: datetime, number: int, fields: dict[str, str]) -> Row:
    """Row of a Sysmon event of somebody's computer."""
    head = {
        "Channel": SYSMON,
        "SourceName": "Microsoft-Windows-Sysmon",
        "EventID": number,
        "@timestamp": iso(moment),
        "Hostname": f"{person.host}.{DOMAIN}",
        "User": f"FIRM\\{person.user}",
        "UtcTime": moment.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3],
    }
    return moment, head | fields


def made_hash(text: str) -> str:
    """64 hexadecimal digits that stand for a program; nobody's file has them, for they say so."""
    return f"B0B0{abs(sum(ord(one) * 31**place for place, one in enumerate(text))) % 16**56:056X}B0B0"


def _processes(person: Person, luck: Luck, day: int) -> Iterator[Row]:
    own = (*OF_TRADE.get(person.trade, ()), *EVERYBODY)
    for moment in moments(luck, day, int(luck.normal(PER_DAY, 12))):
        yield _process(person, luck, moment, pick(luck, own))
    for moment in moments(luck, day, 8, night=True):
        found, event = _process(person, luck, moment, pick(luck, SYSTEM))
        yield (
            found,
            event
            | {
                "User": "NT AUTHORITY\\SYSTEM",
                "IntegrityLevel": "System",
                "CurrentDirectory": f"{SYSTEM32}\\",
            },
        )


def _process(person: Person, luck: Luck, moment: datetime, shape: tuple[str, str, str]) -> Row:
    filled = {
        "home": person.home,
        "user": person.user,
        "word": word(luck),
        "hex": f"{int(luck.integers(2**40)):x}",
        "n": int(luck.integers(2, 9999)),
    }
    image, arguments, parent = (part.format(**filled) for part in shape)
    return process_event(person, moment, image, f'"{image}" {arguments}'.strip(), ParentImage=parent)


def _queries(office: Office, person: Person, luck: Luck, day: int) -> Iterator[Row]:
    for moment in moments(luck, day, 12):
        name = pick(luck, office.tail)
        image = f"{PROGRAMS}\\Google\\Chrome\\Application\\chrome.exe"
        yield sysmon_event(
            person, moment, 22,
            {"QueryName": name, "QueryStatus": "0", "QueryResults": "::ffff:198.51.100.9;", "Image": image},
        )  # fmt: skip


def _sign_ins(person: Person, luck: Luck, day: int) -> Iterator[Row]:
    for moment in moments(luck, day, 6):
        failed = luck.random() < 0.04
        from_home = person.vpn and luck.random() < 0.3
        yield (
            moment,
            {
                "Channel": "Security",
                "SourceName": "Microsoft-Windows-Security-Auditing",
                "EventID": 4625 if failed else 4624,
                "@timestamp": iso(moment),
                "Hostname": f"DC01.{DOMAIN}",
                "TargetUserName": person.user,
                "TargetDomainName": "FIRM",
                "LogonType": "3",
                "IpAddress": f"10.99.0.{person.number % 200 + 10}" if from_home else person.ip,
                "WorkstationName": person.host,
                "LogonProcessName": "Kerberos",
                "AuthenticationPackageName": "Kerberos",
            },
        )


def _files(person: Person, luck: Luck, day: int) -> Iterator[Row]:
    endings = ("docx", "xlsx", "hwp", "pdf", "tmp", "png", "zip", "dwg")
    for moment in moments(luck, day, 8):
        folder = pick(luck, ("Documents", "Downloads", "Desktop"))
        name = f"{person.home}\\{folder}\\{word(luck)}.{pick(luck, endings)}"
        fields = {"Image": EXPLORER, "TargetFilename": name, "CreationUtcTime": iso(moment)}
        yield sysmon_event(person, moment, 11, fields)
