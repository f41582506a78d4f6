"""Network logs of a made firm's ordinary week: names asked, pages fetched, connections, the proxy."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from bongsu.rehearse.office import MONDAY, Luck, Office, Person, iso, moments, pick, word

Row = tuple[datetime, dict[str, Any]]
POPULAR = (
    "www.google.com", "outlook.office365.com", "teams.microsoft.com", "www.naver.com", "github.com",
    "login.microsoftonline.com", "www.npmjs.com", "www.nuget.org", "www.daum.net", "fonts.gstatic.com",
    "zoom.us", "slack.com", "www.wikipedia.org", "stackoverflow.com", "www.youtube.com", "cdn.jsdelivr.net",
    "ajax.googleapis.com",
)  # fmt: skip
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/133.0 Safari/537.36"
UPDATES = (
    ("download.windowsupdate.com", "Windows-Update-Agent/10.0", 3600 * 6),
    ("ocsp.digicert.com", "Microsoft-CryptoAPI/10.0", 3600),
    ("edge.microsoft.com", BROWSER, 3600 * 3),
)
"""Host, user agent and seconds between of what every computer asks by the clock."""
MONITORED = ("10.20.250.5", "monitor.firm.example", 60)
"""Who asks the firm's own servers by the clock, under which name, each so many seconds."""


def dns_day(office: Office, day: int) -> list[Row]:
    """Lines of Zeek's dns log of a day, in order of time."""
    rows: list[Row] = []
    for person in office.people:
        luck = office.luck(2, day, person.number)
        for moment in moments(luck, day, 70):
            rows.append(dns_event(person.ip, moment, _asked(office, luck), luck))
        for moment in moments(luck, day, 15, night=True):
            rows.append(
                dns_event(person.ip, moment, pick(luck, tuple(host for host, _a, _s in UPDATES)), luck)
            )
    return sorted(rows, key=lambda one: one[0])


def dns_event(source: str, moment: datetime, name: str, luck: Luck) -> Row:
    """Line of a question for a name."""
    return moment, {
        "_path": "dns", "ts": iso(moment), "uid": _uid(luck), "id.orig_h": source,
        "id.orig_p": int(luck.integers(49152, 65535)), "id.resp_h": "10.20.250.2", "id.resp_p": 53,
        "proto": "udp", "query": name, "qclass_name": "C_INTERNET", "qtype_name": "A",
        "rcode_name": "NOERROR" if luck.random() > 0.03 else "NXDOMAIN", "answers": ["198.51.100.9"],
        "AA": False, "TC": False, "RD": True, "RA": True, "Z": 0, "rejected": False,
    }  # fmt: skip


def http_day(office: Office, day: int) -> list[Row]:
    """Lines of Zeek's http log of a day: pages, updates by the clock, monitoring, the scanner."""
    rows: list[Row] = []
    for person in office.people:
        luck = office.luck(3, day, person.number)
        for moment in moments(luck, day, 25):
            rows.append(
                http_event(person.ip, moment, (_asked(office, luck), f"/{word(luck)}", BROWSER), luck)
            )
        rows += _by_clock(person, luck, day)
    rows += _monitoring(office.luck(3, day, 10**6), day)
    rows += _scanner(office.luck(3, day, 10**6 + 1), day)
    return sorted(rows, key=lambda one: one[0])


def http_event(source: str, moment: datetime, asked: tuple[str, str, str], luck: Luck) -> Row:
    """Line of a request; `asked` is host, path and user agent."""
    host, path, agent = asked
    return moment, {
        "_path": "http", "ts": iso(moment), "uid": _uid(luck), "id.orig_h": source,
        "id.orig_p": int(luck.integers(49152, 65535)), "id.resp_h": "198.51.100.9", "id.resp_p": 80,
        "method": "GET", "host": host, "uri": path, "user_agent": agent, "request_body_len": 0,
        "response_body_len": int(luck.lognormal(8, 2)), "status_code": 200,
    }  # fmt: skip


