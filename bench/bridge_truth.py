"""Transfers over bridges of which both sides are known, decoys, and lists of pairs: real data as tables.

Ronin and Nomad, 2022: XChainWatcher. Its unmatched deposits and withdrawals are decoys, after every
(transaction, withdrawal id) of the matched files has been removed from them. Tables are sorted by transaction
hash, so their order says nothing of what belongs together.

Celer, Poly and Multichain, 2021 to 2023: Connector. Pairs of transactions, and what the deposits say.
"""

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from bongsu.analyze.bridge_link import stated_links
from bongsu.model.bridge import BRIDGE_EVENT
from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT
from bongsu.normalize.bridge_csv import CONFIDENCE, BridgeTable, normalize
from bongsu.normalize.bridge_event import BridgeEvents
from bongsu.read.bridge_csv import NAMES

MATCHED = (
    "chain",
    "time",
    "tx",
    "chain2",
    "time2",
    "tx2",
    "id",
    "asset",
    "asset2",
    "sender",
    "beneficiary",
    "amount",
)
"""Columns of the files in which both sides are known."""
_BOTH = (
    "origin_chain_id",
    "origin_timestamp",
    "origin_transaction_hash",
    "withdrawal_id",
    "origin_token",
    "dst_token",
    "sender",
    "beneficiary",
    "amount",
    "matched",
)
_SLUGS = {"Celer": "celer-cbridge", "Poly": "poly", "Multi": "multichain"}
_CHAINS = {"ETH": "eip155:1", "BNB": "eip155:56", "BNB CHAIN Mainnet": "eip155:56", "Polygon": "eip155:137"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeTruth:
    """Both sides of a bridge's transfers with decoys among them."""

    name: str
    deposits: pa.Table
    withdrawals: pa.Table
    pairs: frozenset[tuple[str, str]]
    """Deposit and withdrawal transaction of each true pair, as the source lists them."""
    decoy_deposits: int
    decoy_withdrawals: int
    removed: dict[str, int]
    """Rows of the unmatched files that the matched files hold too."""

    def without_ids(self, *, beneficiary: bool) -> tuple[pa.Table, pa.Table]:
        """Deposits and withdrawals with the id withheld, and whom they name where `beneficiary` is false.

        A transfer that the source lists under several ids is one transfer.
        """
        hidden = ("transfer_id",) if beneficiary else ("transfer_id", "beneficiary", "sender")
        several = self._several()
        return (
            _hide(_first_of_each(self.deposits, several[0]), hidden),
            _hide(_first_of_each(self.withdrawals, several[1]), hidden),
        )

    def _several(self) -> tuple[set[str], set[str]]:
        """Deposit and withdrawal transactions that the source pairs with more than one other."""
        counts = [Counter(pair[n] for pair in self.pairs) for n in (0, 1)]
        left, right = ({tx for tx, count in side.items() if count > 1} for side in counts)
        return left, right

    def same_id(self) -> frozenset[tuple[str, str]]:
        """Deposit and withdrawal transactions that carry one id, listed as a pair or not."""
        paid: dict[str, list[str]] = {}
        for tx, number in _ids(self.deposits):
            paid.setdefault(number, []).append(tx)
        return frozenset((one, tx) for tx, number in _ids(self.withdrawals) for one in paid.get(number, ()))


def ronin(folder: Path) -> BridgeTruth:
    """Withdrawals from Ronin: 1,908 and 786 pairs; folder `bridges_xchainwatcher/ronin`."""
    matched = pa.concat_tables(
        [
            _read(folder / f"{chain}_WithdrawalsMatchWithAdditionalData.csv.gz", MATCHED)
            for chain in ("SC", "TC")
        ]
    )
    deposits = _read(
        folder / "TC_WithdrawalsWithoutMatch.csv.gz",
        ("chain", "time", "tx", "id", "asset", "asset2", "sender", "beneficiary", "amount"),
    )
    withdrawals = _read(
        folder / "SC_WithdrawalsWithoutMatch.csv.gz",
        ("chain2", "time2", "tx2", "id", "asset2", "beneficiary", "amount"),
    )
    return _truth("ronin-bridge", matched, deposits, withdrawals)


def nomad(folder: Path) -> BridgeTruth:
    """Withdrawals from Moonbeam: 4,482 pairs; folder `bridges_xchainwatcher/nomad`."""
    matched = _read(folder / "CCTX_Withdrawal.csv.gz", MATCHED)
    both = csv.read_csv(
        folder / "matched_and_unmatched_tc_withdrawals.csv.gz",
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(_BOTH, pa.string())),
    )
    alone = both.filter(pc.equal(both["matched"], "False"))
    deposits = pa.table(
        {
            "chain": alone["origin_chain_id"],
            "time": alone["origin_timestamp"],
            "tx": alone["origin_transaction_hash"],
            "id": alone["withdrawal_id"],
            "asset": alone["origin_token"],
            "asset2": alone["dst_token"],
            "sender": alone["sender"],
            "beneficiary": alone["beneficiary"],
            "amount": alone["amount"],
        }
    )
    withdrawals = _read(
        folder / "SC_WithdrawalsWithoutMatch.csv.gz",
        ("chain2", "time2", "tx2", "id", "asset2", "beneficiary", "amount"),
    )
    return _truth("nomad", matched, deposits, withdrawals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """Pairs that a source lists, and the deposits that it describes."""

    links: pa.Table
    """Schema BRIDGE_LINK."""
    deposits: pa.Table
    """Schema BRIDGE_EVENT."""
    rejects: pa.Table


def connector(folder: Path) -> Connector:
    """Pairs of Celer, Poly and Multichain as known links; folder `bridges_connector`."""
    pairs = pa.concat_tables([_listed(path) for path in sorted(folder.glob("*_label.csv.gz"))])
    found = [_described(path) for path in sorted(folder.glob("*_sample.json.gz"))]
    deposits = pa.concat_tables([one.events for one in found])
    return Connector(
        links=stated_links(pairs, deposits, percent=CONFIDENCE),
        deposits=deposits,
        rejects=pa.concat_tables([one.rejects for one in found]),
    )


def _listed(path: Path) -> pa.Table:
    """Pairs of a file; its name says the bridge."""
    rows = csv.read_csv(path)
    chains = {"deposit_chain": rows["srcnet"], "withdrawal_chain": rows["dstnet"]}
    return pa.table(
        {"bridge": pa.repeat(pa.scalar(_SLUGS[path.name.split("_")[1]]), rows.num_rows)}
        | {name: pa.array([_CHAINS[text] for text in column.to_pylist()]) for name, column in chains.items()}
        | {"deposit_tx": rows["srcTxhash"], "withdrawal_tx": rows["dstTxhash"]}
    )


def _described(path: Path) -> BridgeEvents:
    """Deposits of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = json.load(file)
    names = {
        "amount": "amount",
        "asset": "asset_s",
        "sender": "sender",
        "beneficiary": "receiver",
        "chain": "srcChain",
        "other_chain": "dstChain",
        "other_asset": "asset_d",
    }
    rows = []
    for one in found:
        stated = {name: one["args"].get(key) for name, key in names.items()}
        chains = {name: _CHAINS[stated[name]] for name in ("chain", "other_chain")}
        rest = {"direction": one["event"].lower(), "tx": one["txhash"], "time": one["timestamp"]}
        rows.append(stated | chains | rest)
    texts = {
        name: pa.array([None if row.get(name) is None else str(row[name]) for row in rows], pa.string())
        for name in NAMES
    }
    locator = {"locator": pa.array(range(1, len(rows) + 1), pa.int64())}
    batch = Batch(rows=pa.table(texts | locator), rejects=REJECT.empty_table())
    return normalize(batch, BridgeTable(bridge=_SLUGS[path.name.split("_")[1]]))


def _truth(name: str, matched: pa.Table, deposits: pa.Table, withdrawals: pa.Table) -> BridgeTruth:
    own = {side: _keys(matched, side) for side in ("tx", "tx2")}
    rest = deposits.filter(pc.invert(pc.is_in(_keys(deposits, "tx"), value_set=own["tx"])))
    other = withdrawals.filter(pc.invert(pc.is_in(_keys(withdrawals, "tx2"), value_set=own["tx2"])))
    to = matched["chain2"][0].as_py()
    all_deposits = pa.concat_tables([_as_deposits(matched, to), _as_deposits(rest, to)])
    all_withdrawals = pa.concat_tables([_as_withdrawals(matched), _as_withdrawals(other)])
    return BridgeTruth(
        name=name,
        deposits=_events(name, "deposit", all_deposits),
        withdrawals=_events(name, "withdrawal", all_withdrawals),
        pairs=frozenset(zip(matched["tx"].to_pylist(), matched["tx2"].to_pylist(), strict=True)),
        decoy_deposits=rest.num_rows,
        decoy_withdrawals=other.num_rows,
        removed={
            "deposits": deposits.num_rows - rest.num_rows,
            "withdrawals": withdrawals.num_rows - other.num_rows,
        },
    )


def _as_deposits(rows: pa.Table, to: str) -> pa.Table:
    names = ("chain", "time", "tx", "id", "asset", "sender", "beneficiary", "amount")
    columns = {name: rows[name] for name in names} | {"other_asset": rows["asset2"]}
    return pa.table(columns | {"other_chain": pa.repeat(pa.scalar(to), rows.num_rows)})


def _as_withdrawals(rows: pa.Table) -> pa.Table:
    own = {"chain": "chain2", "time": "time2", "tx": "tx2", "asset": "asset2"}
    columns = {name: rows[column] for name, column in own.items()}
    return pa.table(columns | {name: rows[name] for name in ("id", "beneficiary", "amount")})


def _events(bridge: str, direction: str, rows: pa.Table) -> pa.Table:
    """Events of distinct rows, sorted by transaction hash."""
    distinct = (
        rows.group_by(rows.column_names).aggregate([]).sort_by([("tx", "ascending"), ("id", "ascending")])
    )
    missing = {
        name: pa.nulls(distinct.num_rows, pa.string()) for name in NAMES if name not in rows.column_names
    }
    numbered = {"locator": pa.array(range(1, distinct.num_rows + 1), pa.int64())}
    columns = {name: distinct[name] for name in rows.column_names} | missing | numbered
    batch = Batch(rows=pa.table(columns), rejects=REJECT.empty_table())
    found = normalize(batch, BridgeTable(bridge=bridge, direction=direction))
    if found.rejects.num_rows:
        raise ValueError(found.rejects.slice(0, 3).to_pylist())
    return found.events


def _keys(rows: pa.Table, side: str) -> pa.Array:
    return pc.binary_join_element_wise(rows[side], rows["id"], " ").combine_chunks()


def _ids(events: pa.Table) -> list[tuple[str, str]]:
    return list(zip(events["tx_hash"].to_pylist(), events["transfer_id"].to_pylist(), strict=True))


def _hide(events: pa.Table, names: Sequence[str]) -> pa.Table:
    for name in names:
        place = events.column_names.index(name)
        events = events.set_column(place, BRIDGE_EVENT.field(name), pa.nulls(events.num_rows, pa.string()))
    return events


def _first_of_each(events: pa.Table, several: set[str]) -> pa.Table:
    """Events without those that repeat a transaction of `several`."""
    seen: set[str] = set()
    kept = []
    for tx in events["tx_hash"].to_pylist():
        kept.append(tx not in seen)
        if tx in several:
            seen.add(tx)
    return events.filter(pa.array(kept, pa.bool_()))


def _read(path: Path, names: Sequence[str]) -> pa.Table:
    """Tab-separated text without a header; all columns are text."""
    return csv.read_csv(
        path,
        read_options=csv.ReadOptions(column_names=list(names)),
        parse_options=csv.ParseOptions(delimiter="\t"),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
