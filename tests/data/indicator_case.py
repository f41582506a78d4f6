"""Rows of indicators and logs that tests of hunting make."""

import pyarrow as pa

from bongsu.model.log import LOG_COLUMN, LogBlock, LogStream
from bongsu.model.schema import TIME
from bongsu.normalize.indicator import IndicatorMaker
from bongsu.normalize.warning_list import WarningLists
from bongsu.read.indicator_row import IndicatorRows


def raw_rows(*rows):
    """Raw rows, each a mapping or (type, value)."""
    made = IndicatorRows()
    for place, row in enumerate(rows, start=1):
        made.add(place, row if isinstance(row, dict) else {"type": row[0], "value": row[1], "source": "test"})
    return made.batch().rows


def indicators_of(*rows, disputes=None, warned=()):
    """Indicators of raw rows; none of them may be refused."""
    found = IndicatorMaker(WarningLists(warned), disputes).make(raw_rows(*rows))
    assert found.rejects.num_rows == 0, found.rejects.to_pylist()
    return found.indicators


def block_of(stream=("zeek", "dns"), times=None, **columns):
    """Block of events whose columns are given as lists of texts."""
    coded = {
        name.replace("__", "."): pa.array(values, pa.string()).dictionary_encode().cast(LOG_COLUMN)
        for name, values in columns.items()
    }
    rows = len(next(iter(columns.values())))
    time = pa.array(times, TIME) if times else pa.nulls(rows, TIME)
    return LogBlock(LogStream(*stream), coded, time, pa.array(range(1, rows + 1), pa.int64()))


def read_all(reader, path):
    """Raw rows and rejects of a whole file."""
    batches = list(reader.read(path))
    return [pa.concat_tables([getattr(batch, name) for batch in batches]) for name in ("rows", "rejects")]
