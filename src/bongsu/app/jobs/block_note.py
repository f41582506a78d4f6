"""Facts about blocks that an import gathers on its way: base fees, and blocks whose traces are there."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.ports import Batch
from bongsu.normalize.evm_block import base_fees
from bongsu.normalize.movement import own_rows
from bongsu.normalize.screen import Screen
from bongsu.store.block_fact import Numbers, fee_facts, trace_facts


@dataclass(slots=True)
class BlockNotes:
    """Facts of one source file; other formats state none."""

    format: str
    chain: str
    fees: dict[int, int] = field(default_factory=dict)
    traced: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def add(self, batch: Batch) -> None:
        """Nothing; takes what the batch states."""
        if self.format.endswith("/blocks"):
            self.fees.update(base_fees(batch))
        elif self.format.endswith("/traces"):
            rows, _aside = own_rows(batch.rows, "trace")
            found = pc.unique(Screen(rows).integer("block_number").drop_null()).to_numpy()
            self.traced = np.union1d(self.traced, found)

    def table(self) -> pa.Table | None:
        """Facts, if the file states any."""
        if self.fees:
            return fee_facts(self.chain, self.fees)
        return trace_facts(self.chain, self.traced) if len(self.traced) else None
