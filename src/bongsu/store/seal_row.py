"""First step of a seal: transfers of all files, their holders replaced by numbers of pools."""

from pathlib import Path

import duckdb
import pyarrow as pa

from bongsu.model.schema import TIME
from bongsu.model.transfer import TRANSFER
from bongsu.store.part_pack import OTHER, by_form, text_columns

_CITE = 2**43
"""A row's place in the ledger's files is one number: file * _CITE + its number among all rows."""
_CLASS = "CASE WHEN regexp_full_match(holder, '0x[0-9a-f]{40}') THEN 1 WHEN holder < '0x' THEN 0 ELSE 2 END"
"""SQL: EVM accounts of an asset stand together, see `bongsu.store.holder`."""
CITED_FILE = f"(cite // {_CITE})"
"""SQL for the number of the file that a row cites."""
CITED_ROW = f"(cite % {_CITE})"
"""SQL for the number of the row that it cites, see `bongsu.store.citation`."""


def load_parts(engine: duckdb.DuckDBPyConnection, ledger: Path, parts: pa.Table) -> None:
    """Nothing; makes the view `raw` of part files: schema `bongsu.store.citation.PART`."""
    if not parts.num_rows:
        load_table(engine, TRANSFER.empty_table())
        return
    paths = [str(ledger / name) for name in parts["path"].to_pylist()]
    engine.register("part_file", parts.set_column(0, "part", pa.array(paths)))
    reads = [_read_parts(form, listed) for form, listed in by_form(paths).items()]
    engine.execute("CREATE VIEW raw AS " + " UNION ALL BY NAME ".join(reads))


def _read_parts(packed: frozenset[str], paths: list[str]) -> str:
    """SQL for the rows of part files of which the same columns are bytes."""
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    texts = "".join(f", {text} AS {name}" for name, text in text_columns(packed).items())
    gone = "".join(f", {other}" for name, other in OTHER.items() if name in packed)
    return f"""
        SELECT * EXCLUDE (filename, file_row_number, part, first, rows{gone})
               REPLACE (epoch_us(time) AS time{texts}), first + file_row_number AS row
        FROM read_parquet([{listed}], filename = true, file_row_number = true)
        JOIN part_file ON filename = part
    """  # noqa: S608


def load_table(engine: duckdb.DuckDBPyConnection, transfers: pa.Table) -> None:
    """Nothing; makes the view `raw` of a table in memory; its column `file`, if any, numbers the source."""
    if "file" not in transfers.column_names:
        transfers = transfers.append_column("file", pa.nulls(len(transfers), pa.int32()).fill_null(0))
    transfers = transfers.append_column("row", pa.array(range(len(transfers)), pa.int64()))
    at = transfers.schema.get_field_index("time")
    micros = transfers.column("time").cast(TIME).cast(pa.int64())
    engine.register("raw", transfers.set_column(at, "time", micros))


def number_rows(engine: duckdb.DuckDBPyConnection) -> None:
    """Nothing; makes the tables `pool` (sorted, numbered) and `rows` (transfers between pool numbers)."""
    engine.execute("""
        CREATE TABLE asset AS
        SELECT chain, asset, (row_number() OVER (ORDER BY chain, asset) - 1)::UINTEGER AS asset_no,
               (dense_rank() OVER (ORDER BY chain) - 1)::USMALLINT AS chain_no
        FROM (SELECT DISTINCT chain, asset FROM raw)
    """)
    engine.execute(f"""
        CREATE TABLE pool AS
        SELECT (row_number() OVER (ORDER BY asset_no, {_CLASS}, holder) - 1)::UINTEGER AS id,
               chain_no, asset_no, holder, address
        FROM (
            SELECT chain_no, asset_no, holder, min(address) AS address
            FROM (
                SELECT chain, asset, source AS holder, if(kind = 'spend', address, NULL) AS address FROM raw
                UNION ALL
                SELECT chain, asset, target, if(kind = 'spend', NULL, address) FROM raw
            ) JOIN asset USING (chain, asset)
            GROUP BY chain_no, asset_no, holder
        )
    """)  # noqa: S608
    engine.execute(f"""
        CREATE TABLE rows AS
        SELECT s.chain_no, s.id AS source, t.id AS target, block, time, tx_index, position, path, tx_hash,
               amount, kind, file::BIGINT * {_CITE} + row AS cite, locator, tx_index IS NULL AS bare
        FROM raw r JOIN asset a ON a.chain = r.chain AND a.asset = r.asset
        JOIN pool s ON s.asset_no = a.asset_no AND s.holder = r.source
        JOIN pool t ON t.asset_no = a.asset_no AND t.holder = r.target
    """)  # noqa: S608
