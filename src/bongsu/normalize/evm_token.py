"""Token transfers of an EVM chain, from the events that token contracts log."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.ports import Batch, Normalized
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _
from bongsu.normalize.context import Context
from bongsu.normalize.movement import Movements, own_rows
from bongsu.normalize.screen import Screen, as_mask


def normalize(batch: Batch, context: Context) -> Normalized:
    """A transfer for each event that moves tokens; the asset is the contract, never the symbol.

    The position is the event's place in the block's log. An ERC-721 event looks the same and stays.
    """
    rows, aside = own_rows(batch.rows, "token_transfer")
    screen = Screen(rows)
    contract = screen.bulk_address("token_address")
    columns = {
        "chain": context.chain,
        "asset": pc.binary_join_element_wise(f"{context.chain}/erc20:", contract, ""),
        "block": screen.integer("block_number", needed=True),
        "time": screen.time("block_timestamp"),
        "position": screen.integer("log_index", needed=True),
        "tx_hash": screen.tx_hash("transaction_hash"),
        "source": screen.bulk_address("from_address"),
        "target": screen.bulk_address("to_address"),
        "amount": screen.base_units("value"),
        "kind": "token",
    }
    amount = columns["amount"]
    screen.strike(as_mask(amount.is_null()), "missing_value", _("value is empty"))
    moves = Movements(screen)
    moves.move(as_mask(pc.greater(amount, pa.scalar(0, AMOUNT))), columns)
    moves.leave("zero_value", ~screen.struck)
    return moves.result(aside)
