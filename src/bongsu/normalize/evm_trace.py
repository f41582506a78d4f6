"""Traces of an EVM chain: value that contracts move inside transactions, and block rewards."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.ports import Batch, Normalized
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _
from bongsu.model.transfer import NULL_HOLDER
from bongsu.normalize.context import Context
from bongsu.normalize.fault import Fault
from bongsu.normalize.movement import LAST_TX_INDEX, Movements, Value, own_rows
from bongsu.normalize.screen import Mask, Screen, as_mask
from bongsu.normalize.unit import native_asset

_CALLS = pa.array(["call"])
_ENDS = pa.array(["create", "suicide", "selfdestruct"])
_GRANTS = pa.array(["reward", "genesis"])
_MOST_CALLS = 9_999
_ID = r"^(?P<kind>[a-z]+)_(?:0x[0-9a-fA-F]{64}_?)?(?P<path>[0-9_]*)$"


def normalize(batch: Batch, context: Context) -> Normalized:
    """A transfer for each trace that moves value.

    Only call, create, self-destruct and reward carry value: delegatecall, staticcall and callcode show
    the value of the frame that they borrow. The outermost call equals its transaction's own movement:
    kind `native`, position 0, no path.
    """
    rows, aside = own_rows(batch.rows, "trace")
    screen = Screen(rows)
    kind, path = _described(screen)
    call = screen.text("call_type")
    granted = _is_in(kind, _GRANTS)
    forked = as_mask(pc.equal(kind, "daofork"))
    called = _is_in(kind, _CALLS) & _is_in(call, _CALLS)
    carrying = granted | forked | called | _is_in(kind, _ENDS)
    status = screen.integer("status", largest=1)
    failed = as_mask(pc.equal(status, 0)) | as_mask(screen.text("error").is_valid())
    amount = screen.base_units("value")
    moving = carrying & ~failed & as_mask(pc.greater(amount, pa.scalar(0, AMOUNT)))
    here = _place(screen, moving, path, outside=granted | forked, context=context)
    root = as_mask(here["path"].is_null()) & ~granted & ~forked
    moves = Movements(screen)
    unsure = moving & as_mask(status.is_null()) & ~root & ~granted & ~forked
    moves.move(moving & root, here | {"position": 0, "kind": "native", "amount": amount})
    moves.move(moving & ~root & ~granted, here | {"position": 1, "kind": "internal", "amount": amount})
    moves.move(moving & granted, here | {"position": None, "kind": "reward", "amount": amount})
    moves.miss(unsure, here | {"holder": here["source"], "reason": "needs_receipts"})
    moves.leave("no_value_type", ~carrying)
    moves.leave("failed", failed)
    moves.leave("zero_value", ~failed)
    return moves.result(aside)


def _is_in(values: pa.Array, names: pa.Array) -> Mask:
    return as_mask(pc.is_in(values, names))


def _described(screen: Screen) -> tuple[pa.Array, pa.Array]:
    """Type and address of each trace; where the table lacks these columns, from its id."""
    kind, path = screen.text("trace_type"), screen.text("trace_address")
    if kind.null_count < screen.count:
        return kind, path
    parts = pc.extract_regex(screen.text("trace_id"), _ID)
    levels = pc.replace_substring(parts.field("path"), "_", ",")
    inside = pc.and_(parts.is_valid(), pc.not_equal(levels, ""))
    return parts.field("kind"), pc.if_else(inside, levels, None)


def _place(
    screen: Screen, moving: Mask, path: pa.Array, *, outside: Mask, context: Context
) -> dict[str, Value]:
    """Columns that say where and between whom; only rows that move value need be well-formed.

    Args:
        screen: The batch.
        moving: Rows that move value.
        path: Trace addresses as text.
        outside: Rows that belong to a block and not to a transaction.
        context: Facts beside the file.
    """
    block = screen.integer("block_number", needed=True)
    inside = moving & ~outside
    tx_hash = screen.tx_hash("transaction_hash", where=inside)
    source = screen.bulk_address("from_address", needed=False)
    target = screen.bulk_address("to_address", needed=False)
    granted = as_mask(source.is_null())
    screen.strike(
        moving & as_mask(target.is_null()), "bad_address", _("to_address is empty where value moves")
    )
    screen.strike(inside & granted, "bad_address", _("from_address is empty where value moves"))
    index = screen.integer("transaction_index", largest=LAST_TX_INDEX - 1)
    return {
        "chain": context.chain,
        "asset": native_asset(context.chain).id,
        "block": block,
        "time": screen.time("block_timestamp"),
        "tx_index": pc.if_else(pa.array(outside), LAST_TX_INDEX, index),
        "path": screen.convert(
            pc.if_else(pa.array(outside), None, path), trace_path, pa.string(), label="trace_address"
        ),
        "tx_hash": tx_hash.fill_null(""),
        "source": source.fill_null(NULL_HOLDER),
        "target": target,
    }


def trace_path(text: str) -> str | Fault:
    """Trace address whose text sorts in call order: four digits a level, joined by dots."""
    levels = [level.strip() for level in text.strip("[] ").split(",")]
    if not all(level.isascii() and level.isdigit() and int(level) <= _MOST_CALLS for level in levels):
        return Fault("bad_trace_address", _("not a list of numbers up to 9999"))
    return ".".join(level.zfill(4) for level in levels)
