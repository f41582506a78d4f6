"""Events as columns of codes, so that ten million of them are joined by arithmetic."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Array = np.ndarray[Any, Any]
DAY = 86_400_000_000
"""Microseconds of a day."""
UNTOLD = np.iinfo(np.int64).min
"""Stands for a time that is not stated."""
_ENDLESS = np.iinfo(np.int64).max


class Coded(NamedTuple):
    """A column of text: a code a row, and what the codes stand for."""

    codes: Array
    """int32, one a row."""
    texts: list[str]

    def code(self, text: str) -> int:
        """Code of a text; -1 where no row has it."""
        return self.texts.index(text) if text in self.texts else -1


class Shared(NamedTuple):
    """A value that two subjects and more have."""

    value: int
    """Its code."""
    subjects: Array
    """Codes, ascending."""
    rows: Array
    """First row of each subject."""


class EventIndex:
    """Columns of a table of events, schema `bongsu.model.event.EVENT`.

    Cost: 4 bytes a row and column of text, 8 for the time.
    """

    def __init__(self, events: pa.Table) -> None:
        self.size = events.num_rows
        self.subject = _coded(events["subject"])
        self.kind = _coded(events["kind"])
        self.thing = _coded(events["thing"])
        self.value = _coded(events["value"])
        self.ip = _coded(events["ip"])
        self.device = _coded(events["device"])
        self.note = _coded(events["note"])
        self.time: Array = pc.fill_null(events["time"].cast(pa.int64()), UNTOLD).to_numpy()
        self.latitude: Array = events["latitude"].to_numpy()
        self.longitude: Array = events["longitude"].to_numpy()
        self._rows: dict[tuple[str, str], Array] = {}

    @property
    def people(self) -> int:
        """Number of subjects."""
        return len(self.subject.texts)

    def last(self, until: int | None = None) -> int:
        """Latest time stated, not later than `until`, in microseconds; 0 where none is."""
        stated = self.time[(self.time != UNTOLD) & (self.time <= (_ENDLESS if until is None else until))]
        return int(stated.max()) if len(stated) else 0

    def rows(self, kind: str, thing: str) -> Array:
        """Rows of a kind of event about a kind of thing, ascending."""
        key = kind, thing
        if key not in self._rows:
            kinds, things = self.kind.code(kind), self.thing.code(thing)
            there = min(kinds, things) >= 0
            match = (
                (self.kind.codes == kinds) & (self.thing.codes == things) if there else self.kind.codes[:0]
            )
            self._rows[key] = np.flatnonzero(match)
        return self._rows[key]

    def names(self, subjects: Array) -> tuple[str, ...]:
        """Ids of subjects."""
        return tuple(self.subject.texts[one] for one in subjects.tolist())

    def values_of(self, rows: Array) -> dict[int, set[int]]:
        """Subject to its values in these rows, by code."""
        found: dict[int, set[int]] = {}
        for subject, value in self.pairs(rows, self.value)[0].tolist():
            found.setdefault(subject, set()).add(value)
        return found

    def pairs(self, rows: Array, column: Coded) -> tuple[Array, Array, Array]:
        """Subjects with what they have, (n, 2) ascending; the first row of each; how many rows."""
        width = max(1, len(column.texts))
        key = self.subject.codes[rows].astype(np.int64) * width + column.codes[rows]
        unique, first, counts = np.unique(key, return_index=True, return_counts=True)
        return np.column_stack((unique // width, unique % width)), rows[first], counts

    def shared(self, rows: Array, column: Coded) -> Iterator[Shared]:
        """Values of a column that two subjects and more have in these rows, by code; empty text is none."""
        pairs, first, _counts = self.pairs(rows, column)
        yield from group_shared(pairs, first, skip=column.code(""))


def group_rows(rows: Array, codes: Array) -> Iterator[tuple[int, Array]]:
    """Each code, ascending, with its rows in the order given. Cost: one sort.

    Args:
        rows: Rows.
        codes: A code for each of them, not for each row of the table.
    """
    order = np.argsort(codes, kind="stable")
    values, first = np.unique(codes[order], return_index=True)
    yield from zip(values.tolist(), np.split(rows[order], first)[1:], strict=True)


def group_shared(pairs: Array, rows: Array, *, skip: int = -1) -> Iterator[Shared]:
    """Second members of pairs that two first members and more have.

    Args:
        pairs: Subjects with what they have, (n, 2), each once.
        rows: A row for each pair.
        skip: Value to leave out.
    """
    order = np.lexsort((pairs[:, 0], pairs[:, 1]))
    pairs, rows = pairs[order], rows[order]
    values, first, counts = np.unique(pairs[:, 1], return_index=True, return_counts=True)
    for at in np.flatnonzero((counts > 1) & (values != skip)).tolist():
        members = slice(int(first[at]), int(first[at] + counts[at]))
        yield Shared(int(values[at]), pairs[members, 0], rows[members])


def _coded(column: pa.ChunkedArray) -> Coded:
    """Codes of a column; texts that stand twice in its dictionary become one."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    if not column.num_chunks:
        return Coded(np.zeros(0, np.int32), [])
    whole = column.unify_dictionaries().combine_chunks()
    array = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    codes: Array = array.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    texts = array.dictionary.to_pylist()
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    if len(places) < len(texts):
        codes = np.array([places[text] for text in texts], np.int32)[codes]
    return Coded(codes, list(places))
