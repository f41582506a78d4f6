"""Making the table of holders from pools in the order of their numbers."""

from collections.abc import Iterable
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.store.column_file import Place
from bongsu.store.hex_text import ACCOUNT_BYTES
from bongsu.store.holder import NAME, SPAN, Holders, account_keys

Array = npt.NDArray[Any]


class HolderWriter:
    """Takes pools in order, whole assets or parts of them; memory is that of names that are no accounts."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._accounts = place.column("account.u8", "u1")
        self._names: list[pa.Table] = []
        self._spans: list[dict[str, Any]] = []
        self._pools = self._held = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._accounts.leave()

    def open_asset(self, chain: str, asset: str) -> None:
        """Nothing; pools that follow are of this asset."""
        last = self._spans[-1] if self._spans else None
        if last is None or (last["chain"], last["asset"]) != (chain, asset):
            span = {"chain": chain, "asset": asset, "first": self._pools, "before": 0, "account": self._held}
            self._spans.append(span)

    def add_accounts(self, keys: Array) -> None:
        """Nothing; 20 bytes a pool: uint8, shape (n, 20)."""
        self._accounts.append(keys.reshape(-1))
        self._pools += len(keys)
        self._held += len(keys)

    def add_names(self, names: pa.Table) -> None:
        """Nothing; schema NAME."""
        if not names.num_rows:
            return
        span = self._spans[-1]
        if self._held == span["account"]:
            span["before"] += names.num_rows
        self._names.append(names)
        self._pools += names.num_rows

    def close(self) -> Holders:
        """All holders."""
        accounts = self._accounts.close().reshape(-1, ACCOUNT_BYTES)
        names = self.place.table("name", NAME, self._names)
        spans = self.place.table("span", SPAN, [pa.Table.from_pylist(self._spans, schema=SPAN)])
        return Holders(spans=spans, accounts=accounts, names=names)


def write_holders(place: Place, pools: Iterable[pa.Table]) -> Holders:
    """Holders of pools in order; tables with chain, asset, holder, address.

    The order is that of chain and asset, then names below `0x`, accounts, other names, by their text.
    """
    with HolderWriter(place) as writer:
        for table in pools:
            _add_pools(writer, table)
        return writer.close()


def _add_pools(writer: HolderWriter, table: pa.Table) -> None:
    account = _flags(pc.match_substring_regex(table["holder"], "^0x[0-9a-f]{40}$"))
    assets = pc.binary_join_element_wise(table["chain"], table["asset"], " ")
    changed = np.ones(len(account), dtype=bool)
    changed[1:] = _flags(pc.not_equal(assets.slice(1), assets.slice(0, max(len(assets) - 1, 0))))
    changed[1:] |= account[1:] != account[:-1]
    starts = np.flatnonzero(changed).tolist()
    for first, last in zip(starts, [*starts, len(account)][1:], strict=True):
        run = table.slice(first, last - first)
        writer.open_asset(run["chain"][0].as_py(), run["asset"][0].as_py())
        if account[first]:
            writer.add_accounts(account_keys(run["holder"].to_pylist()))
        else:
            writer.add_names(run.select(NAME.names).cast(NAME))


def _flags(values: Any) -> npt.NDArray[np.bool_]:  # noqa: ANN401
    flags: npt.NDArray[np.bool_] = pc.fill_null(values, False).to_numpy()
    return flags
