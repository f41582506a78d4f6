"""Files of records of people: a table, JSON lines, or one JSON document, by the names of their columns.

What a source calls a column differs from one export to the next, so each column is known by several names,
and a user may say which one it is. Columns that no reader names are not read at all.
"""

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.delimited import read_delimited
from bongsu.read.parquet import read_parquet
from bongsu.read.raw import Fault, cut_batches, reject_table, text_schema
from bongsu.read.sniff import Source, read_head, shape_of

MOST_BYTES = 512 * 1024 * 1024
"""Size of one JSON document; larger ones come as one object a line."""
_PART_ROWS = 20_000
_BUFFER = 1024 * 1024
_LISTED = re.compile(r"\s*\[\s*(?=\{)")
_WRAPPED = re.compile(
    r'\s*\{\s*(?:"[^"]*"\s*:\s*"[^"]*"\s*,\s*){0,9}"(?:value|items|records|results)"\s*:\s*\[\s*(?=\{)'
)
"""An object that holds a list of records, as paged APIs answer."""
Row = dict[str, Any]


class RecordFile:
    """A reader of one kind of record: raw columns, each with the names that sources give it.

    A name with dots is a path into JSON objects; of a list the first element is taken, but for `explode`.
    """

    def __init__(
        self, columns: Mapping[str, Sequence[str]], *, required: Sequence[str], explode: str = ""
    ) -> None:
        self.RAW: pa.Schema = text_schema(columns)
        self.names = {raw: (raw, *names) for raw, names in columns.items()}
        self.required = tuple(required)
        self.explode = explode

    def pick(self, present: Sequence[str], told: Mapping[str, str] | None = None) -> dict[str, str]:
        """Raw column to the file's name for it; empty where it has none."""
        known = {plain_name(name): name for name in reversed(present)}
        found = {
            raw: next((known[plain_name(name)] for name in names if plain_name(name) in known), "")
            for raw, names in self.names.items()
        }
        return found | {raw: name for raw, name in (told or {}).items() if raw in found}

    def sniff(self, path: Path, head: bytes) -> bool:
        """Whether the file has the columns that such records must have."""
        picks = self.pick(record_names(path, head))
        return all(picks[raw] for raw in self.required)

    def read(
        self, path: Path, *, batch_rows: int = 500_000, told: Mapping[str, str] | None = None
    ) -> Iterator[Batch]:
        """Batches of text columns in file order; the locator is the data row, line or element.

        Args:
            path: File, possibly compressed.
            batch_rows: Rows in a batch.
            told: Raw column to the file's name for it, where a user says so.

        Raises:
            FormatError: When the file lacks a column that it must have.
        """
        head = read_head(path)
        shape, present = shape_of(path, head), record_names(path, head)
        picks = self.pick(present, told)
        missing = [raw for raw in self.required if not picks[raw]]
        if missing:
            raise FormatError(
                _("Cannot read {path}: it has no column {missing}.").format(
                    path=path, missing=", ".join(missing)
                ),
                hint=_("Its columns are: {names}. Say which is which with --mapping.").format(
                    names=", ".join(present[:20]) or "-"
                ),
            )
        if shape.kind == "parquet":
            return read_parquet(path, picks, batch_rows)
        if shape.kind == "delimited":
            return read_delimited(path, shape, picks, batch_rows)
        lines = shape.kind == "json_lines" and _WRAPPED.match(head.decode("utf-8-sig", "replace")) is None
        return cut_batches(self._json_parts(path, picks, lines), batch_rows)

    def _json_parts(self, path: Path, picks: dict[str, str], lines: bool) -> Iterator[Batch]:
        rows: list[Row] = []
        faults: list[Fault] = []
        places: list[int] = []
        paths = {name: name.split(".") for name in picks.values() if name}
        for place, value, why in _json_lines(path) if lines else _json_document(path):
            if why:
                faults.append((place, "bad_row", why))
            for one in [] if why else self._rows_of(value, paths):
                rows.append(one)
                places.append(place)
            if len(rows) >= _PART_ROWS:
                yield _batch(rows, places, faults, picks)
                rows, places, faults = [], [], []
        yield _batch(rows, places, faults, picks)

    def _rows_of(self, value: Row, paths: dict[str, list[str]]) -> list[Row]:
        """Rows of one object; only what is read is looked for, unless a list is to be exploded."""
        if self.explode:
            return flat_rows(value, self.explode)
        return [{name: _at(value, parts) for name, parts in paths.items()}]


