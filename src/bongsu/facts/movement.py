"""Shipped movements: the principal flows of a case as transfers of the model."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc

from bongsu.errors import FactsError
from bongsu.facts.document import DATA
from bongsu.model.asset import ETHEREUM, valuation
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _
from bongsu.model.transfer import TRANSFER

COLUMNS = ("tx", "block", "time", "from", "to", "cents")
"""Columns of a table of movements: values in cents of a US dollar, on Ethereum."""


def movement_path(slug: str, folder: Path = DATA) -> Path:
    """Path of the table of movements of an incident, whether it exists or not."""
    return folder / "movements" / f"{slug}.csv"


def transfers_of(path: Path) -> pa.Table:
    """Transfers of kind `flow`; amounts are published values in US cents, not amounts of a coin.

    Raises:
        FactsError: When the table cannot be read or its columns are wrong.
    """
    types = {name: pa.string() for name in COLUMNS} | {"block": pa.int64(), "cents": pa.int64()}
    try:
        rows = pc.read_csv(path, convert_options=pc.ConvertOptions(column_types=types))
        times = [_moment(text) for text in rows["time"].to_pylist()]
    except (OSError, ValueError, KeyError) as error:
        raise _refusal(path, str(error)) from error
    if tuple(rows.column_names) != COLUMNS:
        raise _refusal(path, _("its columns are not {names}").format(names=",".join(COLUMNS)))
    return _transfers(rows, times)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _transfers(rows: pa.Table, times: list[datetime]) -> pa.Table:
    count = rows.num_rows
    columns = {
        "chain": pa.repeat(pa.scalar(ETHEREUM), count),
        "asset": pa.repeat(pa.scalar(valuation(ETHEREUM, "USD").id), count),
        "block": rows["block"],
        "time": pa.array(times, TRANSFER.field("time").type),
        "tx_hash": rows["tx"],
        "source": rows["from"],
        "target": rows["to"],
        "amount": rows["cents"].cast(pa.decimal128(19, 0)).cast(AMOUNT),
        "kind": pa.repeat(pa.scalar("flow"), count),
        "locator": pa.array(range(1, count + 1), pa.int64()),
    }
    filled = [columns.get(field.name, pa.nulls(count, field.type)) for field in TRANSFER]
    return pa.table(filled, schema=TRANSFER)


def _refusal(path: Path, why: str) -> FactsError:
    return FactsError(
        _("Cannot read movements {file}: {why}.").format(file=path.name, why=why),
        hint=_("Run `bongsu facts verify`, or install Bongsu again."),
    )
