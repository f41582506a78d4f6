"""Dossiers of a screening on disk, and those that are old removed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bongsu.app.jobs.screen_decision import open_appeals, show_decisions
from bongsu.errors import InputError
from bongsu.model.text import _
from bongsu.share.dossier import person_name, purge_dossiers, write_dossiers
from bongsu.store.decision_log import minimize_decisions, read_decisions

MOST_DAYS = 3_650


def write_screening(document: dict[str, Any], folder: Path, *, recipient: str | None = None) -> list[str]:
    """Names of the files written: one HTML and one JSON for each person and network.

    Raises:
        ReleaseError: When the marking does not let them go to the recipient.
        InputError: When the folder cannot be made.
    """
    make_folder(folder)
    names = write_dossiers(document, folder, recipient=recipient)
    decided = {one["body"]["subject"] for one in read_decisions(folder) if one["body"]}
    for one in document["referrals"]:
        if one["subject"] in decided:
            show_decisions(folder, one["subject"])
    return names


def make_folder(folder: Path) -> None:
    """Nothing; the folder is there.

    Raises:
        InputError: When it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(_("Cannot write to {path}: it is not a folder.").format(path=folder)) from error


def purge_screenings(folder: Path, days: int, *, now: datetime | None = None) -> dict[str, Any]:
    """What was removed and minimized, and what is kept and why; removed is what is older than so many days.

    A case whose appeal waits is kept. Of an older decision or appeal who, whom and why go; that one was made,
    when and of which kind stays.

    Raises:
        InputError: When the number cannot be used, the folder is not there or the log was changed.
    """
    if not 0 <= days <= MOST_DAYS:
        raise InputError(
            _("Cannot use {option} {value}: it is out of range.").format(option="--older-than", value=days),
            hint=_("Give a whole number from {least} to {most}.").format(least=0, most=MOST_DAYS),
        )
    if not folder.is_dir():
        raise InputError(_("Cannot purge {path}: it is not a folder.").format(path=folder))
    before = (now or datetime.now(UTC)) - timedelta(days=days)
    entries = read_decisions(folder)
    waiting = open_appeals(entries)
    old = [one for one in entries if one["body"] and datetime.fromisoformat(one["at"]) < before]
    gone = {one["number"]: one["body"]["subject"] for one in old if one["body"]["subject"] not in waiting}
    removed = purge_dossiers(folder, before, frozenset(map(person_name, waiting)))
    minimized = minimize_decisions(folder, frozenset(gone))
    for subject in sorted({*gone.values()}):
        show_decisions(folder, subject)
    return {
        "removed": removed,
        "minimized": minimized,
        "kept": [*_kept_cases(waiting), *_kept_log(len(entries))],
    }


def _kept_cases(waiting: frozenset[str]) -> list[dict[str, str]]:
    why = _("An appeal waits for an answer; what it is against must be there.")
    return [{"what": person_name(subject), "why": why} for subject in sorted(waiting)]


def _kept_log(entries: int) -> list[dict[str, str]]:
    why = _("That a decision was made, when and of which kind shows that the log is whole; it names nobody.")
    return [{"what": _("heads of {count} entries of the log").format(count=entries), "why": why}] * bool(
        entries
    )
