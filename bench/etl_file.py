"""A made ledger as the Parquet file that ethereum-etl exports for transactions."""

from pathlib import Path

from bench.scene import POOL_TRANSFERS, SEED, SERVICES
from bongsu.read import ethereum_etl
from bongsu.rehearse.ledger import MadeLedger, Truth, generate_ledger


def make_ledger(transfers: int) -> MadeLedger:
    """Ledger of the same shape as the scene's."""
    pools = max(200, transfers // POOL_TRANSFERS)
    return generate_ledger(transfers=transfers, pools=pools, seed=SEED, services=SERVICES)


def write_transactions(path: Path, transfers: int) -> Truth:
    """The truth of the ledger; the file has one transaction a transfer, new coins come from address zero."""
    made = make_ledger(transfers)
    ethereum_etl.write_transactions(path, made.batches)
    return made.truth
