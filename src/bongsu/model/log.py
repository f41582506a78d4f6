"""Events of logs, many at a time: as a reader gives them, and as everything after it looks at them.

A log keeps its own field names, for rules are written in those; what a field means is told by
`facts/data/log_fields` with the name that OCSF gives it. Values repeat, so a column holds each once.
"""

from typing import NamedTuple

import pyarrow as pa

from bongsu.model.evidence import Evidence

LOG_COLUMN = pa.dictionary(pa.int32(), pa.string())
"""Type of a column: four bytes a row, each value once in a batch; null: the event has no such field."""


class LogStream(NamedTuple):
    """Which log events are of: what rules name as their source. Empty: not stated, or no such thing."""

    product: str
    """`windows`, `linux`, `zeek`, `suricata`, `aws`, `azure`, `okta`, ... in lower case."""
    service: str = ""
    """Stream of the product, as rules name it: `dns`, `http`, `auditd`, `cloudtrail`, `sshd`, ..."""
    category: str = ""
    """What any product's log of the kind is called: `dns`, `proxy`, `webserver`, `process_creation`, ..."""
    channel: str = ""
    """Windows: name of the channel, as the event has it."""
    event_id: str = ""
    """Windows, auditd: number or type of the event."""


class LogBatch(NamedTuple):
    """Events of one stream in the order of the file, with what could not be read."""

    stream: LogStream
    rows: pa.Table
    """Text columns under the log's own field names, null where an event lacks one (nested names joined with
    dots), plus int64 `locator` (1-based line, or the record number that the log itself states)."""
    rejects: pa.Table
    """Schema `bongsu.model.reject.REJECT`, source empty."""


class LogBlock(NamedTuple):
    """Events of one stream, ready to be looked at."""

    stream: LogStream
    columns: dict[str, pa.DictionaryArray]
    """Values of type LOG_COLUMN by the log's own field name; all of the same length."""
    time: pa.Array
    """Type `bongsu.model.schema.TIME`; null: not stated or not readable."""
    locator: pa.Array
    """int64: place in the file."""
    file: pa.Array | None = None
    """int32: number of the file that each event is of; None where all are of one."""

    @property
    def rows(self) -> int:
        """Number of events."""
        return len(self.locator)

    def source(self, row: int) -> str:
        """File that the event is of: `#` and its number, until a job knows the hash."""
        return f"#{0 if self.file is None else self.file[int(row)].as_py()}"

    def evidence(self, row: int, what: str) -> Evidence:
        """Where the event stands."""
        return Evidence(sha256=self.source(row), locator=str(self.locator[row].as_py()), what=what)
