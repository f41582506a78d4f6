"""What sources say about whole blocks: the base fee, and whether all traces of the block are there."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from bongsu.store.manifest import Manifest

Numbers = npt.NDArray[np.int64]

BLOCK_FACT = pa.schema(
    [
        pa.field("chain", pa.string()),
        pa.field("block", pa.int64()),
        pa.field("base_fee", pa.int64()),
        pa.field("traced", pa.bool_()),
    ]
)
"""One row a block; base fee per gas in wei, null where not stated."""


class BlockFees(Mapping[int, int]):
    """Base fee per gas by block, 16 bytes a block."""

    def __init__(self, blocks: Numbers, fees: Numbers) -> None:
        order = np.argsort(blocks, kind="stable")
        self._blocks, self._fees = blocks[order], fees[order]

    def __getitem__(self, block: int) -> int:
        at = int(np.searchsorted(self._blocks, block))
        if at == len(self._blocks) or self._blocks[at] != block:
            raise KeyError(block)
        return int(self._fees[at])

    def __iter__(self) -> Iterator[int]:
        return iter(self._blocks.tolist())

    def __len__(self) -> int:
        return len(self._blocks)

    def digest(self) -> str:
        """SHA-256 of all blocks and fees."""
        return hashlib.sha256(self._blocks.tobytes() + self._fees.tobytes()).hexdigest()


def fee_facts(chain: str, fees: Mapping[int, int]) -> pa.Table:
    """Facts of a table of blocks."""
    blocks = sorted(fees)
    columns = [pa.repeat(chain, len(blocks)), blocks, [fees[b] for b in blocks], [False] * len(blocks)]
    return pa.table(columns, schema=BLOCK_FACT)


def trace_facts(chain: str, blocks: Numbers) -> pa.Table:
    """Facts of a table of traces that holds these blocks."""
    count = len(blocks)
    columns = [pa.repeat(chain, count), blocks, pa.nulls(count, pa.int64()), pa.repeat(True, count)]
    return pa.table(columns, schema=BLOCK_FACT)


def fact_files(ledger: Path, manifest: Manifest) -> dict[Path, str]:
    """Files of facts about blocks in the ledger, with their SHA-256."""
    listed = {name: sha for one in manifest.sources for name, sha in one.files.items()}
    return {ledger / name: sha for name, sha in sorted(listed.items()) if name.startswith("blocks/")}


def load_fees(ledger: Path, manifest: Manifest, chain: str) -> BlockFees:
    """Base fees of the chain's blocks in the ledger."""
    tables = [pq.read_table(path) for path in fact_files(ledger, manifest)]
    facts = pa.concat_tables([BLOCK_FACT.empty_table(), *tables])
    chosen = facts.filter((pa.compute.field("chain") == chain) & pa.compute.field("base_fee").is_valid())
    return BlockFees(chosen.column("block").to_numpy(), chosen.column("base_fee").to_numpy())


def load_traced(engine: duckdb.DuckDBPyConnection, files: list[Path]) -> None:
    """Nothing; makes the view `traced` of blocks whose traces are in the ledger."""
    tables = [pq.read_table(path, columns=["chain", "block", "traced"]) for path in files]
    empty = BLOCK_FACT.empty_table().select(["chain", "block", "traced"])
    facts = pa.concat_tables([empty, *tables])
    engine.register("traced", facts.filter(pa.compute.field("traced")).select(["chain", "block"]))
