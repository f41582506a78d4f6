"""What was asked and answered in private matches: an append-only file, a line an entry, and the keys."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bongsu.errors import InputError, LedgerError
from bongsu.model.text import _
from bongsu.store.durable import disk_errors, flush, write_whole
from bongsu.store.lock import locked

LOG = "match.ndjson"
_KEYS = "keys"
_TRY_SECONDS = 0.02


@contextmanager
def hold_log(folder: Path, *, seconds: float = 60.0) -> Iterator[None]:
    """Nothing; meanwhile nobody else decides on an answer from this log, so no two share one allowance.

    Args:
        folder: Folder of the log.
        seconds: How long to wait for another that decides now, in this process or another.

    Raises:
        LedgerError: When another still decides after that, or the disk refuses.
    """
    with ExitStack() as stack:
        _wait_for_lock(stack, folder, time.monotonic() + seconds)
        yield


def _wait_for_lock(stack: ExitStack, folder: Path, end: float) -> None:
    while True:
        try:
            stack.enter_context(locked(folder))
        except LedgerError:
            if time.monotonic() > end:
                raise
            time.sleep(_TRY_SECONDS)
        else:
            return


def append_entry(folder: Path, entry: Mapping[str, Any]) -> None:
    """Nothing; the entry is on the disk.

    Raises:
        LedgerError: When the disk is full or refuses.
    """
    path = folder / LOG
    with disk_errors(path):
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(dict(entry), sort_keys=True, ensure_ascii=False) + "\n")
        flush(path)


def read_entries(folder: Path) -> list[dict[str, Any]]:
    """All entries, oldest first.

    Raises:
        InputError: When a line is no entry: then limits cannot be kept, and nothing may be answered.
    """
    path = folder / LOG
    if not path.exists():
        return []
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise InputError(
            _("Cannot read the log {path}: {why}.").format(path=path, why=error),
            hint=_("Restore it from a copy; without it no limit can be kept."),
        ) from error


def keep_key(folder: Path, name: str, key: bytes) -> None:
    """Nothing; the key of a question is kept until its answer is read.

    Raises:
        LedgerError: When the disk is full or refuses.
    """
    path = folder / _KEYS / name
    write_whole(path, key)
    path.chmod(0o600)


def take_key(folder: Path, name: str) -> bytes:
    """The key of a question.

    Raises:
        InputError: When there is none: nobody asked so from this folder, or the answer was read.
    """
    path = folder / _KEYS / name
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            _("Cannot read this answer: no question of that round was asked from {folder}.").format(
                folder=folder
            ),
            hint=_("Use the folder that the question was made with; an answer is read once."),
        ) from error


def drop_key(folder: Path, name: str) -> None:
    """Nothing; the key is gone."""
    (folder / _KEYS / name).unlink(missing_ok=True)
