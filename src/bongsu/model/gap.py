"""What a source file shows to be missing: a transaction whose inner movements it does not hold."""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A place where the ledger is known to be incomplete."""

    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    block: int | None = column("block height")
    tx_hash: str = column("transaction with movements that are not in the file")
    holder: str = column("account whose balance the missing movements may change")
    reason: str = column("what would fill it: 'needs_traces', 'needs_receipts', 'needs_inputs'")
    locator: int = column("where in the source file: 1-based data row, line or transaction number")


GAP = pa.schema(
    [
        arrow_field(Gap, "chain", pa.string()),
        arrow_field(Gap, "block", pa.int64(), nullable=True),
        arrow_field(Gap, "tx_hash", pa.string()),
        arrow_field(Gap, "holder", pa.string()),
        arrow_field(Gap, "reason", pa.string()),
        arrow_field(Gap, "locator", pa.int64()),
    ]
)
"""Many gaps."""
