"""Events of a reader, by line."""

import io
from importlib import import_module


def batches_of(name, text, batch_rows=10_000):
    """Batches of the reader of this name."""
    return list(import_module(f"bongsu.read.{name}").read(io.BytesIO(text), batch_rows=batch_rows))


def events_of(found):
    """Values that are there, by line."""
    rows = [row for one in found for row in one.rows.to_pylist()]
    return {
        row.pop("locator"): {name: value for name, value in row.items() if value is not None} for row in rows
    }


def rejects_of(found):
    """Line and rule of each reject."""
    return [(row["locator"], row["rule"]) for one in found for row in one.rejects.to_pylist()]
