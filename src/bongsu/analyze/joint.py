"""UTXO transactions with their inputs and outputs side by side, as flat columns.

A sealed ledger drops inputs whose amount nobody states, so what it shows of a transaction may be part of
it; `whole` says so. Transfers as a reader gives them still have every input.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.case import Array

UNKNOWN = -1
"""Code of an address, or amount in base units, that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Inputs or outputs of all transactions, each transaction's in its order."""

    first: Array
    """Those of transaction t are first[t] to first[t + 1]: int64, shape (transactions + 1,)."""
    parent: Array
    """Transaction of each: int64."""
    address: Array
    """Code of the address, UNKNOWN where there is none: int64."""
    amount: Array
    """Base units, UNKNOWN where not stated: int64."""
    outpoint: Array
    """Code of the output that is spent or made: int64."""
    row: Array
    """Row of the table that it is from: int64."""

    @property
    def count(self) -> Array:
        """Number for each transaction."""
        return np.diff(self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joints:
    """Transactions that spend and make outputs, in the order of their first row; coinbases are left out."""

    tx_hash: pa.Array
    time: Array
    """Microseconds since 1970, the smallest int64 where not known."""
    inputs: Ends
    outputs: Ends
    whole: Array
    """Whether all inputs are shown: bool."""
    addresses: pa.Array
    """Address of each code."""

    def __len__(self) -> int:
        return len(self.tx_hash)

    def rows(self, t: int) -> Array:
        """Rows of the inputs and outputs of a transaction."""
        ins, outs = (end.row[slice(*end.first[t : t + 2])] for end in (self.inputs, self.outputs))
        return np.concatenate([ins, outs])

    def touching(self, rows: Array) -> Array:
        """Whether each transaction has an input or output among some rows (a mask over the table): bool."""
        found = np.zeros(len(self), dtype=bool)
        for end in (self.inputs, self.outputs):
            found[end.parent[rows[end.row]]] = True
        return found


def joints_of_transfers(transfers: pa.Table) -> Joints:
    """Transactions of transfers as a normalizer makes them; every input is there.

    Args:
        transfers: Schema `bongsu.model.transfer.TRANSFER`, of one UTXO chain.
    """
    return _joined(transfers, np.zeros(transfers.num_rows, dtype=bool))


def joints_of_movements(movements: pa.Table, pools: pa.Table) -> Joints:
    """Transactions of a sealed ledger; one with an input that is not stated is not whole.

    Args:
        movements: Schema `bongsu.model.movement.MOVEMENT`.
        pools: Schema `bongsu.model.pool.POOL`.
    """
    holder, address = pools["holder"], pools["address"]
    paid_to_output = pc.equal(movements["kind"], "pay")
    outpoint = pc.if_else(paid_to_output, movements["target"], movements["source"])
    table = movements.select(["tx_hash", "position", "amount", "kind", "time"])
    for name, column in (
        ("source", holder.take(movements["source"])),
        ("target", holder.take(movements["target"])),
        ("address", address.take(outpoint)),
    ):
        table = table.append_column(name, column)
    assumed = movements["assumed"].to_numpy() & pc.equal(movements["kind"], "spend").to_numpy()
    return _joined(table, assumed)


def _joined(table: pa.Table, assumed: Array) -> Joints:
    kind = table["kind"]
    spends = np.flatnonzero(pc.equal(kind, "spend").to_numpy())
    pays = np.flatnonzero(pc.equal(kind, "pay").to_numpy())
    hashes = table["tx_hash"].combine_chunks().dictionary_encode()
    code = hashes.indices.to_numpy().astype(np.int64)
    spending = np.zeros(len(hashes.dictionary), dtype=bool)
    spending[code[spends]] = True
    number = np.cumsum(spending) - 1
    pays = pays[spending[code[pays]]]
    used = table.take(pa.array(np.concatenate([spends, pays])))
    address = used["address"].combine_chunks().dictionary_encode()
    made = pc.if_else(pc.equal(used["kind"], "pay"), used["target"], used["source"])
    columns = {
        "parent": number[np.concatenate([code[spends], code[pays]])],
        "position": used["position"].fill_null(0).to_numpy(),
        "address": address.indices.fill_null(UNKNOWN).to_numpy().astype(np.int64),
        "amount": used["amount"].fill_null(UNKNOWN).cast(pa.int64()).to_numpy(),
        "outpoint": made.combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64),
        "row": np.concatenate([spends, pays]),
    }
    count = int(spending.sum())
    part = np.zeros(count, dtype=bool)
    part[number[code[np.flatnonzero(assumed)]]] = True
    return Joints(
        tx_hash=hashes.dictionary.take(pa.array(np.flatnonzero(spending))),
        time=_times(table, code, number[code], spending),
        inputs=_ends({name: column[: len(spends)] for name, column in columns.items()}, count),
        outputs=_ends({name: column[len(spends) :] for name, column in columns.items()}, count),
        whole=~part,
        addresses=address.dictionary,
    )


def _ends(columns: dict[str, Array], count: int) -> Ends:
    order = np.lexsort((columns["row"], columns["position"], columns["parent"]))
    sizes = np.bincount(columns["parent"], minlength=count)
    sorted_columns = {name: column[order] for name, column in columns.items() if name != "position"}
    return Ends(first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64), **sorted_columns)


def _times(table: pa.Table, code: Array, number: Array, spending: Array) -> Array:
    lost = np.iinfo(np.int64).min
    stated = table["time"].cast(pa.int64()).fill_null(lost).to_numpy()
    times = np.full(int(spending.sum()), lost, dtype=np.int64)
    kept = spending[code]
    times[number[kept]] = stated[kept]
    return times
