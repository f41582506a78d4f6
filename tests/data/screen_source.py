"""Files of every source of applications, code and freelance work, in which each of their red flags is met."""

from tests.data.person_file import write_csv, write_lines

EXCLUDED = ("name", "birthplace", "language", "school")
RESUME = (
    "kept a service running that counts what leaves a store and tells it to people who order new goods while "
    "others sleep and wrote the small tools that move old records into the new place without losing a single "
    "line of them on the way and taught a team of four how to look at what breaks before it does so"
)
SITE = (
    "we make what you need and tell you what it costs before we begin so that nobody pays for what they do "
    "not want and every hour of work is written down where you can read it at any time of the day or night"
)
PEOPLE = ("A1", "A2", "A3", "A4")
FLAGS = (
    "A02",
    "A03",
    "A04",
    "A05",
    "A06",
    "A07",
    "A09",
    "A11",
    "E10",
    "I02",
    "N03",
    "P05",
    "P06",
    "P07",
    "P08",
)


def write_sources(folder, excluded):
    """Files in which A1 to A4 leave evidence; `excluded` are four columns for each of the four."""
    return (
        _applications(folder, excluded),
        _profiles(folder, excluded),
        *_calls_and_firms(folder),
        *_code(folder),
        *_platform(folder, excluded),
    )


def _applications(folder, excluded):
    head = ("application id", "applied at", "email", "phone", "line type", "github", "time zone", "city",
            "skills", "jobs", "staffing agency", "resume", *EXCLUDED)  # fmt: skip
    rows = []
    for place, who in enumerate(PEOPLE):
        mailbox, when = f"{who}@x.example", f"2026-01-0{place + 1}T03:04:05Z"
        resume = f"{excluded[place][0]} of {excluded[place][3]}. {RESUME}"
        claims = ("Kubernetes since 2009", "Acme 2012-01 to 2020-01", "Front LLC" if who == "A1" else "")
        stated = ("+12025550143", "VoIP", f"octofox{place}", "UTC-5", "Springfield", *claims, resume)
        rows.append((who, when, mailbox, *stated, *excluded[place]))
    return write_csv(folder / "applications.csv", head, *rows)


def _profiles(folder, excluded):
    head = (
        "application id", "platform", "handle", "created", "updated", "city", "jobs", "asset hash", *EXCLUDED,
    )  # fmt: skip
    rows = []
    for place, who in enumerate(PEOPLE):
        for number in range(3):
            stated = ("portfolio", f"{who}.example", "2025-12-20", "2026-01-01", "", "", f"hash{number}")
            rows.append((who, *stated, *excluded[place]))
    for handle in ("one", "two"):
        stated = (
            "LinkedIn",
            f"octo{handle}",
            "2019-01-01",
            "2026-01-01",
            "Elsewhere",
            "Acme 2017 to 2020",
            "",
        )
        rows.append(("A1", *stated, *excluded[0]))
    return write_csv(folder / "profiles.csv", head, *rows)


def _calls_and_firms(folder):
    calls = [("a1@x.example", f"2026-01-1{n}T10:00:00Z", "8.8.8.8", "UTC+9") for n in range(3)]
    firms = [
        ("Front LLC", "front.example", "2025-12-01", SITE),
        ("Other", "other.example", "2001-01-01", SITE),
    ]
    return (
        write_csv(folder / "calls.csv", ("user email", "join time", "ip address", "time zone"), *calls),
        write_csv(folder / "firms.csv", ("firm", "website", "domain created", "site text"), *firms),
    )


def _code(folder):
    head = ("account", "sha", "author_email", "authored", "repository", "account created")
    commits = [
        ("octofox0", f"c{n}", "old@y.example", f"2018-01-{n + 10}T00:00:00Z", "octofox0/one", "2025-12-01")
        for n in range(12)
    ]
    clones = [
        {"@timestamp": f"2026-01-20T0{n % 10}:00:00Z", "action": "git.clone", "actor": "A1@x.example",
         "repo": f"acme/{n}", "destination account": "octofox0"}
        for n in range(12)
    ]  # fmt: skip
    return (
        write_csv(folder / "commits.csv", head, *commits),
        write_lines(folder / "audit.jsonl", *clones),
        write_csv(folder / "follows.csv", ("login", "following", "kind"), ("octofox1", "badfox77", "commit")),
    )


def _platform(folder, excluded):
    sessions = [
        {"account": f"F{n}", "timestamp": f"2026-01-{day}T0{n}:00:00Z", "device": "D", "name": excluded[n][0],
         "language": excluded[n][2]}
        for n in range(4)
        for day in range(10, 16)
    ]  # fmt: skip
    bids = [
        {
            "account": "F0",
            "time": f"2026-01-{10 + n // 10}T00:00:00Z",
            "project": f"J{n}",
            "proposal": "I can!",
        }
        for n in range(70)
    ]
    paid = [
        {"account": one, "time": f"2026-01-{day}T00:00:00Z", "paid to": other, "amount": "100"}
        for one, other in (("F0", "F1"), ("F1", "F0"))
        for day in (10, 12)
    ]
    asked = [
        {"account": "F2", "time": "2026-01-10T00:00:00Z", "record": "suspension", "text": "-"},
        {"account": "F2", "time": "2026-01-12T00:00:00Z", "record": "support ticket",
         "text": "May I continue with another account?"},
    ]  # fmt: skip
    parts = {"logins": sessions, "bids": bids, "ledger": paid, "support": asked}
    return tuple(write_lines(folder / f"{name}.jsonl", *rows) for name, rows in parts.items())
