"""BigQuery's public Ethereum as movements: the same that an import makes of the same rows, run in DuckDB."""

import csv
import gzip
import json

import duckdb
import ibis
import pyarrow as pa

from bongsu.analyze.extraction import MOVEMENTS, survey, touched_pools
from bongsu.analyze.public_ledger import (
    MOST_DIGITS,
    TOKEN_TRANSFERS,
    TRACES,
    beyond_range,
    over,
    public_movements,
)
from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT
from bongsu.normalize.context import Context
from bongsu.normalize.registry import load_normalizer

SAME = [
    "chain",
    "asset",
    "block",
    "tx_index",
    "position",
    "path",
    "tx_hash",
    "source",
    "target",
    "amount",
    "kind",
]
A, B, C, HASH = "0x" + "a1" * 20, "0x" + "b2" * 20, "0x" + "c3" * 20, "0x" + "12" * 32
TRACE = {
    "transaction_hash": HASH, "transaction_index": "3", "from_address": A, "to_address": B, "value": "5",
    "trace_type": "call", "call_type": "call", "trace_address": None, "error": None, "status": "1",
    "block_number": "17",
}  # fmt: skip
EVENT = {
    "token_address": C, "from_address": A, "to_address": B, "value": "7", "transaction_hash": HASH,
    "log_index": "9", "block_number": "17",
}  # fmt: skip
OUTSIDE = {"transaction_hash": None, "transaction_index": None, "from_address": None, "call_type": None}
KINDS = (
    {}, {"value": "0"}, {"error": "Reverted", "status": "0"}, {"call_type": "delegatecall"},
    {"call_type": "staticcall"}, {"trace_address": "0"}, {"trace_address": "0,12"},
    {"trace_address": "2,0,1203"},
    {"trace_type": "create", "call_type": None, "trace_address": "1", "to_address": C},
    {"trace_type": "suicide", "call_type": None, "trace_address": "1,1"},
    {"trace_type": "reward", **OUTSIDE}, {"trace_type": "genesis", **OUTSIDE},
    {"trace_type": "daofork", **OUTSIDE, "from_address": A},
)  # fmt: skip


def answered(question, *, traces=(), tokens=()):
    """Rows of a question, the public tables being those given."""
    given = {}
    with duckdb.connect() as engine:
        for table, stated in ((TRACES, traces), (TOKEN_TRANSFERS, tokens)):
            name, columns = f"given_{table.get_name()}", list(table.columns)
            texts = {one: pa.array([row.get(one) for row in stated], pa.string()) for one in columns}
            engine.register(name, pa.table(texts))
            text = ibis.table(dict.fromkeys(columns, "string"), name=name)
            given[table.op()] = text.cast(table.schema()).op()
        asked = question.op().replace(given).to_expr()
        return engine.sql(str(ibis.to_sql(asked, dialect="duckdb"))).to_arrow_table()


def movements(**given):
    """Movements of the public tables, in the columns that an import gives too."""
    found = answered(public_movements(amount="decimal(38, 0)"), **given)
    assert found.column_names == list(MOVEMENTS.columns)
    return ordered(found)


def imported(rows, name):
    """Movements that an import makes of the same rows."""
    columns = {key: pa.array([row.get(key) for row in rows], pa.string()) for key in rows[0]}
    table = pa.table(columns | {"locator": pa.array(range(1, len(rows) + 1), pa.int64())})
    made = load_normalizer(f"ethereum-etl/{name}")(Batch(rows=table, rejects=REJECT.empty_table()), Context())
    assert not len(made.rejects)
    return ordered(made.transfers)


def ordered(table):
    return sorted(table.select(SAME).to_pylist(), key=str)


def text_rows(rows):
    return [
        {name: None if value in {None, ""} else str(value) for name, value in row.items()} for row in rows
    ]


def test_traces_of_every_kind_are_what_an_import_makes_of_them():
    stated = [TRACE | more for more in KINDS]
    found = movements(traces=stated)
    assert found == imported(stated, "traces")
    assert {row["kind"] for row in found} == {"native", "internal", "reward"}
    assert "0002.0000.1203" in {row["path"] for row in found}


def test_real_traces_and_events_are_too(onchain):
    folder = onchain / "ethereum-etl"
    with (folder / "block_with_create_expected_traces.csv").open(newline="") as file:
        traces = text_rows(csv.DictReader(file))
    with gzip.open(folder / "blocks_17173049_17173050" / "expected_token_transfers.json.gz", "rt") as lines:
        events = [row | {"block_timestamp": None} for row in text_rows(json.loads(line) for line in lines)]
    assert movements(traces=traces) == imported(traces, "traces")
    assert movements(tokens=events) == imported(events, "token_transfers")
    assert len(movements(tokens=events)) > 250


def test_an_amount_beyond_a_ledger_is_counted_and_no_movement():
    stated = [EVENT, EVENT | {"value": "9" * MOST_DIGITS}, EVENT | {"value": "1" + "0" * MOST_DIGITS}]
    assert [int(row["amount"]) for row in movements(tokens=stated)] == [7, 10**MOST_DIGITS - 1]
    assert answered(beyond_range(), tokens=stated)["beyond_range"].to_pylist() == [1]


def test_any_question_can_be_asked_of_it():
    counted = over(survey(), public_movements(amount="decimal(38, 0)"))
    found = answered(counted, traces=[TRACE], tokens=[EVENT, EVENT])
    assert sorted(zip(found["part"].to_pylist(), found["rows"].to_pylist(), strict=True)) == [
        ("token_transfers", 2),
        ("traces", 1),
    ]
    assert "bigquery-public-data" in str(ibis.to_sql(over(touched_pools(()), public_movements()), "bigquery"))
