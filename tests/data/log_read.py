"""What tests ask of log readers."""

import io
from importlib import import_module


def read_log(name, content, **options):
    """Batches of a reader's module for these bytes."""
    return list(
        import_module(f"bongsu.read.{name}").read(io.BytesIO(content), **{"batch_rows": 100, **options})
    )


def log_rows(batches):
    """Rows of batches without nulls, each with its stream, in the order of the batches."""
    return [
        (batch.stream, {name: value for name, value in row.items() if value is not None})
        for batch in batches
        for row in batch.rows.to_pylist()
    ]


def log_rejects(batches):
    """Locator and rule of every reject."""
    return [(one["locator"], one["rule"]) for batch in batches for one in batch.rejects.to_pylist()]
