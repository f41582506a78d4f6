"""Arrow columns of the values that a kernel entered, each value once."""

from typing import Any

import numpy as np
import pyarrow as pa

from bongsu.kernel.json_line import PLAIN
from bongsu.kernel.json_text import spell_values
from bongsu.kernel.text_code import CODE, CODES, COLUMN, FILLED, FORM, LENGTH, Coder

Array = np.ndarray[Any, Any]


def coded_columns(data: Array, coder: Coder, rows: int) -> dict[int, pa.DictionaryArray]:
    """Columns that have a value, by number, of type `LOG_COLUMN`; dictionaries hold no value twice.

    Args:
        data: What the coder's values are of.
        coder: Values, their forms those of `bongsu.kernel.json_line`.
        rows: Number of rows.
    """
    codes_of = coder.column[:-1, CODES]
    bounds = np.concatenate([[0], np.cumsum(codes_of)])
    entries = coder.entry[: coder.total]
    order = np.empty(len(entries), dtype=np.int64)
    order[bounds[entries[:, COLUMN]] + entries[:, CODE]] = np.arange(len(entries))
    texts = _spelled(data, entries).take(pa.array(order))
    changed = set(entries[entries[:, FORM] != PLAIN, COLUMN].tolist())
    found = {}
    for column in np.flatnonzero(codes_of).tolist():
        words = texts.slice(bounds[column], codes_of[column])
        codes = _codes(coder, column, rows)
        if not (codes >= 0).any():  # all of it was of lines that were refused
            continue
        found[column] = made_once(codes, words) if column in changed else dictionary(codes, words)
    return found


def dictionary(codes: Array, words: pa.Array) -> pa.DictionaryArray:
    """Column of codes, -1 for no value, and what they stand for."""
    absent = codes < 0
    indices = pa.array(codes, pa.int32(), mask=absent if absent.any() else None)
    return pa.DictionaryArray.from_arrays(indices, words)


def made_once(codes: Array, words: pa.Array) -> pa.DictionaryArray:
    """As `dictionary`, of words some of which may be the same or null."""
    once = words.dictionary_encode()
    if len(once.dictionary) == len(words):
        return dictionary(codes, words)
    number, kept = words_and_codes(once)
    return dictionary(np.append(number, np.int32(-1))[codes].astype(np.int32), kept)


def _codes(coder: Coder, column: int, rows: int) -> Array:
    filled = min(int(coder.column[column, FILLED]), rows)
    codes = np.full(rows, -1, dtype=np.int32)
    codes[:filled] = coder.cell[column, :filled]
    return codes


def _spelled(data: Array, entries: Array) -> pa.Array:
    """Texts of the entries, in their order: that of the buffer, which is twice as fast as any other."""
    out = np.empty(int(entries[:, LENGTH].sum()), dtype=np.uint8)
    bounds = np.empty(len(entries) + 1, dtype=np.int32)
    spell_values(data, entries, (out, bounds))
    return pa.StringArray.from_buffers(len(entries), pa.py_buffer(bounds), pa.py_buffer(out))


def words_and_codes(column: pa.DictionaryArray) -> tuple[Array, pa.Array]:
    """Codes of a column, -1 for no value, and its words.

    Read from the buffers: a column costs some 5 microseconds, where Arrow's own functions take 100.
    """
    indices = column.indices
    valid, values = indices.buffers()
    rows = slice(indices.offset, indices.offset + len(indices))
    codes: Array = np.frombuffer(values, dtype=np.int32)[rows] if len(indices) else np.empty(0, np.int32)
    if indices.null_count:
        bits = np.unpackbits(np.frombuffer(valid, dtype=np.uint8), bitorder="little")[rows]
        codes = np.where(bits, codes, np.int32(-1))
    return codes, column.dictionary
