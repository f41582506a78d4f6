"""What a person asks of a hunt, and the search made ready for it; each process makes its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bongsu.analyze.beacon import BeaconFinder
from bongsu.analyze.detect import Detector
from bongsu.analyze.mail import MailWatch
from bongsu.analyze.mail_reason import MailLists
from bongsu.app.jobs.hunt_indicator import IndicatorFiles, load_indicators
from bongsu.app.jobs.hunt_mail import mail_lists
from bongsu.app.jobs.hunt_rule import load_rules
from bongsu.app.jobs.hunt_search import Search, Watch
from bongsu.read.yara import YaraScanner

NOT_LOGS = ("", "plain_text")
"""Formats that YARA rules are asked of: files that no reader fits, and texts, among which are scripts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HuntRequest:
    """What is looked for, and where."""

    paths: tuple[Path, ...]
    """Logs, archives of logs, and folders of them."""
    rules: tuple[Path, ...] = ()
    """Sigma rules, and folders of them, asked beside those that ship."""
    shipped_rules: bool = True
    indicators: IndicatorFiles = IndicatorFiles()
    """Claims of sources, disputes of them, and lists of what is benign."""
    people: tuple[Path, ...] = ()
    """Tables of people whose names a mail may pose with."""
    domains: tuple[Path, ...] = ()
    """Tables of domains that others may imitate, beside those that ship."""
    own_domains: tuple[str, ...] = ()
    """Domains of the firm itself."""
    answers: tuple[Path, ...] = ()
    """Saved answers of the DNS, to prove who sent a mail."""
    trusted_hosts: tuple[str, ...] = ()
    """Mail hosts of the firm, whose own findings in headers count."""
    yara: tuple[Path, ...] = ()
    """YARA rules, and folders of them, asked of files that are no logs."""
    yara_all: bool = False
    """Whether they are asked of logs too."""
    processes: int = 0
    """Processes that share the work; 0: as many as there are cores."""

    def scans(self, reader: str) -> bool:
        """Whether YARA rules are asked of a file of a format; empty: no known one."""
        return bool(self.yara) and (self.yara_all or reader in NOT_LOGS)


def check_request(request: HuntRequest) -> None:
    """Nothing, when a search can be made of the request; what takes long to read is kept for the processes.

    Raises:
        InputError: When a path of the request does not exist, or a YARA rule does not compile.
        MissingExtraError: When the extra `hunt` is not installed, or `yara` and it is asked for.
    """
    load_rules(request.rules, shipped=request.shipped_rules)
    load_indicators(request.indicators)
    _mail_lists(request)
    _scanner(request)


def make_search(request: HuntRequest) -> Search:
    """Search for a request.

    Raises:
        InputError: When a path of the request does not exist, or a YARA rule does not compile.
        MissingExtraError: When the extra `hunt` is not installed, or `yara` and it is asked for.
    """
    rules = load_rules(request.rules, shipped=request.shipped_rules)
    loaded = load_indicators(request.indicators)
    lists = _mail_lists(request)
    watches: dict[str, Callable[[], Watch]] = {
        "beacons": BeaconFinder,
        "mail": lambda: MailWatch(lists, request.trusted_hosts),
    }
    index = loaded.compared if loaded else None
    return Search(Detector(rules.detections), index, watches, scanner=_scanner(request))


def _mail_lists(request: HuntRequest) -> MailLists:
    return mail_lists(request.people, request.domains, request.own_domains)


def _scanner(request: HuntRequest) -> YaraScanner | None:
    return YaraScanner(request.yara) if request.yara else None
