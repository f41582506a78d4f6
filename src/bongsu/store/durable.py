"""Files that are there whole or not at all: written aside, flushed to the disk, then renamed."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bongsu.errors import LedgerError
from bongsu.model.text import _

ASIDE = ".tmp"
"""Ending of a file that is not whole yet."""


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Path to write to; it becomes `path` when the block ends well and goes away when it does not.

    Raises:
        LedgerError: When the disk is full or refuses.
    """
    aside = path.with_name(path.name + ASIDE)
    try:
        with disk_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            yield aside
            flush(aside)
            aside.replace(path)
            flush(path.parent)
    finally:
        with suppress(OSError):  # what refused to be written may refuse to go; the error above says why
            aside.unlink(missing_ok=True)


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Nothing; turns what the disk refuses into an error that says so.

    Raises:
        LedgerError: When the disk is full or refuses.
    """
    try:
        yield
    except OSError as error:
        raise LedgerError(
            _("Cannot write {path}: {why}.").format(path=path, why=why_not(error)),
            hint=_("Free some disk space or check the folder's rights, then run it again: it resumes."),
        ) from error


def why_not(error: OSError) -> str:
    """What the system says, without numbers; Arrow puts it at the end of a sentence of its own."""
    return (error.strerror or str(error)).rpartition("] ")[2]


def flush(path: Path) -> None:
    """Nothing; returns when the file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, data: bytes) -> None:
    """Nothing; the file has these bytes, or is as before.

    Raises:
        LedgerError: When the disk is full or refuses.
    """
    with whole_file(path) as aside:
        aside.write_bytes(data)


def digest(path: Path) -> str:
    """SHA-256 of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
