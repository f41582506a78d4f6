"""Which pools value is not followed through, and why: labels, burn and fee pools, likely services."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from bongsu.analyze.lead import Limits
from bongsu.analyze.pool_mask import (
    ANY_EVM,
    Mask,
    Numbers,
    fee_pools,
    named_by,
    null_pools,
    transaction_pools,
)
from bongsu.analyze.stop import CODE
from bongsu.model.label import CUSTODIAL, Label
from bongsu.model.ports import Ledger

Codes = np.ndarray[Any, np.dtype[np.int8]]
STOP_OF_CATEGORY = dict.fromkeys(sorted(CUSTODIAL), "service") | {
    "bridge": "bridge",
    "mixer": "mixer",
    "burn": "burn",
    "dex": "conversion",
}
"""Categories that end a trace. A thief's, victim's or sanctioned account does not."""

FOLLOWED = frozenset({"theft", "sanctioned", "abuse", "victim"})
"""Categories of accounts that are followed through however busy they are."""


def _rank(label: Label) -> tuple[bool, int, str, str]:
    return label.category == "sanctioned", -label.confidence, label.source, label.name


class Labels:
    """Labels by address, best first: what an address is, then highest confidence, source and name.

    A sanction says what is forbidden, not what an address is: a sanctioned mixer is a mixer.
    """

    def __init__(self, labels: Iterable[Label]) -> None:
        self._by_address: defaultdict[str, list[Label]] = defaultdict(list)
        for label in labels:
            self._by_address[label.address].append(label)
        for found in self._by_address.values():
            found.sort(key=_rank)

    def addresses(self) -> list[str]:
        """Every address that has a label."""
        return sorted(self._by_address)

    def of(self, chain: str, address: str) -> list[Label]:
        """Labels of an address on a chain, best first."""
        evm = chain.startswith("eip155:")
        return [
            label
            for label in self._by_address.get(address, [])
            if label.chain == chain or (evm and label.chain == ANY_EVM)
        ]


def stop_of(labels: list[Label], *, valuation: bool) -> str:
    """Stop that the best label asks for, or empty.

    In a valuation swaps are collapsed into one value already, so a converter does not end it.
    """
    stop = STOP_OF_CATEGORY.get(labels[0].category, "") if labels else ""
    return "" if valuation and stop == "conversion" else stop


def stops_of(
    pools: pa.Table, labels: Labels, limits: Limits, *, busy: Mask, valuations: Mapping[str, bool]
) -> Codes:
    """Code of the stop of each pool of a table (0: followed through), none being a source: int8.

    Args:
        pools: Columns chain, asset, holder and address.
        labels: What addresses are.
        limits: What is not followed.
        busy: Whether each pool has more counterparties than the limit.
        valuations: Asset to whether it stands for published values.
    """
    codes = np.zeros(pools.num_rows, dtype=np.int8)
    codes[busy & ~transaction_pools(pools)] = CODE["likely_service"]
    named = np.flatnonzero(named_by(pools, labels.addresses()))
    for row, pool in zip(named.tolist(), pools.take(pa.array(named)).to_pylist(), strict=True):
        found = labels.of(pool["chain"], pool["address"] or pool["holder"])
        stop = stop_of(found, valuation=valuations.get(pool["asset"], False))
        if stop or (found and found[0].category in FOLLOWED):
            codes[row] = CODE[stop]
    codes[null_pools(pools)] = CODE["burn"]
    codes[fee_pools(pools)] = CODE["fee"]
    if limits.stop_at:
        codes[named_by(pools, limits.stop_at)] = CODE["stop_at"]
    return codes


def mark_ends(
    ledger: Ledger, labels: Labels, limits: Limits, *, sources: Numbers, valuations: Mapping[str, bool]
) -> Codes:
    """Code of the stop of each pool of a ledger (0: followed through): int8, shape (pools,).

    Sources are never ends, or a trace from a labeled thief's account would end where it starts.

    Args:
        ledger: The ledger.
        labels: What addresses are.
        limits: What is not followed.
        sources: Pools of the lead.
        valuations: Asset to whether it stands for published values.

    Cost: a look-up a label, and the pools that are an end; one byte a pool.
    """
    codes = np.zeros(ledger.pool_count, dtype=np.int8)
    codes[ledger.null_pools()] = CODE["burn"]
    codes[ledger.fee_pools()] = CODE["fee"]
    crowded = ledger.busy_pools(limits.counterparties) if limits.counterparties else sources[:0]
    asked = np.union1d(crowded, ledger.find_pools({*labels.addresses(), *limits.stop_at}))
    codes[asked] = stops_of(
        ledger.pools(asked), labels, limits, busy=np.isin(asked, crowded), valuations=valuations
    )
    codes[sources] = 0
    return codes
