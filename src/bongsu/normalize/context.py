"""What a normalizer must be told, because the file itself does not say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bongsu.model.asset import ETHEREUM


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Facts beside the file, the same for all of its batches."""

    chain: str = ETHEREUM
    """CAIP-2 chain id."""
    base_fees: Mapping[int, int] = field(default_factory=dict)
    """Block to base fee per gas in wei, from a table of blocks that is imported alongside."""
    traces_present: bool = False
    """True: traces of the same transactions are imported too, so inner movements are not missing."""
    decimals: Mapping[str, int] = field(default_factory=dict)
    """Decimals of genuine tokens by CAIP-19 asset id, or by contract in lower-case hex."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Flows only: tx, block, time, from, to, value to the file's column."""
    unit: str = ""
    """Flows only: USD or another currency, BTC, ETH, or NAME:DECIMALS."""
