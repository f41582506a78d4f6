"""A row that could not be used, kept as a value: it is stored, counted and shown."""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Why one row of a source file did not become a transfer."""

    source: str = column("SHA-256 of the source file; empty until the file is known")
    locator: int = column("where in the source file: 1-based data row, line or transaction number")
    rule: str = column("stable name of the rule that the row breaks, snake_case")
    message: str = column("what is wrong, with the offending value, for a person")


REJECT = pa.schema(
    [
        arrow_field(Reject, "source", pa.string()),
        arrow_field(Reject, "locator", pa.int64()),
        arrow_field(Reject, "rule", pa.string()),
        arrow_field(Reject, "message", pa.string()),
    ]
)
"""Many rejects."""
