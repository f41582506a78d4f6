"""Real data as the heuristics see it: raw Bitcoin blocks, published flows, the graph of the Bybit theft."""

import csv
import gzip
import io
import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bongsu.analyze.book import Book, book_of
from bongsu.analyze.joint import Joints, joints_of_transfers
from bongsu.model.asset import BITCOIN, ETHEREUM, valuation
from bongsu.model.movement import MOVEMENT
from bongsu.model.pool import POOL
from bongsu.model.ports import SourceFile
from bongsu.normalize.context import Context
from bongsu.normalize.registry import load_normalizer
from bongsu.read.registry import load_reader
from bongsu.store.ledger import memory_ledger

FLOWS = {"tx": "Tx_hash", "block": "Block", "time": "Timestamp", "from": "From", "to": "To"}
CASES = ("atomic_wallet_2023", "lifi_2024", "xscam_2022")
"""Thefts that experts followed by hand (MFTracer)."""
Row = dict[str, str]


def onchain() -> Path:
    """Folder of real on-chain data, as BONGSU_TEST_DATA names it."""
    return Path(os.environ["BONGSU_TEST_DATA"]).resolve() / "onchain"


def rows_of(path: Path) -> list[Row]:
    """Rows of a CSV file, compressed or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _transfers(path: Path, source_format: str, context: Context) -> pa.Table:
    batches = load_reader(source_format).read(path, batch_rows=10**6)
    return pa.concat_tables(load_normalizer(source_format)(batch, context).transfers for batch in batches)


@cache
def block_transfers() -> pa.Table:
    """Transfers of the raw blocks, every input with them."""
    folder = onchain() / "bitcoin_raw_blocks"
    files = sorted(path for path in folder.glob("*block*") if "parsed" not in path.name)
    return pa.concat_tables(_transfers(path, "bitcoin-blocks", Context(chain=BITCOIN)) for path in files)


@cache
def block_joints() -> Joints:
    """Transactions of the raw blocks without coinbases."""
    return joints_of_transfers(block_transfers())


@cache
def flow_rows(case: str) -> list[Row]:
    """Published flows of a case as they stand."""
    return rows_of(onchain() / "mftracer" / case / "flow records.csv")


@cache
def flow_book(case: str) -> Book:
    """Ledger of a case's published flows, in cents."""
    context = Context(chain=ETHEREUM, columns=FLOWS | {"value": "Value_in_USD"}, unit="USD")
    path = onchain() / "mftracer" / case / "flow records.csv"
    source = SourceFile(sha256="0" * 64, name=f"{case}.csv", format="flows")
    dollar = valuation(ETHEREUM, "USD")
    return book_of(memory_ledger(_transfers(path, "flows", context), [source]), {dollar.id: dollar})


def flow_labels(case: str) -> dict[str, str]:
    """Address to the name that the experts gave it."""
    return {
        row[end].lower(): row[f"{end}_label"]
        for row in flow_rows(case)
        for end in ("From", "To")
        if row[f"{end}_label"]
    }


@cache
def bybit_book() -> Book:
    """Graph of the Bybit theft as a ledger in raw units, without order and time, edges of nothing too."""
    rows = rows_of(onchain() / "bybit_2025" / "edges.csv.gz")
    return made_book([(row["source"], row["target"], int(row["weight_raw"])) for row in rows])


def made_book(edges: list[tuple[str, str, int]]) -> Book:
    """Ledger of flows (payer, payee, units) of ether in their order; it states nothing else."""
    asset = f"{ETHEREUM}/slip44:60"
    holders = sorted({end for edge in edges for end in edge[:2]})
    number = {holder: place for place, holder in enumerate(holders)}
    pools = pa.table(
        {
            "chain": pa.repeat(ETHEREUM, len(holders)),
            "asset": pa.repeat(asset, len(holders)),
            "holder": holders,
            "address": pa.nulls(len(holders), pa.string()),
            "counterparties": pa.array(np.zeros(len(holders), dtype=np.int64)),
        },
        schema=POOL,
    )
    count = len(edges)
    plain: dict[str, Any] = {
        "source": [number[payer] for payer, _payee, _units in edges],
        "target": [number[payee] for _payer, payee, _units in edges],
        "amount": [units for _payer, _payee, units in edges],
        "kind": ["flow"] * count,
        "locator": range(1, count + 1),
        "tx_hash": [""] * count,
        "assumed": [False] * count,
    }
    columns = {
        field.name: pa.array(plain.get(field.name, [None if field.nullable else 0] * count), field.type)
        for field in MOVEMENT
    }
    return Book(movements=pa.table(columns, schema=MOVEMENT), pools=pools)
