"""Where a number comes from: a source file by its hash, and a place in it."""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place in a source file that anyone with the file can open again."""

    sha256: str = column("SHA-256 of the source file, lower-case hex")
    locator: str = column("block/tx/log, line, row or event id within the file")
    what: str = column("what stands there, in one line")


EVIDENCE = pa.schema(
    [
        arrow_field(Evidence, "sha256", pa.string()),
        arrow_field(Evidence, "locator", pa.string()),
        arrow_field(Evidence, "what", pa.string()),
    ]
)
"""Many pieces of evidence."""