def plain_name(name: str) -> str:
    """Name of a column in lower case, letters, digits and dots only."""
    return re.sub(r"[^a-z0-9.]", "", name.casefold())


def record_names(path: Path, head: bytes) -> list[str]:
    """Names of a file's columns; of JSON, the paths of its first object."""
    shape = shape_of(path, head)
    if shape.kind not in {"json", "json_lines"}:
        return list(shape.names)
    text = head.decode("utf-8-sig", errors="replace")
    first = _first_object(text)
    return list(flat_rows(first, "")[0]) if first else list(shape.names)


def flat_rows(value: Row, explode: str) -> list[Row]:
    """Rows of one JSON object: paths to values; several where a list of objects is to be exploded."""
    flat: Row = {}
    lists: dict[str, list[Any]] = {}
    _flatten(value, "", flat, lists)
    elements = lists.get(explode) or [None]
    rows = []
    for element in elements:
        row = dict(flat)
        if isinstance(element, dict):
            _flatten(element, f"{explode}.", row, {})
        rows.append(row)
    return rows


def _flatten(value: Row, prefix: str, into: Row, lists: dict[str, list[Any]]) -> None:
    for key, stated in value.items():
        name, inner = f"{prefix}{key}", stated
        if isinstance(stated, list):
            lists[name] = stated
            inner = stated[0] if stated and isinstance(stated[0], dict) else ",".join(map(str, stated))
        if isinstance(inner, dict):
            _flatten(inner, f"{name}.", into, lists)
        elif inner is not None and inner != "":
            into[name] = str(inner)


def _at(value: Any, parts: list[str]) -> str | None:  # noqa: ANN401
    """Text at a path; of a list of objects the first is taken, other lists are joined with commas."""
    for part in parts:
        if isinstance(value, list):
            value = value[0] if value else None
        if not isinstance(value, dict):
            return None
        value = value.get(part)
    if isinstance(value, list):
        value = ",".join(map(str, value))
    return None if value is None or value == "" or isinstance(value, dict) else str(value)


def _first_object(text: str) -> Row:
    """First record of a JSON text: of a list, of a list in an object, or the object itself."""
    decoder = json.JSONDecoder()
    opened = _LISTED.match(text) or _WRAPPED.match(text)
    try:
        found, _end = decoder.raw_decode(text, opened.end() if opened else len(text) - len(text.lstrip()))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _json_lines(path: Path) -> Iterator[tuple[int, Row, str]]:
    with Source(path) as source:
        place = 0
        for place, line in enumerate(io.BufferedReader(source, _BUFFER), start=1):
            if not line.isspace():
                yield place, *_object(line)
        if source.failure:
            yield place + 1, {}, _("The file is cut off or damaged: {why}.").format(why=source.failure)


def _json_document(path: Path) -> Iterator[tuple[int, Row, str]]:
    with Source(path) as source:
        data = io.BufferedReader(source).read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        yield 1, {}, _("it is one JSON document of more than 512 MiB; write one object a line")
        return
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        yield 1, {}, _("it is not JSON: {why}").format(why=error)
        return
    lists = (
        [inner for inner in found.values() if isinstance(inner, list)] if isinstance(found, dict) else [found]
    )
    for place, value in enumerate(lists[0] if lists else [found], start=1):
        yield place, *((value, "") if isinstance(value, dict) else ({}, _("it is not a JSON object")))


def _object(line: bytes) -> tuple[Row, str]:
    try:
        found = json.loads(line.decode("utf-8-sig"), parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        return {}, _("the line is not JSON: {why}").format(why=error)
    return (found, "") if isinstance(found, dict) else ({}, _("the line is not a JSON object"))


def _batch(rows: list[Row], places: list[int], faults: list[Fault], picks: dict[str, str]) -> Batch:
    columns = {raw: pa.array([row.get(name) for row in rows], pa.string()) for raw, name in picks.items()}
    columns["locator"] = pa.array(places, pa.int64())
    return Batch(rows=pa.table(columns), rejects=reject_table(faults))
