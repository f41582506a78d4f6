"""Why two events that carry one transfer id cannot be one transfer."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.bridge_link import comparable, where
from bongsu.kernel.case import Array
from bongsu.model.bridge import Bridge
from bongsu.model.text import _

REDIRECTING = frozenset({"across"})
"""Bridges on which a depositor may name another beneficiary afterwards."""
_SHORTEST = 20
"""Characters of the shortest address; less is a name that stands for one."""


def disagreements(deposits: pa.Table, withdrawals: pa.Table, bridges: Mapping[str, Bridge]) -> list[pa.Array]:
    """What does not agree between the k-th deposit and the k-th withdrawal, a column a reason; null: it does.

    What one of them does not state is no disagreement.
    """
    return [
        where(_mask(pc.less(withdrawals["time"], deposits["time"])), _("It arrived before it left.")),
        where(_differ(deposits["other_chain"], withdrawals["chain"]), _("It left for another chain.")),
        where(_differ(withdrawals["other_chain"], deposits["chain"]), _("It came from another chain.")),
        where(_differ(deposits["other_asset"], withdrawals["asset"]), _("Another asset arrived.")),
        where(_differ(withdrawals["other_asset"], deposits["asset"]), _("Another asset had left.")),
        where(_other_account(deposits, withdrawals), _("Another account was paid than was to be.")),
        where(_other_amount(deposits, withdrawals, bridges), _("The amounts cannot be one transfer's.")),
    ]


def _mask(column: pa.ChunkedArray) -> Array:
    found: Array = pc.fill_null(column, False).to_numpy().astype(np.bool_)
    return found


def _differ(one: pa.ChunkedArray, other: pa.ChunkedArray) -> Array:
    return _mask(pc.not_equal(one, other))


def _other_account(deposits: pa.Table, withdrawals: pa.Table) -> Array:
    wanted, paid = deposits["beneficiary"], withdrawals["beneficiary"]
    is_address = _mask(pc.greater_equal(pc.utf8_length(wanted), _SHORTEST))
    fixed = ~_mask(pc.is_in(deposits["bridge"], value_set=pa.array(sorted(REDIRECTING))))
    # Some chains write addresses in capitals or not as they like.
    differ = _differ(pc.utf8_lower(wanted), pc.utf8_lower(paid))
    found: Array = differ & is_address & fixed
    return found


def _other_amount(deposits: pa.Table, withdrawals: pa.Table, bridges: Mapping[str, Bridge]) -> Array:
    """More arrived than left; where the bridge takes nothing, also less."""
    fees = {slug: bridge.fee for slug, bridge in bridges.items()}
    names = deposits["bridge"].combine_chunks().dictionary_encode()
    kinds = pa.array([fees.get(slug, "converted") for slug in names.dictionary.to_pylist()], pa.string())
    kind = kinds.take(names.indices)
    more = _mask(pc.greater(withdrawals["amount"], deposits["amount"])) & comparable(deposits, withdrawals)
    other = _differ(deposits["amount"], withdrawals["amount"])
    found: Array = np.where(
        pc.equal(kind, "none").to_numpy(zero_copy_only=False),
        other,
        more & pc.equal(kind, "deducted").to_numpy(zero_copy_only=False),
    )
    return found
