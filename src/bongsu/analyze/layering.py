"""Layering depth: how many accounts value passed through from where it was stolen. A fact, not a guess."""

import numpy as np

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.extract import tie_groups
from bongsu.analyze.pool_mask import Mask, transaction_pools
from bongsu.kernel.case import Array
from bongsu.kernel.hop import fewest_hops
from bongsu.kernel.reach import Route
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.layering@1"
FEWEST_LAYERS = 3
"""Accounts on the shortest way from which on a finding is made."""
SCORE = 100


def layer_depths(book: Book, sources: Mask, ends: Mask) -> Array:
    """Fewest payments from a source to each pool, -1 where none leads there: int32, shape (pools,).

    Args:
        book: The ledger.
        sources: Pools that value was stolen to.
        ends: Pools that are not followed through, services for instance.

    Cost: one pass over the movements.
    """
    moves = book.movements
    count = moves.num_rows
    route = Route(
        moves["source"].to_numpy().astype(np.uint32),
        moves["target"].to_numpy().astype(np.uint32),
        np.zeros(count, dtype=np.uint8),
        tie_groups(moves["tie"].to_numpy()),
    )
    stops = (ends & ~sources).astype(np.uint8)
    return fewest_hops(route, np.flatnonzero(sources), stops, transaction_pools(book.pools).astype(np.uint8))


def layering(book: Book, sources: Mask, ends: Mask) -> list[Finding]:
    """One finding: how deep value went, if FEWEST_LAYERS or more; none where it did not."""
    depths = layer_depths(book, sources, ends)
    deepest = int(depths.max(initial=-1))
    if deepest < FEWEST_LAYERS:
        return []
    at = np.flatnonzero(depths == deepest)
    reached = np.bincount(depths[depths >= 0])
    said = Statement(
        what="layering_depth",
        subject=book.account(int(np.flatnonzero(sources)[0])),
        score=SCORE,
        why=(
            _("value can reach {count} pools by {deepest} payments and no fewer").format(
                count=len(at), deepest=deepest
            ),
            _("pools by fewest payments: {layers}").format(
                layers=", ".join(f"{layer}: {size:,}" for layer, size in enumerate(reached.tolist()))
            ),
        ),
        rows=np.flatnonzero(np.isin(book.movements["target"].to_numpy(), at)),
    )
    return [finding_of(book, said, method=METHOD, params={"fewest_layers": FEWEST_LAYERS})]
