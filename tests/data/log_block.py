"""Blocks of events that a test writes as dictionaries."""

import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.reject import REJECT
from bongsu.normalize.log import block_of

STREAM = LogStream("made", "service", "category")


def block(events, stream=STREAM):
    """Block of events: name of a field to text."""
    names = dict.fromkeys(name for event in events for name in event)
    rows = {name: pa.array([event.get(name) for event in events], pa.string()) for name in names}
    rows["locator"] = pa.array(range(len(events)), pa.int64())
    return block_of(LogBatch(stream, pa.table(rows), REJECT.empty_table()))[0]
