"""The database engine: in memory, bounded, spilling to a folder, never on the network."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from bongsu.errors import LedgerError
from bongsu.model.text import _

MEMORY_LIMIT = "2GB"
"""What the engine may hold before it spills."""


def connect(memory: str, spill: str = "", *, ordered: bool = False) -> duckdb.DuckDBPyConnection:
    """Connection to a database in memory that never goes on the network.

    Args:
        memory: What it may hold, for instance `2GB`.
        spill: Folder for what exceeds that; empty: nothing may.
        ordered: Whether rows without an order keep the one that they came in.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "temp_directory": spill,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "preserve_insertion_order": "true" if ordered else "false",
    }
    return duckdb.connect(":memory:", config=config)


@contextmanager
def open_engine(spill: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Connection that is closed at the end; with a folder to spill to, tables may exceed memory.

    Raises:
        LedgerError: When memory or the disk do not suffice.
    """
    connection = connect(MEMORY_LIMIT, "" if spill is None else str(spill))
    try:
        yield connection
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise LedgerError(
            _("Cannot seal the ledger: {why}.").format(why=str(error).splitlines()[0]),
            hint=_("Free some disk space and run the command again; what is imported stays."),
        ) from error
    finally:
        connection.close()
