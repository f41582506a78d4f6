"""Files of records of people written for one test, read and normalized."""

import json

import pyarrow as pa

from bongsu.model.event import EVENT
from bongsu.model.reject import REJECT
from bongsu.normalize.person_registry import load_plan
from bongsu.normalize.record import Recorded, normalize_records
from bongsu.read.person_registry import load_person_reader, sniff_person_source


def write_csv(path, *rows):
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\n")
    return path


def write_lines(path, *objects):
    path.write_text("".join(json.dumps(one) + "\n" for one in objects))
    return path


def rows_of(path, told=None):
    """Source that the file is taken for, its raw rows, and rejects of reading."""
    name = sniff_person_source(path)
    batches = list(load_person_reader(name).read(path, told=told))
    rows = [row for batch in batches for row in batch.rows.to_pylist()]
    return name, rows, [row for batch in batches for row in batch.rejects.to_pylist()]


def recorded(path):
    name = sniff_person_source(path)
    found = [
        normalize_records(batch.rows, load_plan(name), "a" * 64)
        for batch in load_person_reader(name).read(path)
    ]
    return Recorded(
        pa.concat_tables([EVENT.empty_table(), *(one.events for one in found)]),
        pa.concat_tables([REJECT.empty_table(), *(one.rejects for one in found)]),
    )


def stated(path):
    """Subject, kind, thing, value of each event; rejects."""
    found = recorded(path)
    events = [(r["subject"], r["kind"], r["thing"], r["value"]) for r in found.events.to_pylist()]
    return sorted(events), found.rejects.to_pylist()


def normalized(name, **raw):
    """Events of one raw row of a source."""
    columns = {column: [raw.get(column)] for column in load_person_reader(name).RAW.names}
    table = pa.table({key: pa.array(value, pa.string()) for key, value in columns.items()})
    table = table.append_column("locator", pa.array([1], pa.int64()))
    return normalize_records(table, load_plan(name), "a" * 64)
