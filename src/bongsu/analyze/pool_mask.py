"""Masks over a ledger's pools: by address, by asset, by kind of holder. One pass of Arrow each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.lead import Account
from bongsu.model.asset import Asset
from bongsu.model.transfer import FEE_PREFIX, NULL_HOLDER

Mask = np.ndarray[Any, np.dtype[np.bool_]]
TOKEN_NAMESPACES = ("erc20", "trc20", "erc721", "token", "spl")
ANY_EVM = "eip155:*"


def _mask(values: pa.ChunkedArray) -> Mask:
    flat = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    found: Mask = pc.fill_null(flat, False).to_numpy(zero_copy_only=False)
    return found


def named_by(pools: pa.Table, addresses: Iterable[str]) -> Mask:
    """Whether each pool's holder, or the address that its output pays, is one of the addresses."""
    wanted = pa.array(sorted(set(addresses)), pa.string())
    holder = pc.is_in(pools["holder"], value_set=wanted)
    paid = pc.is_in(pools["address"], value_set=wanted, skip_nulls=True)
    return _mask(pc.or_(holder, paid))


def _on_chain(pools: pa.Table, chain: str) -> Mask:
    if chain == ANY_EVM:
        return _mask(pc.starts_with(pools["chain"], "eip155:"))
    return _mask(pc.equal(pools["chain"], chain))


def held_by(pools: pa.Table, accounts: Iterable[Account]) -> Mask:
    """Whether each pool belongs to one of the accounts, chain and whole address."""
    by_chain: defaultdict[str, set[str]] = defaultdict(set)
    for account in accounts:
        by_chain[account.chain].add(account.address)
    found = np.zeros(pools.num_rows, dtype=bool)
    for chain, addresses in sorted(by_chain.items()):
        found |= _on_chain(pools, chain) & named_by(pools, addresses)
    return found


def is_token(asset: str) -> bool:
    """Whether the asset is a token contract's: anyone can make one and give it any symbol."""
    return asset.partition("/")[2].partition(":")[0] in TOKEN_NAMESPACES


def counted_assets(pools: pa.Table, known: Mapping[str, Asset]) -> set[str]:
    """Assets that count as value: coins, valuations, and tokens whose contract is known as genuine."""
    present = pc.unique(pools["asset"]).to_pylist()
    return {asset for asset in present if asset in known or not is_token(asset)}


def of_assets(pools: pa.Table, assets: Iterable[str]) -> Mask:
    """Whether each pool is of one of the assets."""
    return _mask(pc.is_in(pools["asset"], value_set=pa.array(sorted(assets), pa.string())))


def null_pools(pools: pa.Table) -> Mask:
    """Whether each pool is where value is created from and burned to."""
    return _mask(pc.equal(pools["holder"], NULL_HOLDER))


def fee_pools(pools: pa.Table) -> Mask:
    """Whether each pool collects a block's fees."""
    return _mask(pc.starts_with(pools["holder"], FEE_PREFIX))


def transaction_pools(pools: pa.Table) -> Mask:
    """Whether each pool is a UTXO transaction: not an output, not an address, 64 hex digits."""
    return _mask(pc.match_substring_regex(pools["holder"], "^[0-9a-f]{64}$"))
