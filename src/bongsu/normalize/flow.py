"""Flows that an analyst recorded: columns and unit as a person says they are."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.errors import InputError
from bongsu.model.asset import chain_of
from bongsu.model.ports import Batch, Normalized
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _
from bongsu.normalize.amount import parse_units
from bongsu.normalize.context import Context
from bongsu.normalize.movement import Movements
from bongsu.normalize.screen import Screen, as_mask
from bongsu.normalize.unit import unit_asset

MEANINGS = ("tx", "block", "time", "from", "to", "value")
"""What a column of flows can be; from and to are needed."""


def normalize(batch: Batch, context: Context) -> Normalized:
    """A transfer of kind `flow` for each row; its order in its block is not known.

    Raises:
        InputError: When the mapping names a column that the file lacks, or the unit is not known.
    """
    _check_mapping(batch.rows, context)
    asset = unit_asset(context.unit, context.chain)
    chain = chain_of(asset.id)
    screen = Screen(_renamed(batch.rows, context))
    amount = screen.convert(
        screen.text("value"),
        lambda text: parse_units(text, asset.decimals, asset.symbol),
        AMOUNT,
        label=_("value"),
    )
    columns = {
        "chain": chain,
        "asset": asset.id,
        "block": screen.integer("block"),
        "time": screen.time("time"),
        "tx_hash": screen.stated_hash("tx", chain),
        "source": screen.address("from", chain),
        "target": screen.address("to", chain),
        "amount": amount,
        "kind": "flow",
    }
    moves = Movements(screen)
    moves.move(~as_mask(pc.equal(amount, pa.scalar(0, AMOUNT))), columns)
    moves.leave("zero_value", ~screen.struck)
    return moves.result({})


def _check_mapping(rows: pa.Table, context: Context) -> None:
    wrong = [meaning for meaning in context.columns if meaning not in MEANINGS]
    absent = [name for name in context.columns.values() if name not in rows.column_names]
    lacking = [meaning for meaning in ("from", "to", "value") if meaning not in context.columns]
    if wrong or absent or lacking:
        raise InputError(
            _("Cannot map the columns of flows: {why}.").format(why=_mapping_fault(wrong, absent, lacking)),
            hint=_("Map {meanings}; the file's columns are: {names}.").format(
                meanings=", ".join(MEANINGS), names=", ".join(rows.column_names[:-1][:20])
            ),
        )


def _mapping_fault(wrong: list[str], absent: list[str], lacking: list[str]) -> str:
    if wrong:
        return _("{names} is no meaning of a column").format(names=", ".join(wrong))
    if absent:
        return _("the file has no column {names}").format(names=", ".join(absent))
    return _("{names} is not mapped").format(names=", ".join(lacking))


def _renamed(rows: pa.Table, context: Context) -> pa.Table:
    columns = {meaning: rows.column(name) for meaning, name in context.columns.items()}
    return pa.table(columns | {"locator": rows.column("locator")})
