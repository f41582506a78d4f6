"""Who sends mail in a domain's name and whether it passes, from aggregate reports of DMARC."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bongsu.model.dns import canonical_name
from bongsu.model.log import LogBlock

_MOST_COUNT = 10**12


class Sender(NamedTuple):
    """One address that sends as the domain."""

    ip: str
    shown: tuple[str, ...]
    """Domains that it shows."""
    passed: int
    failed: int
    refused: int
    """Of the failed, those that receivers quarantined or rejected."""
    proves: tuple[str, ...]
    """Domains that it did prove by SPF or DKIM, whether or not they fit."""


class Senders(NamedTuple):
    """All that send as the domain, those with the most failures first."""

    senders: tuple[Sender, ...]
    reports: int

    @property
    def passed(self) -> int:
        """Mails that passed."""
        return sum(one.passed for one in self.senders)

    @property
    def total(self) -> int:
        """Mails in all."""
        return sum(one.passed + one.failed for one in self.senders)

    @property
    def failing_own(self) -> tuple[str, ...]:
        """Addresses that pass only partly: most likely yours, and not set up fully."""
        return tuple(one.ip for one in self.senders if one.passed and one.failed)


def senders_of(blocks: Iterable[LogBlock], domain: str) -> Senders:
    """Who sends as the domain or what is below it; blocks of other logs are left alone."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    shown: dict[str, set[str]] = defaultdict(set)
    proves: dict[str, set[str]] = defaultdict(set)
    reports = set()
    for block in blocks:
        for row in _rows(block):
            name = canonical_name(row["header_from"])
            if name != domain and not name.endswith(f".{domain}"):
                continue
            reports.add((row["org_name"], row["report_id"]))
            _add(counts[row["source_ip"]], row)
            shown[row["source_ip"]].add(name)
            told = [one.split() for one in f"{row['auth_dkim']},{row['auth_spf']}".split(",")]
            proves[row["source_ip"]] |= {one[0] for one in told if len(one) > 1 and one[1] == "pass"}
    found = [
        Sender(ip, tuple(sorted(shown[ip])), passed, failed, refused, tuple(sorted(proves[ip])))
        for ip, (passed, failed, refused) in counts.items()
    ]
    return Senders(tuple(sorted(found, key=lambda one: (-one.failed, -one.passed, one.ip))), len(reports))


def _rows(block: LogBlock) -> Iterable[dict[str, str]]:
    if block.stream.product != "dmarc":
        return []
    names = (
        "source_ip",
        "count",
        "disposition",
        "dkim",
        "spf",
        "header_from",
        "org_name",
        "report_id",
        "auth_dkim",
        "auth_spf",
    )
    columns = [
        block.columns[name].to_pylist() if name in block.columns else [None] * block.rows for name in names
    ]
    return [
        dict(zip(names, (value or "" for value in values), strict=True))
        for values in zip(*columns, strict=True)
    ]


def _add(counts: list[int], row: dict[str, str]) -> None:
    """Nothing; the row's mails are counted as passed, failed and refused. No count is one mail."""
    stated = row["count"]
    count = min(int(stated), _MOST_COUNT) if stated.isascii() and stated.isdigit() and len(stated) < 16 else 1
    passed = "pass" in {row["dkim"].lower(), row["spf"].lower()}
    counts[0 if passed else 1] += count
    if not passed and row["disposition"].lower() in {"quarantine", "reject"}:
        counts[2] += count
