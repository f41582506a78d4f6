"""Results of Dune queries: token events as they are, other transfers as an analyst's flows."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.ports import Batch, Normalized
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _
from bongsu.normalize.amount import parse_base_units, parse_units
from bongsu.normalize.context import Context
from bongsu.normalize.movement import Movements
from bongsu.normalize.screen import Screen, as_mask
from bongsu.normalize.unit import native_asset


def normalize(batch: Batch, context: Context) -> Normalized:
    """A transfer for each row that moves value.

    Rows with a token contract are kind `token`; others are native coins of kind `flow`, for a query
    may sum up or leave out what it likes. Coins in decimals come from floating numbers: 17 digits at
    most are right, the text is taken at its word.
    """
    screen = Screen(batch.rows)
    chain = context.chain
    contract = screen.address("contract", chain, needed=False)
    is_token = contract.is_valid()
    asset = pc.if_else(
        is_token,
        pc.binary_join_element_wise(f"{chain}/erc20:", contract.fill_null(""), ""),
        native_asset(chain).id,
    )
    amount = _amounts(screen, chain)
    columns = {
        "chain": chain,
        "asset": asset,
        "block": screen.integer("block"),
        "time": screen.time("time"),
        "position": screen.integer("log_index"),
        "tx_hash": screen.stated_hash("hash", chain),
        "source": screen.address("from", chain),
        "target": screen.address("to", chain),
        "amount": amount,
        "kind": pc.if_else(is_token, "token", "flow"),
    }
    failed = as_mask(pc.equal(pc.utf8_lower(screen.text("success")), "false"))
    screen.strike(as_mask(amount.is_null()), "missing_value", _("the amount is empty"))
    moves = Movements(screen)
    moves.move(as_mask(pc.greater(amount, pa.scalar(0, AMOUNT))) & ~failed, columns)
    moves.leave("failed", failed)
    moves.leave("zero_value", ~failed)
    return moves.result({})


def _amounts(screen: Screen, chain: str) -> pa.Array:
    """Amounts in base units, from the column that states them so, else from the one in coins."""
    decimals = native_asset(chain).decimals
    stated = screen.text("base_units")
    coins = pc.if_else(stated.is_null(), screen.text("coins"), None)
    return pc.coalesce(
        screen.convert(stated, parse_base_units, AMOUNT, label="value"),
        screen.convert(coins, lambda text: parse_units(text, decimals), AMOUNT, label="total_eth"),
    )
