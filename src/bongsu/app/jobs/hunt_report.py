"""A hunt from a request to its document, and the document as a report."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bongsu.app.jobs.hunt import hunt_files
from bongsu.app.jobs.hunt_document import Asked, hunt_document
from bongsu.app.jobs.hunt_indicator import load_indicators
from bongsu.app.jobs.hunt_plan import Progress
from bongsu.app.jobs.hunt_rule import load_rules
from bongsu.app.jobs.hunt_setup import HuntRequest
from bongsu.errors import InputError
from bongsu.model.marking import Marking, Tlp
from bongsu.model.text import _
from bongsu.share.hunt_report import render_hunt

OWN = Marking(tlp=Tlp.AMBER_STRICT, releasable_to=None)
"""Marking of what a firm's own logs say, unless its owner states another."""


def run_hunt(
    request: HuntRequest,
    *,
    marking: Marking | None = None,
    progress: Progress = lambda name, size: None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> dict[str, Any]:
    """Document `bongsu.hunt/1` of a hunt.

    Raises:
        InputError: When a path does not exist.
        MissingExtraError: When the extra `hunt` is not installed.
    """
    hunted = hunt_files(request, progress)
    rules = load_rules(request.rules, shipped=request.shipped_rules)
    loaded = load_indicators(request.indicators)
    asked = Asked(rules, loaded.document if loaded else None)
    return hunt_document(hunted, asked, marking=marking or OWN, made=clock())


def write_hunt(document: dict[str, Any], path: Path) -> None:
    """Nothing; the file has the report.

    Raises:
        InputError: When the file cannot be written.
        MissingExtraError: When the extra `report` is not installed.
    """
    page = render_hunt(document)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(
            _("Cannot write {path}: {why}.").format(path=path, why=error.strerror or error),
            hint=_("Name a file in a folder that you may write to."),
        ) from error
