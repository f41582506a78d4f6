"""Which pools value is not followed through, and why: labels, burn and fee pools, likely services."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from bongsu.analyze.lead import Limits
from bongsu.analyze.pool_mask import ANY_EVM, Numbers, transaction_pools
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


def mark_ends(
    ledger: Ledger, labels: Labels, limits: Limits, *, sources: Numbers, valuations: Mapping[str, bool]
) -> Codes:
    """Code of the stop of each pool (0: followed through): int8, shape (pools,).

    Sources are never ends, or a trace from a labeled thief's account would end where it starts.

    Args:
        ledger: The ledger.
        labels: What addresses are.
        limits: What is not followed.
        sources: Pools of the lead.
        valuations: Asset to whether it stands for published values.
    """
    codes = np.zeros(ledger.pool_count, dtype=np.int8)
    if limits.counterparties:
        busy = ledger.busy_pools(limits.counterparties)
        codes[busy[~transaction_pools(ledger.pools(busy))]] = CODE["likely_service"]
    named = ledger.find_pools(labels.addresses())
    for row, pool in zip(named.tolist(), ledger.pools(named).to_pylist(), strict=True):
        found = labels.of(pool["chain"], pool["address"] or pool["holder"])
        stop = stop_of(found, valuation=valuations.get(pool["asset"], False))
        if stop or (found and found[0].category in FOLLOWED):
            codes[row] = CODE[stop]
    codes[ledger.null_pools()] = CODE["burn"]
    codes[ledger.fee_pools()] = CODE["fee"]
    if limits.stop_at:
        codes[ledger.find_pools(limits.stop_at)] = CODE["stop_at"]
    codes[sources] = 0
    return codes
