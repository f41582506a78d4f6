"""What else a made firm's week leaves: sign-ins of servers, the way in from home, mail, lockfiles."""

import json
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from bongsu.rehearse.office import DOMAIN, MONDAY, Luck, Office, moments, pick, word

Line = tuple[datetime, str]
PACKAGES = (
    ("react", "18.3.1"), ("vite", "5.4.11"), ("typescript", "5.7.2"), ("eslint", "9.16.0"),
    ("lodash", "4.17.21"), ("axios", "1.7.9"), ("zod", "3.24.1"), ("express", "4.21.2"),
    ("tailwindcss", "3.4.16"), ("chalk", "5.3.0"),
)  # fmt: skip
PARTNERS = ("partner.example", "supplier.example.net", "institute.example.org", "news.example.com")


def auth_day(office: Office, day: int) -> list[Line]:
    """Lines of a Linux server's auth.log of a day: developers, sudo, wrong passwords, backups at night."""
    luck = office.luck(5, day)
    rows: list[Line] = []
    for person in office.people:
        if person.trade not in {"developer", "admin"}:
            continue
        for moment in moments(luck, day, 3):
            number = int(luck.integers(1000, 60000))
            if luck.random() < 0.06:
                text = f"Failed password for {person.user} from {person.ip} port {number} ssh2"
            else:
                text = f"Accepted publickey for {person.user} from {person.ip} port {number} ssh2"
            rows.append((moment, _syslog(moment, f"sshd[{number}]", text)))
        if person.trade == "admin":
            text = f"{person.user} : TTY=pts/0 ; PWD=/root ; USER=root ; COMMAND=/usr/bin/apt-get update"
            rows += [(one, _syslog(one, "sudo", text)) for one in moments(luck, day, 2)]
    for place in range(4):
        moment = MONDAY + timedelta(days=day, hours=2, minutes=7 * place)
        text = (
            f"Accepted publickey for backup from 10.20.250.7 port {40000 + place} ssh2: ED25519 SHA256:made"
        )
        rows.append((moment, _syslog(moment, f"sshd[{2000 + place}]", text)))
    for place in range(24):
        moment = MONDAY + timedelta(days=day, hours=place, minutes=17)
        text = "pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)"
        rows.append((moment, _syslog(moment, f"CRON[{3000 + place}]", text)))
    return sorted(rows)


def vpn_day(office: Office, day: int) -> list[Line]:
    """Lines of the server of the way in from home."""
    luck = office.luck(6, day)
    rows = []
    for person in office.people:
        if person.vpn and luck.random() < 0.4:
            for moment in moments(luck, day, 12)[:1]:
                source = f"203.0.113.{int(luck.integers(1, 250))}:{int(luck.integers(1024, 65000))}"
                text = f"{source} [{person.user}] Peer Connection Initiated with [AF_INET]{source}"
                rows.append((moment, _syslog(moment, "openvpn[812]", text)))
    return sorted(rows)


def mail_day(office: Office, day: int) -> list[tuple[datetime, bytes]]:
    """Mails of a day as they are stored: colleagues, partners, newsletters; all with good verdicts."""
    luck = office.luck(7, day)
    rows = []
    for moment in moments(luck, day, max(4, len(office.people) // 3)):
        person = office.people[int(luck.integers(len(office.people)))]
        inside = luck.random() < 0.6
        sender = office.people[int(luck.integers(len(office.people)))].mailbox
        if not inside:
            sender = f"{word(luck)}@{pick(luck, PARTNERS)}"
        rows.append((moment, mail_bytes((sender, person.mailbox), moment, f"Re: {word(luck)}", luck)))
    return sorted(rows)


def mail_bytes(parties: tuple[str, str], moment: datetime, subject: str, luck: Luck, **headers: str) -> bytes:
    """A mail with the verdicts of the firm's own server.

    Args:
        parties: Sender and recipient.
        moment: When.
        subject: Subject.
        luck: Source of chance.
        headers: Further headers, `_` for a hyphen; Authentication_Results replaces the good verdict.
    """
    sender, recipient = parties
    domain = sender.partition("@")[2]
    mail = EmailMessage()
    mail["Received"] = (
        f"from mail.{domain} (mail.{domain} [198.51.100.25]) by mx.{DOMAIN}; {format_datetime(moment)}"
    )
    good = verdict_text("pass", domain)
    stated = {"Authentication-Results": good} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    for name, text in stated.items():
        mail[name] = text
    mail["From"], mail["To"], mail["Subject"] = sender, recipient, subject
    mail["Date"] = format_datetime(moment)
    mail["Message-ID"] = f"<{int(luck.integers(2**60)):x}@{domain}>"
    mail.set_content("A made mail of a rehearsal. It says nothing.\n")
    return mail.as_bytes()


def verdict_text(verdict: str, domain: str) -> str:
    """Authentication-Results of the firm's server, all three the same."""
    checks = (f"spf={verdict} smtp.mailfrom={domain}", f"dkim={verdict} header.d={domain}")
    return "; ".join((f"mx.{DOMAIN}", *checks, f"dmarc={verdict} header.from={domain}"))


def lockfile(luck: Luck, *poisoned: tuple[str, str]) -> str:
    """A package-lock.json of version 3, with further packages if any are given."""
    listed = [one for one in PACKAGES if luck.random() < 0.7]
    packages = {
        f"node_modules/{name}": {
            "version": version,
            "resolved": f"https://registry.example/{name}/-/{name}-{version}.tgz",
            "integrity": "sha512-made",
        }
        for name, version in [*listed, *poisoned]
    }
    root = {"name": word(luck), "version": "1.0.0", "dependencies": dict([*listed, *poisoned])}
    document = {
        "name": root["name"],
        "lockfileVersion": 3,
        "requires": True,
        "packages": {"": root} | packages,
    }
    return json.dumps(document, indent=2) + "\n"


def _syslog(moment: datetime, program: str, text: str) -> str:
    return f"{moment.isoformat()} build1 {program}: {text}"
