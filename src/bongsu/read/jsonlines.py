"""Rows of JSON lines as text columns: every number stays the text that was written."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.raw import Fault, cut_batches, reject_table
from bongsu.read.sniff import Source

_PART_ROWS = 20_000
_CHUNK = 1024 * 1024
_MAX_LINE = 64 * 1024 * 1024
_LONGEST = {"input": 10}


def read_json_lines(path: Path, picks: dict[str, str], batch_rows: int) -> Iterator[Batch]:
    """Batches of text columns in file order; the locator is the physical line.

    Args:
        path: File, possibly compressed.
        picks: Raw column name to the key that holds it; an absent key is null.
        batch_rows: Rows in a batch.
    """
    return cut_batches(_parts(path, picks), batch_rows)


def _parts(path: Path, picks: dict[str, str]) -> Iterator[Batch]:
    kept: list[dict[str, object]] = []
    locators: list[int] = []
    faults: list[Fault] = []
    locator = 0
    with Source(path) as source:
        for locator, row, why in _objects(source):
            if why:
                faults.append((locator, "bad_row", why))
            else:
                kept.append(row)
                locators.append(locator)
            if len(kept) + len(faults) >= _PART_ROWS:
                yield _batch(kept, locators, faults, picks)
                kept, locators, faults = [], [], []
        if source.failure:
            message = _("The file is cut off or damaged after line {line}: {why}. Rows before it were kept.")
            fault = message.format(line=locator, why=source.failure)
            faults.append((locator + 1, "truncated_file", fault))
    yield _batch(kept, locators, faults, picks)


def _objects(source: Source) -> Iterator[tuple[int, dict[str, object], str]]:
    """Line number, object and what is wrong ('' for nothing) of each line that is not blank."""
    for locator, line in enumerate(_lines(source), start=1):
        if line is None:
            yield locator, {}, _("the line is too long")
            continue
        body = line.removeprefix(b"\xef\xbb\xbf") if locator == 1 else line
        if body.isspace():
            continue
        try:
            row = json.loads(body.decode(), parse_int=str, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError) as error:
            yield locator, {}, _("the line is not JSON: {why}").format(why=error)
            continue
        if isinstance(row, dict):
            yield locator, row, ""
        else:
            yield locator, {}, _("the line is not a JSON object")


def _lines(source: Source) -> Iterator[bytes | None]:
    """Lines, ended by a line feed, a carriage return or both; None for one that is too long."""
    held = bytearray()
    after_return = False
    while chunk := source.read(_CHUNK):
        part = chunk[1:] if after_return and chunk[:1] == b"\n" else chunk
        after_return = part.endswith(b"\r")
        for piece in part.splitlines(keepends=True):
            if not held and piece.endswith((b"\n", b"\r")):
                yield piece
                continue
            if len(held) <= _MAX_LINE:
                held += piece
            if piece.endswith((b"\n", b"\r")):
                yield bytes(held) if len(held) <= _MAX_LINE else None
                held.clear()
    if held:
        yield bytes(held) if len(held) <= _MAX_LINE else None


def _batch(
    kept: list[dict[str, object]], locators: list[int], faults: list[Fault], picks: dict[str, str]
) -> Batch:
    columns = {
        raw: pa.array([_text(row.get(key), _LONGEST.get(raw)) for row in kept], pa.string())
        for raw, key in picks.items()
    }
    columns["locator"] = pa.array(locators, pa.int64())
    return Batch(rows=pa.table(columns), rejects=reject_table(faults))


def _text(value: object, longest: int | None) -> str | None:
    """The value as text: lists of numbers joined by commas, other nested values as JSON."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _storable(value[:longest])
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _storable(",".join(value)) or None
    return _storable(json.dumps(value))


def _storable(text: str) -> str:
    """The text; lone surrogates, which JSON can escape but UTF-8 cannot hold, become question marks."""
    return text if text.isascii() else text.encode("utf-8", errors="replace").decode()
