"""Batches of events of several streams that come mixed: values are gathered by stream and by set of names.

Events of one kind state the same names, so a column is cut out of many events at once (`zip`), in C.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.reject import REJECT
from bongsu.model.text import _
from bongsu.read.raw import Fault, reject_table

MOST_HELD = 32 * 1024 * 1024
"""Bytes of a source that are held before batches are cut, however few events they are."""
MOST_COLUMNS = 2000
"""Names in one batch; where events of a stream state more, each set of names is a batch of its own."""
Shapes = dict[tuple[str, ...], list[tuple[int, Sequence[Any]]]]
Columns = dict[str, Sequence[Any]]
Flatten = Callable[[Sequence[str], Sequence[Sequence[Any]]], Columns]
"""Names and columns of events of one shape to columns as a batch has them."""


def _as_they_are(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> Columns:
    return dict(zip(names, columns, strict=True))


class EventRows:
    """Events and faults that wait for a batch.

    Args:
        batch_rows: Events held, at most.
        flatten: Makes columns of what was taken in, where a name is not yet a column.
    """

    def __init__(self, batch_rows: int, flatten: Flatten = _as_they_are) -> None:
        self.batch_rows = batch_rows
        self.flatten = flatten
        self._groups: dict[LogStream, Shapes] = {}
        self._faults: list[Fault] = []
        self._rows = self._bytes = 0

    def add(self, stream: LogStream, names: tuple[str, ...], event: tuple[int, Sequence[Any]]) -> None:
        """Takes in an event: its locator, and its values in the order of the names."""
        group = self._groups.get(stream)
        if group is None:
            group = self._groups[stream] = {}
        rows = group.get(names)
        if rows is None:
            rows = group[names] = []
        rows.append(event)
        self._rows += 1

    def reject(self, locator: int, rule: str, message: str) -> None:
        """Takes in a fault."""
        self._faults.append((locator, rule, message))

    def full(self, read: int) -> bool:
        """Whether batches are to be taken now that `read` more bytes of the source are held."""
        self._bytes += read
        return (
            self._rows >= self.batch_rows or self._bytes >= MOST_HELD or len(self._faults) >= self.batch_rows
        )

    def take(self, product: str) -> Iterator[LogBatch]:
        """One batch for each stream, in the order in which they began; faults come with the first."""
        groups, self._groups = self._groups, {}
        rejects = reject_table(self._faults) if self._faults else REJECT.empty_table()
        self._faults = []
        self._rows = self._bytes = 0
        for stream, shapes in groups.items():
            for table in self._tables(shapes):
                yield LogBatch(stream, table, rejects)
                rejects = REJECT.empty_table()
        if rejects.num_rows:
            yield no_rows(product, rejects)

    def _tables(self, shapes: Shapes) -> Iterator[pa.Table]:
        """Events of one stream in the order of their locators; those of one locator stay in theirs."""
        parts = [self._table(names, rows) for names, rows in shapes.items()]
        if len(parts) == 1 or len(set().union(*(part.column_names for part in parts))) > MOST_COLUMNS:
            yield from parts
            return
        table = pa.concat_tables(parts, promote_options="default")
        yield table.take(np.argsort(table["locator"].to_numpy(), kind="stable"))

    def _table(self, names: tuple[str, ...], rows: list[tuple[int, Sequence[Any]]]) -> pa.Table:
        columns = self.flatten(names, list(zip(*(row for _at, row in rows), strict=True)))
        told = {storable(name): text_values(column) for name, column in columns.items() if name != "locator"}
        # one array for all columns: making one costs more than the few values that most have
        texts = _text_array([text for column in told.values() for text in column])
        table = {name: texts.slice(at * len(rows), len(rows)) for at, name in enumerate(told)}
        table["locator"] = pa.array([at for at, _row in rows], pa.int64())
        return pa.table(table)


def no_rows(product: str, rejects: pa.Table) -> LogBatch:
    """Batch of rejects only."""
    empty = pa.table({"locator": pa.array([], pa.int64())})
    return LogBatch(LogStream(product), empty, rejects)


def text_values(values: Sequence[Any]) -> Sequence[str | None]:
    """Values as text, as a log writes them: numbers and truth values in their JSON form, lists joined."""
    kinds = set(map(type, values))
    if kinds <= {str, type(None)}:
        return values
    if kinds == {int}:
        return list(map(str, values))
    return [text_of(value) for value in values]


def _text_array(values: Sequence[str | None]) -> pa.Array:
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([None if one is None else storable(one) for one in values], pa.string())


def storable(text: str) -> str:
    """The text; lone surrogates, which JSON can escape but UTF-8 cannot hold, become question marks."""
    return text.encode("utf-8", errors="replace").decode()


def text_of(value: Any) -> str | None:  # noqa: ANN401
    """One value as text; null stays null."""
    if value is None or isinstance(value, str):
        return value
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join(text for one in value if (text := text_of(one)) is not None)
    if isinstance(value, dict):
        return nested_text(value)
    return str(value)


def nested_text(value: dict[str, Any]) -> str | None:
    """Text of an object: what its element holds where it is one of XML, or its names and values."""
    if "#text" in value:
        return text_of(value["#text"])
    pairs = (f"{name}={text}" for name, one in value.items() if (text := text_of(one)) is not None)
    return " ".join(pairs) or None


def cut_note(failure: str, place: int) -> Fault:
    """Fault of a source that ends early."""
    message = _("The file is cut off or damaged here: {why}. What stands before was read.")
    return place, "truncated_file", message.format(why=failure)
