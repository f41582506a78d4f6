"""A table of bridge events as a file of a ledger: what a person says of its columns, and no movements."""

from bongsu.errors import InputError
from bongsu.model.gap import GAP
from bongsu.model.ports import Batch, Normalized
from bongsu.model.text import _
from bongsu.model.transfer import TRANSFER
from bongsu.normalize.bridge_csv import BridgeTable
from bongsu.normalize.bridge_csv import normalize as read_events
from bongsu.normalize.context import Context

CONSTANT = "="
"""What a value of the mapping begins with that holds for every row."""
CONSTANTS = ("bridge", "direction", "chain", "other_chain")


def normalize(batch: Batch, context: Context) -> Normalized:
    """Sides of transfers; the movements that they tell of come from other files.

    Raises:
        InputError: When the mapping states a constant that cannot hold for all rows.
    """
    said = {name: text[1:] for name, text in context.columns.items() if text.startswith(CONSTANT)}
    wrong = [name for name in said if name not in CONSTANTS]
    if wrong:
        raise InputError(
            _("Cannot map the columns of bridge events: {name} is not the same for all rows.").format(
                name=wrong[0]
            ),
            hint=_("With ==, one of: {names}.").format(names=", ".join(CONSTANTS)),
        )
    made = read_events(batch, _told(said))
    return Normalized(
        rows_in=made.rows_in,
        rows_kept=made.events.num_rows,
        transfers=TRANSFER.empty_table(),
        rejects=made.rejects,
        gaps=GAP.empty_table(),
        set_aside=made.set_aside,
        crossings=made.events,
    )


def _told(said: dict[str, str]) -> BridgeTable:
    bridge, direction, chain, other_chain = (said.get(name, "") for name in CONSTANTS)
    return BridgeTable(bridge=bridge, direction=direction, chain=chain, other_chain=other_chain)
