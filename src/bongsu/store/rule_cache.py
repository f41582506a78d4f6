"""Rules that were read before, by the hash of their files: reading thousands of them takes seconds."""

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from bongsu.errors import LedgerError
from bongsu.model.detection import Comparison, Detection, Tree
from bongsu.store.durable import write_whole

Faults = list[tuple[int, str, str]]
_VERSION = 1
"""Goes up when what a rule becomes changes."""
_TUPLES = ("techniques", "tactics", "innocent")


def rules_key(files: Iterable[tuple[str, bytes]]) -> str:
    """Name that files of rules have in the cache: the same files, the same name.

    Args:
        files: Name and content of each.
    """
    seen = hashlib.sha256(f"bongsu.rules/{_VERSION}".encode())
    for name, data in files:
        seen.update(f"\n{name}\n".encode())
        seen.update(hashlib.sha256(data).digest())
    return seen.hexdigest()


def read_cached(key: str, folder: Path | None = None) -> tuple[list[Detection], Faults] | None:
    """Rules and faults kept under a name; None where there are none, or they cannot be read."""
    try:
        kept = json.loads(_path(key, folder).read_bytes())
        rules = [_detection(one) for one in kept["rules"]]
        return rules, [(place, rule, message) for place, rule, message in kept["faults"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_cached(key: str, rules: list[Detection], faults: Faults, folder: Path | None = None) -> None:
    """Nothing; the rules are kept, unless the disk refuses: then they are read anew the next time."""
    kept = {"rules": [dataclasses.asdict(rule) for rule in rules], "faults": faults}
    with suppress(OSError, LedgerError):
        path = _path(key, folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(kept, separators=(",", ":")).encode())


def cache_folder() -> Path:
    """Folder of a user's caches, by the XDG base directory specification."""
    stated = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(stated) if stated else Path.home() / ".cache") / "bongsu"


def _path(key: str, folder: Path | None) -> Path:
    return (folder or cache_folder()) / "rules" / f"{key}.json"


def _detection(kept: dict[str, Any]) -> Detection:
    told = kept | {name: tuple(kept[name]) for name in _TUPLES}
    return Detection(
        **told | {"tests": tuple(Comparison(*one) for one in kept["tests"]), "tree": _tree(kept["tree"])}
    )


def _tree(kept: Any) -> Tree:  # noqa: ANN401
    return kept if isinstance(kept, int) else (kept[0], tuple(_tree(part) for part in kept[1]))
