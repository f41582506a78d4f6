"""Blocks of log events made in a test, and Zeek logs read simply."""

import gzip
import json

import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.reject import REJECT
from bongsu.normalize.log import block_of


def block(rows, service="http", product="zeek", category=""):
    """Block of dictionaries of texts."""
    names = sorted({name for row in rows for name in row})
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    columns["locator"] = pa.array(range(1, len(rows) + 1), pa.int64())
    stream = LogStream(product, service, category)
    made, _rejects = block_of(LogBatch(stream, pa.table(columns), REJECT.empty_table()))
    return made


def zeek_tsv(path):
    """Rows of a gzipped Zeek log in its own columns."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    names = next(line[1:] for line in lines if line[0] == "#fields")
    return [dict(zip(names, line, strict=True)) for line in lines if not line[0].startswith("#")]


def zeek_json(path):
    """Rows of a gzipped Zeek log in JSON lines, each value as text."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [{name: str(value) for name, value in json.loads(line).items()} for line in file]
