"""Dossiers of a screening on disk, and those that are old removed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bongsu.errors import InputError
from bongsu.model.text import _
from bongsu.share.dossier import purge_dossiers, write_dossiers

MOST_DAYS = 3_650


def write_screening(document: dict[str, Any], folder: Path, *, recipient: str | None = None) -> list[str]:
    """Names of the files written: one HTML and one JSON for each person and network.

    Raises:
        ReleaseError: When the marking does not let them go to the recipient.
        InputError: When the folder cannot be made.
    """
    make_folder(folder)
    return write_dossiers(document, folder, recipient=recipient)


def make_folder(folder: Path) -> None:
    """Nothing; the folder is there.

    Raises:
        InputError: When it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(_("Cannot write to {path}: it is not a folder.").format(path=folder)) from error


def purge_screenings(folder: Path, days: int, *, now: datetime | None = None) -> list[str]:
    """Names of the files that were removed: dossiers made more than so many days ago.

    Raises:
        InputError: When the number cannot be used or the folder is not there.
    """
    if not 0 <= days <= MOST_DAYS:
        raise InputError(
            _("Cannot use {option} {value}: it is out of range.").format(option="--older-than", value=days),
            hint=_("Give a whole number from {least} to {most}.").format(least=0, most=MOST_DAYS),
        )
    if not folder.is_dir():
        raise InputError(_("Cannot purge {path}: it is not a folder.").format(path=folder))
    return purge_dossiers(folder, (now or datetime.now(UTC)) - timedelta(days=days))
