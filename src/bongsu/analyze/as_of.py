"""Up to which block and time a ledger was looked at."""

from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.ports import Ledger


def last_seen(
    ledger: Ledger, *, until: datetime | None = None
) -> dict[str, tuple[int | None, datetime | None]]:
    """Chain to the last block and time of all that was looked at, touched or not; one pass."""
    chains = ledger.pools()["chain"].combine_chunks().dictionary_encode()
    codes = pa.array(chains.indices.to_numpy().astype(np.int32)[ledger.ends()[0]])
    seen = ledger.movements().select(["block", "time"]).append_column("chain", codes)
    if until is not None:
        kept = pc.less_equal(seen["time"], pa.scalar(until, seen.schema.field("time").type))
        seen = seen.filter(pc.fill_null(kept, True))
    last = seen.group_by("chain").aggregate([("block", "max"), ("time", "max")]).to_pylist()
    names = chains.dictionary.to_pylist()
    return {names[row["chain"]]: (row["block_max"], row["time_max"]) for row in last}
