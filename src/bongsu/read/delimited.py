"""Rows of delimited text: fast while the file is regular, row by row from the first irregularity on."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.raw import NULLS, Fault, cut_batches, empty_rows, fill_columns, reject_table, with_locators
from bongsu.read.sniff import Shape, Source

_BLOCK_BYTES = 4 * 1024 * 1024
_MAX_RECORD = 16 * 1024 * 1024
_MAX_LINES = 1_000
_SLOW_ROWS = 50_000

csv.field_size_limit(_MAX_RECORD)


def read_delimited(path: Path, shape: Shape, picks: dict[str, str], batch_rows: int) -> Iterator[Batch]:
    """Batches of text columns in file order.

    Args:
        path: File, possibly compressed.
        shape: Its layout.
        picks: Raw column name to the header name that holds it, which becomes the field's metadata
            `header`; raw names are the batch's schema, and one without a header name is null.
        batch_rows: Rows in a batch.

    Raises:
        FormatError: When two columns of the header have a picked name.
    """
    places = {raw: _place(shape, name) for raw, name in picks.items() if name}
    return cut_batches(_parts(path, shape, picks, places), batch_rows)


def _place(shape: Shape, name: str) -> int:
    if shape.names.count(name) > 1:
        raise FormatError(
            _("Cannot choose column {name}: the header has it {count} times.").format(
                name=name, count=shape.names.count(name)
            ),
            hint=_("Rename one of the columns."),
        )
    return shape.names.index(name)


def _parts(path: Path, shape: Shape, picks: dict[str, str], places: dict[str, int]) -> Iterator[Batch]:
    schema = pa.schema([pa.field(raw, pa.string(), metadata={"header": name}) for raw, name in picks.items()])
    done = 0
    source = Source(path)
    try:
        for columns, count in _fast_columns(source, shape, places):
            rows = with_locators(fill_columns(columns, schema, count), done + 1)
            done += count
            yield Batch(rows=rows, rejects=reject_table([]))
    except pa.ArrowInvalid:
        source.close()
        source = Source(path)
        yield from _slow_parts(source, shape, places, schema=schema, skip=done)
        return
    finally:
        source.close()
    if source.failure:
        yield Batch(rows=empty_rows(schema), rejects=reject_table([_cut_off(done + 1, source)]))


def _cut_off(locator: int, source: Source) -> Fault:
    message = _("The file is cut off or damaged after data row {row}: {why}. Rows before it were kept.")
    return locator, "truncated_file", message.format(row=locator - 1, why=source.failure)


def _fast_columns(
    source: Source, shape: Shape, places: dict[str, int]
) -> Iterator[tuple[dict[str, pa.Array], int]]:
    names = [str(i) for i in range(len(shape.names))]
    wanted = [str(i) for i in dict.fromkeys(places.values())] or names[:1]
    reader = pc.open_csv(
        source,
        read_options=pc.ReadOptions(
            block_size=_BLOCK_BYTES, column_names=names, skip_rows=shape.header_line + 1, use_threads=True
        ),
        parse_options=pc.ParseOptions(delimiter=shape.delimiter),
        convert_options=pc.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            include_columns=wanted,
            null_values=list(NULLS),
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    for batch in reader:
        columns = {raw: batch.column(wanted.index(str(place))) for raw, place in places.items()}
        yield columns, batch.num_rows


def _slow_parts(
    source: Source, shape: Shape, places: dict[str, int], *, schema: pa.Schema, skip: int
) -> Iterator[Batch]:
    kept: list[list[str]] = []
    locators: list[int] = []
    faults: list[Fault] = []
    locator = 0
    for locator, row, why in _records(source, shape):
        if locator <= skip:
            continue
        if why:
            faults.append((locator, "bad_row", why))
        else:
            kept.append(row)
            locators.append(locator)
        if len(kept) + len(faults) >= _SLOW_ROWS:
            yield _slow_batch(kept, locators, faults, schema=schema, places=places)
            kept, locators, faults = [], [], []
    if source.failure:
        faults.append(_cut_off(locator + 1, source))
    yield _slow_batch(kept, locators, faults, schema=schema, places=places)


def _slow_batch(
    kept: list[list[str]],
    locators: list[int],
    faults: list[Fault],
    *,
    schema: pa.Schema,
    places: dict[str, int],
) -> Batch:
    columns = {
        raw: pa.array([None if row[place] in NULLS else row[place] for row in kept], pa.string())
        for raw, place in places.items()
    }
    rows = fill_columns(columns, schema, len(kept))
    numbered = rows.append_column(pa.field("locator", pa.int64()), pa.array(locators, pa.int64()))
    return Batch(rows=numbered, rejects=reject_table(faults))


def _records(source: Source, shape: Shape) -> Iterator[tuple[int, list[str], str]]:
    """Locator, fields and what is wrong ('' for nothing) of each data row."""
    text = io.TextIOWrapper(
        io.BufferedReader(source), encoding="utf-8-sig", errors="surrogateescape", newline=None
    )
    for _skipped in range(shape.header_line + 1):
        text.readline(_MAX_RECORD)
    for locator, (record, complete) in enumerate(_logical_lines(text), start=1):
        yield locator, *_fields(record, complete, shape)


def _fields(record: str, complete: bool, shape: Shape) -> tuple[list[str], str]:
    if not complete:
        return [], _("a quotation mark is opened and never closed, or the row is too long")
    if "\0" in record:
        return [], _("the row holds NUL bytes")
    if any("\udc80" <= mark <= "\udcff" for mark in record if mark > "\ud7ff"):
        return [], _("the row is not UTF-8 text")
    try:
        row = next(csv.reader(io.StringIO(record, newline=""), delimiter=shape.delimiter))
    except (csv.Error, StopIteration) as error:
        return [], str(error)
    if len(row) != len(shape.names):
        why = _("the row has {found} columns, the header {wanted}")
        return [], why.format(found=len(row), wanted=len(shape.names))
    return row, ""


def _logical_lines(text: io.TextIOWrapper) -> Iterator[tuple[str, bool]]:
    """Records: a line, or several while a quotation mark is open; false where it never closes."""
    pushed: deque[str] = deque()
    while True:
        line = pushed.popleft() if pushed else text.readline(_MAX_RECORD)
        if not line:
            return
        if line.isspace():
            continue
        if len(line) == _MAX_RECORD:
            _skip_line(line, pushed, text)
            yield "", False
            continue
        if line.count('"') % 2 == 0:
            yield line.rstrip("\n"), True
            continue
        more = _closing_lines(pushed, text)
        if more and more[-1].count('"') % 2:
            yield (line + "".join(more)).rstrip("\n"), True
        else:
            pushed.extendleft(reversed(more))
            yield line, False


def _skip_line(line: str, pushed: deque[str], text: io.TextIOWrapper) -> None:
    """Nothing; the rest of a line that is too long is read, so that it is one row and not several."""
    while line and not line.endswith("\n"):
        line = pushed.popleft() if pushed else text.readline(_MAX_RECORD)


def _closing_lines(pushed: deque[str], text: io.TextIOWrapper) -> list[str]:
    """Following lines up to the one that closes the quotation, or as many as may be looked at."""
    more: list[str] = []
    for _number in range(_MAX_LINES):
        line = pushed.popleft() if pushed else text.readline(_MAX_RECORD)
        if not line:
            break
        more.append(line)
        if line.count('"') % 2:
            break
    return more
