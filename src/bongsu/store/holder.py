"""Holders of a ledger's pools, by number and by name.

Pools are sorted by chain, asset, holder. EVM accounts of an asset stand together in that order, since
nothing else begins with `0x`; each is 20 bytes in `account.u8`. Other names (outputs, transactions, `null`,
fee pools, accounts of other chains) stand in a table, those of an asset before and after its accounts.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.store.hex_text import ACCOUNT_BYTES, hex_texts
from bongsu.store.wrap import unwrapped, wrapped, wrapped_texts

Array = npt.NDArray[Any]
Numbers = npt.NDArray[np.int64]
_HEAD, _TAIL = 3, 2
"""Bytes that people compare: the first six digits and the last four."""
_ACCOUNT = re.compile(r"0x[0-9a-f]{40}")

SPAN = pa.schema(
    [
        pa.field("chain", pa.string(), nullable=False),
        pa.field("asset", pa.string(), nullable=False),
        pa.field("first", pa.int64(), nullable=False),
        pa.field("before", pa.int64(), nullable=False),
        pa.field("account", pa.int64(), nullable=False),
    ]
)
"""One row an asset: its first pool, how many names precede its accounts, the number of its first account."""
NAME = pa.schema(
    [pa.field("holder", pa.string(), nullable=False), pa.field("address", pa.string())],
)
"""Holders that are no EVM accounts, in the order of pools, and the address that an output pays."""


def account_keys(texts: Iterable[str]) -> Array:
    """20 bytes for each account: uint8, shape (n, 20)."""
    joined = bytes.fromhex("".join(text[2:] for text in texts))
    return np.frombuffer(joined, dtype=np.uint8).reshape(-1, ACCOUNT_BYTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Who holds the pools of a ledger. Sizes: 20 bytes an account, the text of any other name."""

    spans: pa.Table
    """Schema SPAN, by asset."""
    accounts: Array
    """uint8, shape (accounts, 20)."""
    names: pa.Table
    """Schema NAME."""

    @property
    def count(self) -> int:
        """Number of pools."""
        return len(self.accounts) + int(self.names.num_rows)

    def _span(self, name: str) -> Numbers:
        numbers: Numbers = unwrapped(self.spans[name])
        return numbers

    def _ends(self) -> tuple[Numbers, Numbers]:
        """By asset: the pool after its last, the account after its last."""
        first, account = self._span("first"), self._span("account")
        return np.append(first, self.count)[1:], np.append(account, len(self.accounts))[1:]

    def spans_of(self, pools: Array) -> Numbers:
        """Row of SPAN of each pool."""
        found: Numbers = np.searchsorted(self._span("first"), pools, side="right") - 1
        return found

    def _split(self, pools: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Span of each pool, its account or -1, its name or -1."""
        span = self.spans_of(pools)
        account_first = self._span("account")
        size = np.diff(np.append(account_first, len(self.accounts)))[span]
        inner = pools - self._span("first")[span] - self._span("before")[span]
        is_account = (inner >= 0) & (inner < size)
        account = np.where(is_account, account_first[span] + inner, -1)
        # Of all pools before this one, those that are no accounts are names.
        passed = account_first[span] + np.clip(inner, 0, size)
        return span, account, np.where(is_account, -1, pools - passed)

    def take(self, pools: Array) -> pa.Table:
        """chain, asset, holder and address of pools, in the order given."""
        span, account, name = self._split(np.asarray(pools, dtype=np.int64))
        named, held = np.flatnonzero(name >= 0), np.flatnonzero(account >= 0)
        texts = pa.concat_arrays(
            [
                hex_texts(self.accounts[account[held]]),
                _flat(self.names["holder"].take(wrapped(name[named]))),
            ]
        )
        paid = pa.concat_arrays(
            [pa.nulls(len(held), pa.string()), _flat(self.names["address"].take(wrapped(name[named])))]
        )
        back = wrapped(np.argsort(np.concatenate([held, named]), kind="stable"))
        spans = self.spans.take(wrapped(span))
        return pa.table(
            {
                "chain": spans["chain"],
                "asset": spans["asset"],
                "holder": texts.take(back),
                "address": paid.take(back),
            }
        )

    def pools_of_names(self, rows: Numbers) -> Numbers:
        """Pools of rows of the table of names."""
        first, before, account = (self._span(name) for name in ("first", "before", "account"))
        # Where each asset's names begin in the table, and how many accounts precede a name.
        begin = first - account
        span = np.searchsorted(begin, rows, side="right") - 1
        size = np.diff(np.append(account, len(self.accounts)))[span]
        return np.asarray(rows + account[span] + np.where(rows - begin[span] < before[span], 0, size))

    def find(self, addresses: Iterable[str]) -> Numbers:
        """Pools whose holder, or the address that their output pays, is one of these; ascending.

        Cost: a binary search an account and asset; one pass over the names that are no accounts.
        """
        wanted = sorted(set(addresses))
        keys = account_keys(text for text in wanted if _ACCOUNT.fullmatch(text))
        first, before, account = (self._span(name) for name in ("first", "before", "account"))
        _pool_ends, account_ends = self._ends()
        found = [np.empty(0, dtype=np.int64)]
        for at, (low, high) in enumerate(zip(account.tolist(), account_ends.tolist(), strict=True)):
            if high > low and len(keys):
                place = _search(self.accounts[low:high], keys)
                found.append(first[at] + before[at] + place)
        if self.names.num_rows:
            listed = wrapped_texts(wanted)
            holds = pc.is_in(self.names["holder"], value_set=listed)
            paid = pc.is_in(self.names["address"], value_set=listed, skip_nulls=True)
            found.append(self.pools_of_names(np.flatnonzero(_flags(pc.or_(holds, paid)))))
        return np.unique(np.concatenate(found))

    def alike(self, addresses: Iterable[str]) -> set[str]:
        """Accounts that share their first six and last four digits with one of these, and that one.

        An address that nothing looks like is left out.
        """
        keys = account_keys(text for text in sorted(set(addresses)) if _ACCOUNT.fullmatch(text))
        found: set[str] = set()
        first, (_ends, last) = self._span("account"), self._ends()
        for begin, end in zip(first.tolist(), last.tolist(), strict=True):
            rows, key = _near(self.accounts[begin:end], keys)
            near, mine = self.accounts[begin:end][rows], keys[key]
            other = (near[:, -_TAIL:] == mine[:, -_TAIL:]).all(axis=1) & (near != mine).any(axis=1)
            found.update(hex_texts(near[other]).to_pylist(), hex_texts(mine[other]).to_pylist())
        return found

    def where_name(self, condition: Any) -> Numbers:  # noqa: ANN401
        """Pools whose holder is no account and meets a condition on its text; ascending."""
        if not self.names.num_rows:
            return np.empty(0, dtype=np.int64)
        return np.sort(self.pools_of_names(np.flatnonzero(_flags(condition(self.names["holder"])))))


def _as_keys(rows: Array) -> Array:
    """Rows of 20 bytes as values that numpy compares: byte by byte, a missing one being zero."""
    return np.ascontiguousarray(rows).reshape(-1).view(f"S{ACCOUNT_BYTES}")


def _search(accounts: Array, keys: Array) -> Array:
    """Rows of sorted accounts that are one of the keys."""
    held, wanted = _as_keys(accounts), _as_keys(keys)
    place = np.searchsorted(held, wanted)
    inside = place < len(held)
    found: Array = place[inside][held[place[inside]] == wanted[inside]]
    return found


def _near(accounts: Array, keys: Array) -> tuple[Array, Array]:
    """Rows of accounts that begin as a key does, and the row of that key."""
    from bongsu.kernel.account import begin_alike  # compiled: not for those who only look up

    first, sizes = begin_alike(np.ascontiguousarray(accounts), keys, _HEAD)
    key = np.repeat(np.arange(len(keys)), sizes)
    return np.arange(len(key)) - np.repeat(np.cumsum(sizes) - sizes - first, sizes), key


def _flags(values: Any) -> npt.NDArray[np.bool_]:  # noqa: ANN401
    flags: npt.NDArray[np.bool_] = unwrapped(pc.fill_null(values, False))
    return flags


def _flat(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays([wrapped_texts([]), *column.chunks])
