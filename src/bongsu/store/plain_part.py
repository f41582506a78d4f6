"""Part files of a plain ledger as arrays: holders are numbers, hashes are words."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bongsu.kernel.intern import Interner
from bongsu.model.transfer import KINDS
from bongsu.store.column_buffer import limbs_of, one_chunk, texts_of
from bongsu.store.hex_text import bytes_of
from bongsu.store.part_pack import CODED, OTHER, hash_words

Array = npt.NDArray[Any]
_NUMBERED = ("block", "time", "position")
_UTXO = pa.array(["spend", "pay", "subsidy", "claim"])


class NotPlain(Exception):  # noqa: N818 (no error: it says which way to go)
    """The ledger has something that has to be worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRows:
    """Rows of part files; every array has one value a row."""

    source: Array
    """Number of the pool in the interner: uint32."""
    target: Array
    amount: Array
    """uint64, shape (n, 2)."""
    kind: Array
    """Place in KINDS: int64."""
    chain: Array
    """Place among the ledger's chains: int64."""
    block: Array
    time: Array
    tx_index: Array
    """-1 where it is not stated."""
    position: Array
    path: Array
    """Objects: text or None; or zeros where no row of the part has a path."""
    words: Array
    """The transaction hash: uint64, shape (n, 4)."""
    cite: Array
    """Number of the row among all part files."""
    file: Array

    def __len__(self) -> int:
        return len(self.source)

    @classmethod
    def none(cls) -> Self:
        """No rows."""
        wide = {"amount": 2, "words": 4}
        made = {
            one.name: np.empty((0, wide[one.name]) if one.name in wide else 0, dtype=np.uint64)
            for one in fields(cls)
        }
        return cls(**made)

    @classmethod
    def joined(cls, first: Self, second: Self) -> Self:
        """Rows of both."""
        if not len(first):
            return second
        return cls(
            **{
                one.name: np.concatenate([getattr(first, one.name), getattr(second, one.name)])
                for one in fields(cls)
            }
        )

    def take(self, rows: Array) -> Self:
        """Rows that are named or flagged, in that order."""
        return type(self)(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})

    def split(self, bound: int) -> tuple[Self, Self]:
        """Rows before a time, and the others."""
        early = self.time < bound
        if early.all():
            return self, self.none()
        return self.take(early), self.take(~early)


class PlainReader:
    """Reads part files; numbers of pools and assets are given as they are first seen."""

    def __init__(self, ledger: Path, chains: list[str], interner: Interner) -> None:
        self.ledger, self.chains, self.interner = ledger, chains, interner
        self.assets: list[tuple[str, str]] = []
        self._owners: dict[tuple[str, str], int] = {}

    def load(self, part: dict[str, Any]) -> pa.Table:
        """The part file; safe to call from another thread."""
        return pq.read_table(
            self.ledger / part["path"], read_dictionary=CODED, use_threads=False
        ).combine_chunks()

    def rows(self, table: pa.Table, part: dict[str, Any]) -> PlainRows:
        """Rows of a part file.

        Raises:
            NotPlain: When one of them is not.
        """
        _demand_plain(table)
        chain, owner = self._owned(table)
        source, target = (self._pools(table, side, owner) for side in OTHER)
        words = hash_words(one_chunk(table["tx_hash"]))
        if words is None:
            raise NotPlain("hash")
        count = table.num_rows
        kind = one_chunk(table["kind"])
        kinds = pc.index_in(kind.dictionary, value_set=pa.array(KINDS)).to_numpy(zero_copy_only=False)
        numbers = {name: one_chunk(table[name]).cast(pa.int64()).to_numpy() for name in _NUMBERED}
        return PlainRows(
            source=source,
            target=target,
            amount=limbs_of(one_chunk(table["amount"])),
            kind=kinds[kind.indices.to_numpy()].astype(np.int64),
            chain=chain,
            **numbers,
            tx_index=pc.fill_null(one_chunk(table["tx_index"]).cast(pa.int64()), -1).to_numpy(),
            path=_paths(one_chunk(table["path"])),
            words=words,
            cite=np.arange(part["first"], part["first"] + count),
            file=np.full(count, part["file"], dtype=np.int64),
        )

    def _owned(self, table: pa.Table) -> tuple[Array, Array]:
        """Chain and owner of each row."""
        chain, asset = one_chunk(table["chain"]), one_chunk(table["asset"])
        chains, assets = chain.dictionary.to_pylist(), asset.dictionary.to_pylist()
        if not set(chains) <= set(self.chains):
            raise NotPlain("chain")
        number = np.array([self.chains.index(one) for one in chains], dtype=np.int64)
        codes = chain.indices.to_numpy().astype(np.int64) * len(assets) + asset.indices.to_numpy()
        owners = np.zeros(len(chains) * len(assets), dtype=np.uint32)
        for code in np.unique(codes).tolist():
            owners[code] = self._owner((chains[code // len(assets)], assets[code % len(assets)]))
        return number[chain.indices.to_numpy()], owners[codes]

    def _owner(self, asset: tuple[str, str]) -> int:
        if asset not in self._owners:
            self._owners[asset] = len(self.assets)
            self.assets.append(asset)
        return self._owners[asset]

    def _pools(self, table: pa.Table, side: str, owner: Array) -> Array:
        """Number of each row's pool."""
        held = one_chunk(table[side])
        if not pa.types.is_fixed_size_binary(held.type):
            return self._named(held, owner)
        found = np.empty(len(held), dtype=np.uint32)
        accounts = held.is_valid().to_numpy(zero_copy_only=False)
        pick = np.flatnonzero(accounts).astype(np.int32)
        found[accounts] = self.interner.accounts(bytes_of(held), pick, owner[accounts])
        if len(pick) < len(held):
            others = one_chunk(table[OTHER[side]]).filter(pa.array(~accounts))
            found[~accounts] = self._named(others, owner[~accounts])
        return found

    def _named(self, holders: pa.DictionaryArray, owner: Array) -> Array:
        """Number of each text's pool; where all are of one asset each text is looked up once."""
        texts, index = texts_of(one_chunk(holders.dictionary)), holders.indices.to_numpy()
        if len(owner) and (owner == owner[0]).all():
            every = np.arange(len(holders.dictionary), dtype=np.int32)
            found: Array = self.interner.numbers(texts, every, np.full(len(every), owner[0], np.uint32))[
                index
            ]
            return found
        return self.interner.numbers(texts, index.astype(np.int32), owner)


def _demand_plain(table: pa.Table) -> None:
    lacking = [name for name in ("block", "time", "position", "amount") if table[name].null_count]
    if lacking or table["address"].null_count < table.num_rows:
        raise NotPlain(" ".join(lacking) or "outputs")
    if pc.any(pc.is_in(one_chunk(table["kind"]).dictionary, value_set=_UTXO), min_count=0).as_py():
        raise NotPlain("outputs")


def _paths(column: pa.Array) -> Array:
    if column.null_count == len(column):
        return np.zeros(len(column), dtype=np.int64)
    return np.array(column.to_pylist(), dtype=object)
