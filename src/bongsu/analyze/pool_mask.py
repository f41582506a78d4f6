"""Pools of a ledger by address and by asset, and masks over the pools of a case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.lead import Account
from bongsu.model.asset import Asset
from bongsu.model.ports import Ledger
from bongsu.model.transfer import FEE_PREFIX, NULL_HOLDER

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
TOKEN_NAMESPACES = ("erc20", "trc20", "erc721", "token", "spl")
ANY_EVM = "eip155:*"


def _mask(values: pa.ChunkedArray) -> Mask:
    flat = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    found: Mask = pc.fill_null(flat, False).to_numpy(zero_copy_only=False)
    return found


def named_by(pools: pa.Table, addresses: Iterable[str]) -> Mask:
    """Whether each pool of a table's holder, or the address that its output pays, is one of the addresses."""
    wanted = pa.array(sorted(set(addresses)), pa.string())
    holder = pc.is_in(pools["holder"], value_set=wanted)
    paid = pc.is_in(pools["address"], value_set=wanted, skip_nulls=True)
    return _mask(pc.or_(holder, paid))


def _on_chain(pools: pa.Table, chain: str) -> Mask:
    if chain == ANY_EVM:
        return _mask(pc.starts_with(pools["chain"], "eip155:"))
    return _mask(pc.equal(pools["chain"], chain))


def held_by(ledger: Ledger, accounts: Iterable[Account]) -> Numbers:
    """Pools of a ledger that belong to one of the accounts, chain and whole address; ascending."""
    by_chain: defaultdict[str, set[str]] = defaultdict(set)
    for account in accounts:
        by_chain[account.chain].add(account.address)
    found = [np.empty(0, dtype=np.int64)]
    for chain, addresses in sorted(by_chain.items()):
        named = ledger.find_pools(addresses)
        found.append(named[_on_chain(ledger.pools(named), chain)])
    return np.unique(np.concatenate(found))


def is_token(asset: str) -> bool:
    """Whether the asset is a token contract's: anyone can make one and give it any symbol."""
    return asset.partition("/")[2].partition(":")[0] in TOKEN_NAMESPACES


def counted_assets(present: Iterable[str], known: Mapping[str, Asset]) -> set[str]:
    """Assets that count as value: coins, valuations, and tokens whose contract is known as genuine."""
    return {asset for asset in present if asset in known or not is_token(asset)}


def counted_pools(ledger: Ledger, known: Mapping[str, Asset]) -> Mask:
    """Whether each pool is of an asset that counts as value: shape (pools,)."""
    counted, spans = np.zeros(ledger.pool_count, dtype=bool), ledger.assets()
    assets = counted_assets((span.asset for span in spans), known)
    for span in spans:
        counted[span.first : span.last] = span.asset in assets
    return counted


def null_pools(pools: pa.Table) -> Mask:
    """Whether each pool is where value is created from and burned to."""
    return _mask(pc.equal(pools["holder"], NULL_HOLDER))


def fee_pools(pools: pa.Table) -> Mask:
    """Whether each pool collects a block's fees."""
    return _mask(pc.starts_with(pools["holder"], FEE_PREFIX))


def transaction_pools(pools: pa.Table) -> Mask:
    """Whether each pool is a UTXO transaction: not an output, not an address, 64 hex digits."""
    return _mask(pc.match_substring_regex(pools["holder"], "^[0-9a-f]{64}$"))