def conn_day(office: Office, day: int) -> list[Row]:
    """Lines of Zeek's conn log of a day: printing, clocks, files, and the scanner at night."""
    rows: list[Row] = []
    for person in office.people:
        luck = office.luck(9, day, person.number)
        printer = f"10.20.251.{person.number % 12 + 10}"
        for target, port, count in ((printer, 9100, 4), ("10.20.250.3", 445, 15), ("10.20.250.2", 88, 8)):
            rows += [conn_event(person.ip, one, (target, port), luck) for one in moments(luck, day, count)]
        for place in range(int(luck.integers(0, 3600)), 86_400, 3600):
            moment = MONDAY + timedelta(days=day, seconds=place)
            rows.append(conn_event(person.ip, moment, ("10.20.250.2", 123), luck))
    if day % 7 == 2:
        luck = office.luck(9, day, 10**6)
        for place in range(40 * 25):
            moment = MONDAY + timedelta(days=day, hours=23, seconds=place // 2)
            tried = f"10.20.0.{place % 40 + 10}", int(luck.integers(1, 1024))
            rows.append(conn_event("10.20.250.9", moment, tried, luck))
    return sorted(rows, key=lambda one: one[0])


def conn_event(source: str, moment: datetime, target: tuple[str, int], luck: Luck) -> Row:
    """Line of a connection."""
    address, port = target
    return moment, {
        "_path": "conn", "ts": iso(moment), "uid": _uid(luck), "id.orig_h": source,
        "id.orig_p": int(luck.integers(49152, 65535)), "id.resp_h": address, "id.resp_p": port,
        "proto": "udp" if port == 123 else "tcp", "duration": round(float(luck.exponential(2)), 6),
        "orig_bytes": int(luck.lognormal(7, 2)), "resp_bytes": int(luck.lognormal(8, 2)), "conn_state": "SF",
    }  # fmt: skip


def squid_day(office: Office, day: int) -> list[tuple[datetime, str]]:
    """Lines of the proxy's access log of a day, in order of time."""
    rows = []
    for person in office.people:
        luck = office.luck(4, day, person.number)
        for moment in moments(luck, day, 30):
            rows.append((moment, squid_line(person, moment, f"{_asked(office, luck)}:443", luck)))
    return sorted(rows)


def squid_line(person: Person, moment: datetime, target: str, luck: Luck) -> str:
    """Line in squid's own form; `target` is `host:port`, or a URL."""
    method = "GET" if "://" in target else "CONNECT"
    return (
        f"{moment.timestamp():.3f} {int(luck.integers(5, 9000)):6d} {person.ip} TCP_TUNNEL/200 "
        f"{int(luck.lognormal(8, 2))} {method} {target} {person.user} HIER_DIRECT/198.51.100.9 -"
    )


def _asked(office: Office, luck: Luck) -> str:
    return str(pick(luck, POPULAR if luck.random() < 0.6 else office.tail))


def _by_clock(person: Person, luck: Luck, day: int) -> Iterator[Row]:
    start = MONDAY + timedelta(days=day)
    for host, agent, seconds in UPDATES:
        for place in np.arange(luck.uniform(0, seconds), 86_400, seconds):
            moment = start + timedelta(seconds=float(place + luck.normal(0, 20)))
            yield http_event(person.ip, moment, (host, "/update", agent), luck)


def _monitoring(luck: Luck, day: int) -> Iterator[Row]:
    source, host, seconds = MONITORED
    for place in range(0, 86_400, seconds):
        moment = MONDAY + timedelta(days=day, seconds=place)
        yield http_event(source, moment, (host, "/health", "Zabbix 6.0"), luck)


def _scanner(luck: Luck, day: int) -> Iterator[Row]:
    """Requests of the firm's own vulnerability scanner, on the third night."""
    if day % 7 != 2:
        return
    for place, path in enumerate(
        ("/", "/robots.txt", "/admin/", "/status", "/.git/HEAD", "/backup.zip") * 60
    ):
        moment = MONDAY + timedelta(days=day, hours=23, seconds=place)
        host = f"app{place % 40}.firm.example"
        yield http_event("10.20.250.9", moment, (host, path, "firm vulnerability scan"), luck)


def _uid(luck: Luck) -> str:
    return f"C{int(luck.integers(2**60)):x}"
