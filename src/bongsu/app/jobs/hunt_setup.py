"""What a person asks of a hunt, and the search made ready for it; each process makes its own."""

import gc
from dataclasses import dataclass
from pathlib import Path

from bongsu.analyze.detect import Detector
from bongsu.app.jobs.hunt_rule import load_rules
from bongsu.app.jobs.hunt_search import Search


@dataclass(frozen=True, slots=True, kw_only=True)
class HuntRequest:
    """What is looked for, and where."""

    paths: tuple[Path, ...]
    """Logs, archives of logs, and folders of them."""
    rules: tuple[Path, ...] = ()
    """Sigma rules, and folders of them, asked beside those that ship."""
    shipped_rules: bool = True
    processes: int = 0
    """Processes that share the work; 0: as many as there are cores."""


def check_request(request: HuntRequest) -> None:
    """Nothing, when a search can be made of the request; what takes long to read is kept for the processes.

    Raises:
        InputError: When a path of the request does not exist.
        MissingExtraError: When the extra `hunt` is not installed.
    """
    load_rules(request.rules, shipped=request.shipped_rules)


def make_search(request: HuntRequest) -> Search:
    """Search for a request.

    Raises:
        InputError: When a path of the request does not exist.
        MissingExtraError: When the extra `hunt` is not installed.
    """
    search = Search(Detector(load_rules(request.rules, shipped=request.shipped_rules).detections))
    gc.freeze()  # rules are many small objects; the collector need not walk them again and again
    return search
