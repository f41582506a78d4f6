"""Logs encoded by hand from a declaration and values, as the ABI specification has it."""

import csv
import gzip
import json

import pyarrow as pa

from bongsu.model.abi import Parameter, parse_declaration, topic_of
from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT

COLUMNS = (
    "address",
    "topics",
    "data",
    "transaction_hash",
    "log_index",
    "block_number",
    "block_timestamp",
)


def make_log(declaration, values, *, emitter, tx="0x" + "ab" * 32, position=0, block=1, time=1_600_000_000):
    """Raw row of a log: every parameter named in `values` by its path, the others zero or empty."""
    event = parse_declaration(declaration)
    topics = [topic_of(event.signature)]
    topics += ["0x" + _word(p, values.get(p.name, 0)).hex() for p in event.parameters if p.indexed]
    plain = tuple(p for p in event.parameters if not p.indexed)
    return {
        "address": emitter,
        "topics": ",".join(topics),
        "data": "0x" + _tuple(plain, values, "").hex(),
        "transaction_hash": tx,
        "log_index": str(position),
        "block_number": str(block),
        "block_timestamp": str(time),
    }


def batch_of(rows):
    """Batch of raw rows of logs; the locators count up from 1."""
    fields = [(name, pa.string()) for name in COLUMNS] + [("locator", pa.int64())]
    numbered = [{**row, "locator": number} for number, row in enumerate(rows, start=1)]
    return Batch(rows=pa.Table.from_pylist(numbered, schema=pa.schema(fields)), rejects=REJECT.empty_table())


def _tuple(parameters: tuple[Parameter, ...], values, prefix):
    size = 32 * sum(p.words for p in parameters)
    head, tail = b"", b""
    for parameter in parameters:
        path = prefix + parameter.name
        body = _value(parameter, values, path)
        if parameter.dynamic:
            head += (size + len(tail)).to_bytes(32, "big")
            tail += body
        else:
            head += body
    return head + tail


def _value(parameter, values, path):
    if parameter.members:
        return _tuple(parameter.members, values, path + ".")
    if parameter.type in {"bytes", "string"}:
        data = values.get(path, b"")
        data = data.encode() if isinstance(data, str) else data
        return len(data).to_bytes(32, "big") + data + b"\0" * (-len(data) % 32)
    return _word(parameter, values.get(path, 0))


def _word(parameter, value):
    """Numbers and addresses stand right, bytes left."""
    if isinstance(value, bytes):
        return value.ljust(32, b"\0") if parameter.type.startswith("bytes") else value.rjust(32, b"\0")
    if isinstance(value, str):
        return bytes.fromhex(value.removeprefix("0x")).rjust(32, b"\0")
    return int(value).to_bytes(32, "big")


ETL = {
    "address": "address",
    "data": "data",
    "transaction_hash": "transaction_hash",
    "log_index": "log_index",
    "block_number": "block_number",
    "block_timestamp": "block_timestamp",
}
"""Our columns to those of ethereum-etl."""


def raw_rows(path, names):
    """Raw rows of a file of logs, one JSON object a line; `names` are the file's names of our columns."""
    with gzip.open(path, "rt") as file:
        for line in file:
            row = json.loads(line)
            yield {ours: str(row[theirs]) for ours, theirs in names.items()} | {
                "topics": ",".join(row["topics"])
            }


def write_logs(path, rows, index=0):
    """The path; raw rows stand there as a table of logs of ethereum-etl."""
    names = [*COLUMNS, "transaction_index"]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows({"transaction_index": index, **row} for row in rows)
    return path
