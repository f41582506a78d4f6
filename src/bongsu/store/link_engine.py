"""The database that records of people are linked in: in memory, gone at the end, never a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa

from bongsu.model.extra import load_extra
from bongsu.store.engine import connect

MEMORY_LIMIT = "4GB"
"""What linking may hold in memory; it does not spill, for records of people stay off the disk."""


class DuckLinkEngine:
    """Runs Splink in DuckDB; implements `bongsu.model.ports.LinkEngine`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        connection.execute("SET enable_progress_bar = false")  # it would stand between what is printed
        self._splink = load_extra("splink", "screen").DuckDBAPI(connection)

    @property
    def splink(self) -> Any:  # noqa: ANN401
        """Splink's own interface to the connection."""
        return self._splink

    def register(self, name: str, table: pa.Table) -> Any:  # noqa: ANN401
        """Splink's data frame of a table, copied into the database."""
        self.connection.register(f"{name}_given", table)
        self.connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS FROM "{name}_given"')
        self.connection.unregister(f"{name}_given")
        return self._splink.register(name)

    def run(self, sql: str) -> pa.Table:
        """Rows of a question in SQL."""
        return self.connection.sql(sql).to_arrow_table()


@contextmanager
def open_link_engine() -> Iterator[DuckLinkEngine]:
    """Engine on a database in memory that is closed at the end.

    Raises:
        MissingExtraError: When the extra `screen` is not installed.
    """
    connection = connect(MEMORY_LIMIT, ordered=True)
    try:
        yield DuckLinkEngine(connection)
    finally:
        connection.close()
