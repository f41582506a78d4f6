"""Tokens and addresses made to be mistaken for others: told by whole contract and whole address."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.pool_mask import Mask, is_token
from bongsu.model.asset import Asset

HEAD, TAIL = 8, 4
"""Characters that people compare: `0x` and six, and the last four."""


def unknown_tokens(pools: pa.Table, target: Mask, known: Mapping[str, Asset]) -> list[str]:
    """Tokens paid to some pools whose contract is not known as genuine; they never count as value.

    Args:
        pools: All pools of the ledger.
        target: Whether each pool is looked at.
        known: Genuine assets by id.
    """
    present = pc.unique(pools["asset"].filter(pa.array(target))).to_pylist()
    return sorted(asset for asset in present if is_token(asset) and asset not in known)


def look_alikes(pools: pa.Table, target: Mask) -> dict[str, list[str]]:
    """Address of some pools to other addresses of the ledger that look like it, each in whole.

    They share the first six and the last four characters after `0x`; they are never merged.
    """
    accounts = pc.unique(
        pools["holder"].filter(pc.match_substring_regex(pools["holder"], "^0x[0-9a-f]{40}$"))
    )
    keys = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(accounts, 0, HEAD), pc.utf8_slice_codeunits(accounts, -TAIL), "…"
    )
    named = pc.unique(pools["holder"].filter(pa.array(target)))
    near = pc.is_in(keys, value_set=pc.unique(keys.filter(pc.is_in(accounts, value_set=named))))
    groups: dict[str, list[str]] = {}
    for account, key in zip(accounts.filter(near).to_pylist(), keys.filter(near).to_pylist(), strict=True):
        groups.setdefault(key, []).append(account)
    mine = set(named.to_pylist())
    return {
        account: sorted(other for other in group if other != account)
        for group in groups.values()
        if len(group) > 1
        for account in sorted(group)
        if account in mine
    }
