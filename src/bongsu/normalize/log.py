"""Batches of log events to blocks: each column holds a value once, times are in UTC."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.log import LOG_COLUMN, LogBatch, LogBlock
from bongsu.model.reject import REJECT
from bongsu.model.schema import TIME
from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.time import parse_time

TIME_FIELDS = (
    "time",
    "TimeCreated",
    "UtcTime",
    "@timestamp",
    "ts",
    "timestamp",
    "eventTime",
    "published",
    "createdDateTime",
    "date",
)
"""Where logs say when; the first that an event's stream has is taken."""
_WITHOUT_ZONE = r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,9})?$"


def block_of(batch: LogBatch, file: pa.Array | None = None) -> tuple[LogBlock, pa.Table]:
    """Block of a batch, and rejects for the times that cannot be read; such an event is kept without a time.

    Args:
        batch: Events.
        file: int32, number of the file of each event, where they are of several; the source of a reject then.

    Cost: some 50 nanoseconds a value.
    """
    rows = batch.rows.combine_chunks()
    locators = _only(rows["locator"])
    names = [name for name in rows.column_names if name != "locator"]
    columns = {name: _coded(_only(rows[name])) for name in names}
    stated = next((name for name in TIME_FIELDS if name in columns), None)
    times, bad = _times(columns[stated]) if stated else (pa.nulls(len(locators), TIME), np.zeros(0, np.int64))
    rejects = REJECT.empty_table()
    if len(bad):
        assert stated is not None
        rows = pa.array(bad)
        sources = ["" if file is None else f"#{file[row].as_py()}" for row in bad]
        rejects = _rejects(locators.take(rows), columns[stated].take(rows), sources)
    return LogBlock(batch.stream, columns, times, locators, file), rejects


def _only(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _coded(column: pa.Array) -> pa.DictionaryArray:
    if column.type == LOG_COLUMN:
        return column
    if not pa.types.is_string(column.type):
        column = column.cast(pa.string())
    return column.dictionary_encode()


def _times(column: pa.DictionaryArray) -> tuple[pa.Array, np.ndarray]:
    """Times of a column, and the rows whose time cannot be read."""
    texts = column.dictionary
    known = _epoch(texts)
    if known is None:
        known = _iso(texts)
    if known is None:
        parsed = [parse_time(text) for text in texts.to_pylist()]
        known = pa.array([None if isinstance(one, Fault) else one for one in parsed], TIME)
    times = known.take(column.indices)
    bad = pc.and_(pc.is_null(times), pc.is_valid(column.indices))
    return times, np.flatnonzero(bad.to_numpy(zero_copy_only=False))


def _epoch(texts: pa.Array) -> pa.Array | None:
    """Times of seconds since 1970 with or without a fraction; None where a text is something else."""
    if not pc.all(pc.match_substring_regex(texts, r"^\d{9,10}(\.\d{1,9})?$")).as_py():
        return None
    parts = pc.split_pattern(texts, ".", max_splits=1)
    fraction = pc.list_slice(parts, 1, 2, return_fixed_size_list=True).flatten()
    micros = pc.utf8_slice_codeunits(pc.utf8_rpad(pc.fill_null(fraction, ""), 6, "0"), 0, 6)
    whole = pc.list_element(parts, 0).cast(pa.int64())
    total = pc.add(pc.multiply(whole, np.int64(1_000_000)), micros.cast(pa.int64()))
    return total.cast(pa.timestamp("us")).cast(TIME)


def _iso(texts: pa.Array) -> pa.Array | None:
    """Times in ISO 8601, in UTC where none has a zone; None where some have one, or one is something else."""
    if pc.all(pc.match_substring_regex(texts, _WITHOUT_ZONE)).as_py():
        texts = pc.binary_join_element_wise(texts, "Z", "")
    elif not pc.all(pc.match_substring_regex(texts, r"(Z|[+-]\d\d:?\d\d)$")).as_py():
        return None
    try:
        return texts.cast(pa.timestamp("ns", tz="UTC")).cast(TIME, safe=False)
    except pa.ArrowInvalid:
        return None


def _rejects(locators: pa.Array, texts: pa.DictionaryArray, sources: list[str]) -> pa.Table:
    message = _("the time {text} has no known form; the event is kept without one")
    rows = [
        {"source": source, "locator": place, "rule": "bad_time", "message": message.format(text=text[:40])}
        for place, text, source in zip(locators.to_pylist(), texts.to_pylist(), sources, strict=True)
    ]
    return pa.Table.from_pylist(rows, schema=REJECT)
