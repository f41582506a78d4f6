"""Batches of log events: rows of one stream each, no more than were asked for."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.reject import REJECT
from bongsu.read.coded_text import dictionary, made_once, words_and_codes
from bongsu.read.log_rows import Columns, Rows, either_column
from bongsu.read.raw import reject_table

Array = np.ndarray[Any, Any]


def batches_of(rows: Rows, stream: LogStream, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of rows that are all of one stream; the first has the rejects."""
    rejects = reject_table(rows.faults) if rows.faults else REJECT.empty_table()
    columns = {"log.locator" if name == "locator" else name: column for name, column in rows.columns.items()}
    table = pa.table(columns | {"locator": pa.array(rows.lines, pa.int64())})
    for start in range(0, max(table.num_rows, 1), batch_rows):
        part = table.slice(start, batch_rows)
        if part.num_rows or rejects.num_rows:
            yield LogBatch(stream, part, rejects)
        rejects = REJECT.empty_table()


def split_rows(rows: Rows, name: str) -> Iterator[tuple[str, Rows]]:
    """Rows by the values of a column, first those of the value that is seen first; empty text: no value."""
    if name not in rows.columns:
        yield "", rows
        return
    codes, words = words_and_codes(rows.columns[name])
    _values, first, group = np.unique(codes, return_index=True, return_inverse=True)
    if len(first) == 1:
        yield (words[int(codes[0])].as_py() if codes[0] >= 0 else ""), rows
        return
    faults, coded = rows.faults, {key: words_and_codes(column) for key, column in rows.columns.items()}
    for number in np.argsort(first):
        code, picked = int(codes[first[number]]), np.flatnonzero(group == number)
        parts = ((key, of[picked], texts) for key, (of, texts) in coded.items())
        columns = {key: _compact(part, texts) for key, part, texts in parts if part.max() >= 0}
        yield (words[code].as_py() if code >= 0 else ""), Rows(columns, rows.lines[picked], faults)
        faults = []


def _compact(codes: Array, words: pa.Array) -> pa.DictionaryArray:
    """Column of these codes with only the words that it has."""
    used = np.unique(codes)
    used = used[used >= 0]
    number = np.full(len(words) + 1, -1, dtype=np.int32)
    number[used] = np.arange(len(used), dtype=np.int32)
    return dictionary(number[codes], words.take(pa.array(used)))


def with_aliases(columns: Columns, aliases: Mapping[str, str | tuple[str, ...]]) -> Columns:
    """The columns, and those that rules call by another name: alias to own name; an own name stays.

    An alias of one name shares its column; one of several has the value of the last that has one.
    """
    more: Columns = {}
    for alias, owns in aliases.items():
        for own in (owns,) if isinstance(owns, str) else owns:
            if own in columns:
                more[alias] = either_column(more[alias], columns[own]) if alias in more else columns[own]
    return more | columns


def joined_column(
    one: pa.DictionaryArray, other: pa.DictionaryArray, join: Callable[[str, str], str]
) -> pa.DictionaryArray:
    """A text of two columns' values for each row; an absent value is an empty text, two absent ones none."""
    (codes, words), (more, others) = words_and_codes(one), words_and_codes(other)
    pairs = codes.astype(np.int64) * (len(others) + 1) + more
    _pairs, first, number = np.unique(pairs, return_index=True, return_inverse=True)
    left, right = [*words.to_pylist(), ""], [*others.to_pylist(), ""]
    texts = [
        None if codes[row] < 0 and more[row] < 0 else join(left[codes[row]], right[more[row]])
        for row in first.tolist()
    ]
    return made_once(number.astype(np.int32), pa.array(texts, pa.string()))
