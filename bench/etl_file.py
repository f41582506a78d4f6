"""A made ledger as the Parquet file that ethereum-etl exports for transactions."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.scene import POOL_TRANSFERS, SEED, SERVICES
from bongsu.rehearse.ledger import MadeLedger, Truth, generate_ledger

_NOBODY = "0x" + "0" * 40
_GAS = 21_000


def make_ledger(transfers: int) -> MadeLedger:
    """Ledger of the same shape as the scene's."""
    pools = max(200, transfers // POOL_TRANSFERS)
    return generate_ledger(transfers=transfers, pools=pools, seed=SEED, services=SERVICES)


def write_transactions(path: Path, transfers: int) -> Truth:
    """The truth of the ledger; the file has one transaction a transfer, new coins come from address zero.

    Gas is free, so that a transaction is one transfer and the truth about the theft stays simple.
    """
    made = make_ledger(transfers)
    writer = None
    for batch in made.batches:
        table = _transactions(batch)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="snappy")
        writer.write_table(table)
    assert writer is not None
    writer.close()
    return made.truth


def _transactions(batch: pa.Table) -> pa.Table:
    count = len(batch)

    def same(value: int) -> pa.Array:
        return pa.repeat(pa.scalar(value, pa.int64()), count)

    return pa.table(
        {
            "hash": batch["tx_hash"],
            "nonce": same(0),
            "block_number": batch["block"],
            "block_timestamp": pc.divide(batch["time"].cast(pa.int64()), 10**6),
            "transaction_index": batch["tx_index"].cast(pa.int64()),
            "from_address": pc.if_else(pc.equal(batch["kind"], "reward"), _NOBODY, batch["source"]),
            "to_address": batch["target"],
            "value": batch["amount"].cast(pa.string()),
            "gas": same(_GAS),
            "gas_price": same(0),
            "input": pa.repeat("0x", count),
            "receipt_gas_used": same(_GAS),
            "receipt_status": same(1),
        }
    )
