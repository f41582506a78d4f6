"""DuckDB over Parquet files where they are: larger than memory, on one machine."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from bongsu.errors import InputError, LedgerError
from bongsu.model.text import _
from bongsu.model.transfer import TRANSFER
from bongsu.store.engine import connect
from bongsu.store.part_pack import by_form, text_columns
from bongsu.store.part_set import local_files

MEMORY_LIMIT = "4GB"
"""What the engine may hold before it spills."""


class ParquetEngine:
    """Runs expressions in DuckDB; implements `bongsu.model.ports.Engine`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    @property
    def name(self) -> str:
        """DuckDB and its version."""
        return f"duckdb {duckdb.__version__}"

    def list_files(self, pattern: str) -> dict[str, str]:
        """Path to SHA-256 of the files that a pattern names.

        Raises:
            InputError: When there are none, or they are not on this machine.
        """
        if "://" in pattern:
            raise InputError(
                _("Cannot read {pattern}: DuckDB reads files of this machine here.").format(pattern=pattern),
                hint=_("Copy the files, or trace on a Spark cluster: --engine spark://HOST:PORT"),
            )
        return local_files(pattern)

    def load(self, paths: Iterable[str]) -> None:
        """Nothing; the movements are the rows of these files from now on.

        Raises:
            LedgerError: When a file is no Parquet, or lacks a column of a transfer.
        """
        with self._errors():
            reads = [self._select(form, group) for form, group in by_form(paths).items()]
            self.connection.execute("CREATE OR REPLACE VIEW movements AS " + " UNION ALL ".join(reads))

    def _select(self, packed: frozenset[str], paths: list[str]) -> str:
        """SQL for the rows of files of which the same columns are bytes."""
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        scan = f"read_parquet([{listed}], filename = 'part', hive_partitioning = false)"
        demand_columns(row[0] for row in self.connection.execute(f"DESCRIBE FROM {scan}").fetchall())
        texts = text_columns(packed)
        columns = [f"{texts[name]} AS {name}" if name in texts else name for name in TRANSFER.names]
        return f"SELECT {', '.join([*columns, 'part'])} FROM {scan}"  # noqa: S608

    def path_of(self, part: str) -> str:
        """Path of the file that a row is from."""
        return part

    def run(self, question: Any, **given: pa.Table) -> pa.Table:  # noqa: ANN401
        """Rows of an unbound expression over the movements and the tables given.

        Raises:
            LedgerError: When memory or the disk do not suffice, or a file is damaged.
        """
        for name, table in given.items():
            self.connection.register(name, table)
        with self._errors():
            import ibis

            found: pa.Table = self.connection.sql(
                str(ibis.to_sql(question, dialect="duckdb"))
            ).to_arrow_table()
            return found

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise engine_failed(self.name, str(error)) from error


@contextmanager
def open_parquet_engine() -> Iterator[ParquetEngine]:
    """Engine that is closed at the end; what exceeds its memory is spilled to a folder that then goes."""
    with TemporaryDirectory(prefix="bongsu-spill-") as spill:
        connection = connect(MEMORY_LIMIT, spill)
        try:
            yield ParquetEngine(connection)
        finally:
            connection.close()


def demand_columns(found: Iterable[str]) -> None:
    """Nothing; the columns are those of a transfer, and perhaps others.

    Raises:
        LedgerError: When one is missing.
    """
    given = set(found)
    missing = [name for name in TRANSFER.names if name not in given]
    if missing:
        raise LedgerError(
            _("Cannot read the Parquet files: they lack {columns}.").format(columns=", ".join(missing)),
            hint=_("They must have the columns of a ledger's parts; an export is imported first."),
        )


def engine_failed(name: str, why: str) -> LedgerError:
    """Error that says why an engine gave no answer."""
    first = next((line.strip() for line in why.splitlines() if line.strip()), "?").rstrip(".")
    return LedgerError(
        _("Cannot ask {engine}: {why}.").format(engine=name, why=first),
        hint=_("Look at the files, the free disk space and the cluster's own log, then run it again."),
    )
