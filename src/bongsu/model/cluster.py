"""Which addresses a method puts together: laid over a ledger, never part of it."""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.evidence import EVIDENCE, Evidence
from bongsu.model.schema import arrow_field, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An address in a cluster, and what put it there; without these rows the ledger is what it was."""

    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    address: str = column("address in canonical form")
    cluster: str = column("address that stands for the cluster; a name, no more than that")
    method: str = column("method@version that joined it; of the cluster's first address: that of the second")
    probability: int = column("how often the method is right, measured", range="0..100")
    evidence: tuple[Evidence, ...] = column("places in source files that join it with another member")


MEMBER = pa.schema(
    [
        arrow_field(Member, "chain", pa.string()),
        arrow_field(Member, "address", pa.string()),
        arrow_field(Member, "cluster", pa.string()),
        arrow_field(Member, "method", pa.string()),
        arrow_field(Member, "probability", pa.int8()),
        arrow_field(Member, "evidence", pa.list_(pa.struct(list(EVIDENCE)))),
    ]
)
"""Members of clusters, sorted by chain, cluster, address; addresses that are alone are not listed."""
