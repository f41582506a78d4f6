"""Which movements and pools a lead calls stolen: rule 1 of the taint policies."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.lead import Lead, Theft
from bongsu.analyze.pool_mask import Mask, fee_pools, held_by, null_pools
from bongsu.errors import LeadError
from bongsu.kernel.adjacency import rows_of
from bongsu.kernel.case import FIRST_STOLEN, UNKNOWN
from bongsu.kernel.index import Index
from bongsu.model.ports import Ledger
from bongsu.model.text import _

Rows = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is stolen, in rows and pools of the whole ledger."""

    rows: Rows
    """Movements whose arrival is stolen, ascending."""
    tags: Rows
    """Tag of each of those rows."""
    sources: Rows
    """Pools of the lead's addresses, or that the theft transactions paid, that count; ascending."""
    owner: Rows
    """Tag of each source pool, by the first theft that names it."""
    by_transaction: tuple[bool, ...]
    """By theft: listed transactions say what is stolen, so what its source lacks is not."""

    def owner_of(self, pools: Rows) -> Rows:
        """Tag of each pool, 0 where it is no source."""
        if not len(self.sources):
            return np.zeros(len(pools), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.sources, pools), len(self.sources) - 1)
        return np.where(self.sources[at] == pools, self.owner[at], 0)


def _in_window(times: pa.ChunkedArray, theft: Theft) -> Mask:
    """Whether each movement is in the window; one without a time is, or it would be called clean."""
    inside = np.ones(len(times), dtype=bool)
    for bound, compare in ((theft.start, pc.greater_equal), (theft.end, pc.less)):
        if bound is not None:
            kept = compare(times, pa.scalar(bound, times.type))
            inside &= pc.fill_null(kept, True).to_numpy()
    return inside


def _among(ledger: Ledger, pools: Rows) -> Mask:
    """Whether each pool of the ledger is one of these: shape (pools,)."""
    mask = np.zeros(ledger.pool_count, dtype=bool)
    mask[pools] = True
    return mask


def _credits(ledger: Ledger, sources: Rows, theft: Theft) -> Rows:
    """Rows that pay a source from a pool that is none, in the window."""
    rows = rows_of(Index(*ledger.receipts()), sources)
    rows = rows[~_among(ledger, sources)[ledger.ends()[0][rows]]]
    return rows[_in_window(ledger.movements(rows)["time"], theft)]


def _receivers(ledger: Ledger, rows: Rows) -> Rows:
    """Pools that got more than they gave in these movements; never fee or null pools."""
    net: dict[int, int] = {}
    for move in ledger.movements(rows).select(["source", "target", "amount"]).to_pylist():
        net[move["source"]] = net.get(move["source"], 0) - int(move["amount"])
        net[move["target"]] = net.get(move["target"], 0) + int(move["amount"])
    found = np.array(sorted(pool for pool, value in net.items() if value > 0), dtype=np.int64)
    pools = ledger.pools(found)
    return found[~null_pools(pools) & ~fee_pools(pools)]


def _mark_theft(ledger: Ledger, theft: Theft) -> tuple[Rows, Rows, bool]:
    """Stolen rows, source pools, whether transactions said so."""
    sources = held_by(ledger, theft.sources)
    rows = ledger.find_transactions(tx.lower() for tx in theft.transactions)
    if len(rows):
        sources = sources if len(sources) else _receivers(ledger, rows)
        own, (source, target) = _among(ledger, sources), ledger.ends()
        paid = rows[own[target[rows]] & ~own[source[rows]]]
        if len(paid):
            return paid, sources, True
    return _credits(ledger, sources, theft), sources, False


def mark_thefts(ledger: Ledger, lead: Lead, *, counted: Mask) -> Marks:
    """What the lead calls stolen in this ledger.

    Args:
        ledger: The ledger.
        lead: Thefts, in the order that settles claims on the same pool.
        counted: Pools of assets that count as value; others never carry stolen value.

    Raises:
        LeadError: When the ledger has no movement of the lead's addresses and transactions.
    """
    owner: dict[int, int] = {}
    tags: dict[int, int] = {}
    listed = []
    for number, theft in enumerate(lead.thefts):
        rows, sources, by_transaction = _mark_theft(ledger, theft)
        listed.append(by_transaction)
        for pool in sources[counted[sources]].tolist():
            owner.setdefault(pool, FIRST_STOLEN + number)
        for row in rows.tolist():
            tags.setdefault(row, FIRST_STOLEN + number)
    if not owner:
        raise _nothing_found(lead)
    stolen = np.array(sorted(tags), dtype=np.int64)
    stolen = stolen[counted[ledger.ends()[1][stolen]]]
    pools = sorted(owner)
    return Marks(
        rows=stolen,
        tags=np.array([tags[row] for row in stolen.tolist()], dtype=np.int64),
        sources=np.array(pools, dtype=np.int64),
        owner=np.array([owner[pool] for pool in pools], dtype=np.int64),
        by_transaction=tuple(listed),
    )


def overdraft_tags(marks: Marks, lead: Lead, source: Rows, times: pa.ChunkedArray) -> Rows:
    """Tag of what the paying pool of each movement lacks: stolen (assumed) for a source, else unknown.

    Args:
        marks: What is stolen.
        lead: The lead whose windows say when a source's lack is stolen.
        source: Paying pool of each movement, in the ledger's numbers.
        times: Time of each movement.
    """
    tags, owner = np.full(len(source), UNKNOWN, dtype=np.int64), marks.owner_of(source)
    for number, theft in enumerate(lead.thefts):
        if marks.by_transaction[number]:
            continue
        own = (owner == FIRST_STOLEN + number) & _in_window(times, theft)
        tags[own] = FIRST_STOLEN + number
    return tags


def _nothing_found(lead: Lead) -> LeadError:
    named = [account.address for theft in lead.thefts for account in theft.sources]
    named += [tx for theft in lead.thefts for tx in theft.transactions]
    return LeadError(
        _("Cannot trace {title}: the ledger has no movement of {names}.").format(
            title=lead.title, names=", ".join(named[:3]) + (" ..." if len(named) > 3 else "")
        ),
        hint=_("Import the transfers of these accounts first: bongsu ledger import FILE... --into LEDGER"),
    )
