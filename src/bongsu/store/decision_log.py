"""Decisions on cases of a screening and appeals against them: a log beside the dossiers.

Each line has a head, which stays, and a body, which says whom it is about, who decided and why. The head
holds the SHA-256 of the salted body and of the line before, so that no line can be changed, left out or put
in unseen. When retention ends, the body and its salt go and the head stays: the log is still whole, and says
nothing of anybody. A hash chain shows a change to whoever knows an older last digest; it does not stop one
who may write the whole file.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bongsu.errors import InputError
from bongsu.model.text import _
from bongsu.store.durable import disk_errors, flush, write_whole
from bongsu.store.lock import locked

FOLDER, LOG = "decisions", "log.ndjson"
FIRST = "0" * 64
"""What stands for the line before the first."""
Entry = dict[str, Any]
_HEAD = ("number", "at", "kind", "outcome", "body_sha256", "previous")


def append_decision(
    folder: Path,
    head: Mapping[str, str],
    body: Mapping[str, Any],
    allowed: Callable[[list[Entry]], None] = lambda entries: None,
) -> Entry:
    """The entry, which is on the disk.

    Args:
        folder: Folder of dossiers.
        head: `at`, `kind` and `outcome`: what stays for good.
        body: What goes when retention ends.
        allowed: Raises where the entry may not follow those that are there; asked while nobody else writes.

    Raises:
        InputError: When the log was changed or cannot be read.
        LedgerError: When the disk refuses or another process writes to it.
    """
    path = folder / FOLDER / LOG
    with locked(path.parent):
        entries = read_decisions(folder)
        allowed(entries)
        salt = secrets.token_hex(16)
        entry: Entry = dict(head) | {
            "number": len(entries) + 1,
            "body_sha256": _body_digest(body, salt),
            "previous": entries[-1]["digest"] if entries else FIRST,
        }
        entry |= {"digest": _digest(entry), "salt": salt, "body": dict(body)}
        with disk_errors(path):
            path.touch(mode=0o600)
            with path.open("a", encoding="utf-8") as file:
                file.write(_line(entry))
            flush(path)
    return entry


def read_decisions(folder: Path) -> list[Entry]:
    """All entries, oldest first, each proven to follow the one before.

    Raises:
        InputError: When a line was changed, is missing or is none.
    """
    path = folder / FOLDER / LOG
    if not path.exists():
        return []
    found: list[Entry] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        before = found[-1]["digest"] if found else FIRST
        found.append(_proven(path, number, (line, before)))
    return found


def minimize_decisions(folder: Path, numbers: frozenset[int]) -> int:
    """How many entries lost their body; their heads stay, and the chain holds.

    Raises:
        InputError: When the log was changed or cannot be read.
        LedgerError: When the disk refuses or another process writes to it.
    """
    path = folder / FOLDER / LOG
    if not path.exists() or not numbers:
        return 0
    with locked(path.parent):
        entries = read_decisions(folder)
        gone = [one for one in entries if one["number"] in numbers and one["body"] is not None]
        for one in gone:
            one |= {"body": None, "salt": None}
        write_whole(path, "".join(map(_line, entries)).encode())
        path.chmod(0o600)
    return len(gone)


def _proven(path: Path, number: int, told: tuple[str, str]) -> Entry:
    line, before = told
    try:
        entry = json.loads(line)
        body, salt = entry["body"], entry["salt"]
        right = (entry["number"], entry["previous"], entry["digest"]) == (number, before, _digest(entry))
        if right and (body is None or entry["body_sha256"] == _body_digest(body, salt)):
            return dict(entry)
    except (ValueError, KeyError, TypeError):
        pass
    raise InputError(
        _("Cannot trust the log {path}: line {number} is not as it was written.").format(
            path=path, number=number
        ),
        hint=_("Restore it from a copy; nothing is decided on a log that was changed."),
    )


def _line(entry: Entry) -> str:
    return json.dumps(entry, sort_keys=True, ensure_ascii=False) + "\n"


def _digest(entry: Entry) -> str:
    head = json.dumps([entry[name] for name in _HEAD], ensure_ascii=False)
    return hashlib.sha256(head.encode()).hexdigest()


def _body_digest(body: Mapping[str, Any], salt: str) -> str:
    text = salt + json.dumps(dict(body), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
