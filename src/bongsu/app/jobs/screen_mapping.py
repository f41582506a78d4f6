"""Which column of a file is what: proposed from its headers, shown, changed by a person, read again."""

import json
from pathlib import Path
from typing import Any

from bongsu.errors import FormatError
from bongsu.facts.red_flag import load_excluded
from bongsu.model.text import _
from bongsu.read.person_record import PERSONS
from bongsu.read.person_registry import PERSON_READERS, load_person_reader, sniff_person_source
from bongsu.read.record_file import plain_name, record_names
from bongsu.read.sniff import read_head

Mapping = dict[str, Any]
LINKED_SOURCES = frozenset({"hris", "applicants"})
"""Sources of one row a person, whose names say which records may be of one person."""


def propose_mapping(path: Path, source: str = "") -> Mapping:
    """Source that the file seems to be, column to header, headers left, and those that are never read.

    `linking_only` are the columns that say who may be one person; no flag or score reads them.

    Where no source fits, the one that has most of what it needs is proposed, and what is missing is said.

    Raises:
        InputError: When the file cannot be read.
        FormatError: When the source is not known.
    """
    names = record_names(path, read_head(path))
    name = source or _nearest(path, names)
    reader = load_person_reader(name)
    picks = reader.pick(names)
    used = {header for header in picks.values() if header}
    who = {raw: header for raw, header in PERSONS.pick(names).items() if header and header not in used}
    linking = who if name in LINKED_SOURCES else {}
    used |= {*linking.values()}
    never = [header for header in names if _is_excluded(header) and header not in used]
    return {
        "file": path.name,
        "source": name,
        "columns": {raw: header for raw, header in picks.items() if header},
        "linking_only": linking,
        "missing": [raw for raw in reader.required if not picks[raw]],
        "not_read": [header for header in names if header not in used and header not in never],
        "never_read": never,
    }


def read_mapping(path: Path) -> dict[str, Mapping]:
    """Mappings of a file by the name of the file that each is for: one JSON object a line.

    Raises:
        FormatError: When it is not what `bongsu screen init` writes.
    """
    found: dict[str, Mapping] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            one = json.loads(line) if line.strip() else None
        except ValueError as error:
            raise _refused(path, str(error)) from error
        if one is None:
            continue
        if not isinstance(one, dict) or not {"file", "source", "columns"} <= set(one):
            raise _refused(path, _("it needs file, source and columns"))
        found[str(one["file"])] = one
    return found


def _refused(path: Path, why: str) -> FormatError:
    return FormatError(
        _("Cannot use mapping {path}: {why}.").format(path=path, why=why),
        hint=_("Write one with `bongsu screen init FILE` and change its columns."),
    )


def _nearest(path: Path, names: list[str]) -> str:
    try:
        return sniff_person_source(path)
    except FormatError:
        return max(PERSON_READERS, key=lambda name: _filled(name, names))


def _filled(name: str, names: list[str]) -> tuple[float, int]:
    reader = load_person_reader(name)
    picks = reader.pick(names)
    needed = sum(bool(picks[raw]) for raw in reader.required) / len(reader.required)
    return needed, sum(bool(header) for header in picks.values())


def _is_excluded(header: str) -> bool:
    """Whether a column holds what must never be scored, by the words of its name."""
    plain = plain_name(header).rpartition(".")[2]
    return any(word.replace("_", "") in plain for word in load_excluded() if word != "age") or plain == "age"
