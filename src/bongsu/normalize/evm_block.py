"""Blocks of an EVM chain: base fees for the transactions' fees, and withdrawals of stake."""

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.ports import Batch, Normalized
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _
from bongsu.model.transfer import NULL_HOLDER
from bongsu.normalize.amount import parse_base_units
from bongsu.normalize.context import Context
from bongsu.normalize.fault import Fault
from bongsu.normalize.hexadecimal import lower_hex
from bongsu.normalize.movement import LAST_TX_INDEX, Movements, own_rows
from bongsu.normalize.screen import Screen, as_mask
from bongsu.normalize.unit import native_asset

_GWEI = 10**9


def base_fees(batch: Batch) -> dict[int, int]:
    """Base fee per gas in wei of each block that states one."""
    rows, _aside = own_rows(batch.rows, "block")
    screen = Screen(rows)
    block, fee = screen.integer("number"), screen.integer("base_fee_per_gas")
    return {b: f for b, f in zip(block.to_pylist(), fee.to_pylist(), strict=True) if None not in (b, f)}


def normalize(batch: Batch, context: Context) -> Normalized:
    """A transfer for each withdrawal of stake that a block pays out, after its last transaction."""
    rows, aside = own_rows(batch.rows, "block")
    screen = Screen(rows)
    block = screen.integer("number", needed=True)
    time = screen.time("timestamp")
    paid = screen.convert(screen.text("withdrawals"), parse_withdrawals, _PAID, label="withdrawals")
    moves = Movements(screen)
    parents = pc.list_parent_indices(paid)
    each = pc.list_flatten(paid)
    ok = ~screen.struck
    moves.kept |= ok & as_mask(pc.greater(pc.list_value_length(paid), 0))
    chosen = pa.array(np.flatnonzero(ok[parents.to_numpy()]))
    parents, each = parents.take(chosen), each.take(chosen)
    moves.add(
        {
            "chain": context.chain,
            "asset": native_asset(context.chain).id,
            "block": block.take(parents),
            "time": time.take(parents),
            "tx_index": LAST_TX_INDEX,
            "position": each.field("index"),
            "tx_hash": "",
            "source": NULL_HOLDER,
            "target": each.field("address"),
            "amount": each.field("amount"),
            "kind": "reward",
            "locator": screen.locators.take(parents),
        },
        len(each),
    )
    moves.leave("no_withdrawals", ok)
    return moves.result(aside)


_PAID = pa.list_(pa.struct([("index", pa.int64()), ("address", pa.string()), ("amount", AMOUNT)]))


def parse_withdrawals(text: str) -> list[dict[str, Any]] | Fault:
    """Withdrawals of a block with amounts in wei; the text is a JSON list, brackets optional."""
    bad = Fault("bad_withdrawals", _("not a list of withdrawals"))
    body = text.strip()
    try:
        listed = json.loads(body if body.startswith("[") else f"[{body}]", parse_int=str, parse_float=str)
        found = [(int(one["index"]), str(one["address"]), parse_base_units(one["amount"])) for one in listed]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return bad
    addresses, right = lower_hex(pa.array([address for _i, address, _a in found], pa.string()), 40)
    if not right.all():
        return bad
    paid: list[dict[str, Any]] = []
    for (index, _address, gwei), address in zip(found, addresses.to_pylist(), strict=True):
        if isinstance(gwei, Fault) or gwei > 10**18 or not 0 <= index < 2**63:
            return bad
        paid.append({"index": index, "address": address, "amount": gwei * _GWEI})
    return [one for one in paid if one["amount"]]
