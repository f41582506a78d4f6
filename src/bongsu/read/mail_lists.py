"""A user's lists of people and bodies that others may pose as: CSV with columns name, domain."""

import csv
from collections.abc import Iterator
from pathlib import Path

from bongsu.errors import InputError
from bongsu.model.text import _


def read_people(path: Path) -> Iterator[tuple[str, str]]:
    """Name and domain or address of each row; a name may have several rows.

    Raises:
        InputError: When the file cannot be read or lacks a column.
    """
    for row in _rows(path, ("name", "domain")):
        if row["name"] and row["domain"]:
            yield row["name"], row["domain"].lower()


def read_domains(path: Path) -> dict[str, bool]:
    """Domains, and whether the name of each is a common word (column `common` has anything in it).

    Raises:
        InputError: When the file cannot be read or lacks a column.
    """
    rows = _rows(path, ("domain",))
    return {row["domain"].lower().strip("."): bool(row.get("common")) for row in rows if row["domain"]}


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            lacking = [name for name in needed if name not in (reader.fieldnames or ())]
            if lacking:
                raise InputError(
                    _("Cannot read {path}: it lacks a column {names}.").format(
                        path=path, names=", ".join(lacking)
                    ),
                    hint=_("The first line names the columns: {names}").format(names=",".join(needed)),
                )
            for row in reader:
                yield {
                    name: (value or "").strip()
                    for name, value in row.items()
                    if isinstance(name, str) and not isinstance(value, list)
                }
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            _("Cannot read {path}: {why}.").format(path=path, why=error),
            hint=_("It must be a CSV file in UTF-8."),
        ) from error
