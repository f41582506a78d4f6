"""What value is followed through: conversions, decoded first and then inferred, and bridges."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.crossing import CrossingFinder
from bongsu.analyze.end import Codes
from bongsu.analyze.exchange import conversions_as_swaps
from bongsu.analyze.pool_mask import Mask
from bongsu.analyze.stop import CODE
from bongsu.analyze.swap import Swap, SwapFinder, Swaps
from bongsu.kernel.case import Array
from bongsu.model.ports import Ledger

LABEL, BALANCE, SCORE = "conversion_label", "conversion_guess", "bridge_score"
"""Names of the heuristics that continue a trace: see `bongsu.analyze.heuristic`."""
CONTINUING = frozenset({LABEL, BALANCE, SCORE})
_FEES = pa.array(["fee", "base_fee", "reward"])


@dataclass(slots=True, kw_only=True)
class Follower:
    """Finds what payments of followed pools became; looks at each transaction once."""

    ledger: Ledger
    codes: Codes
    """Stop of each pool of the ledger."""
    counted: Mask
    """Pools of assets that count as value; an impostor is never what was received."""
    minimum: Mapping[str, int]
    """Asset to the smallest movement that is followed."""
    heuristics: frozenset[str]
    """Guesses that may be made."""
    seen: Array = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    """Movements whose transactions were looked at."""
    _crossings: CrossingFinder = field(init=False)

    def __post_init__(self) -> None:
        self._crossings = CrossingFinder(self.ledger, scored=SCORE in self.heuristics)

    def find(self, rows: Array) -> Swaps:
        """What the transactions of some movements show that were not looked at before."""
        fresh = np.setdiff1d(rows, self.seen, assume_unique=True)
        fresh = fresh[self.codes[self.ledger.ends()[0][fresh]] == 0]
        several = fresh[self.ledger.accompanied(fresh)]
        # A converter that was paid and gave nothing back is counted too.
        converts = self.codes[self.ledger.ends()[1][fresh]] == CODE["conversion"]
        paying = np.union1d(several, fresh[converts])
        together = np.setdiff1d(self.ledger.same_transactions(several), self.seen, assume_unique=True)
        self.seen = np.union1d(self.seen, np.union1d(rows, together))
        found = self._decoded(fresh)
        # What events say and what they refuse is no matter of guesses.
        paying, together = (_without(self.ledger, one, found, events=True) for one in (paying, together))
        if LABEL in self.heuristics:
            finder = SwapFinder(
                ledger=self.ledger, codes=self.codes, counted=self.counted, minimum=self.minimum
            )
            found = found.joined(finder.find(paying))
        if BALANCE in self.heuristics:
            found = found.joined(self._guessed(_without(self.ledger, together, found, events=False)))
        return found

    def _decoded(self, rows: Array) -> Swaps:
        """What events say of the transactions of some payments."""
        if not self.ledger.decoded or not len(rows):
            return Swaps()
        stated = self.ledger.citations(rows)["tx_hash"]
        hashes = set(pc.unique(stated).to_pylist()) - {""}
        events = self.ledger.conversions(hashes)
        own = rows[pc.is_in(stated, value_set=pc.unique(events["tx_hash"])).to_numpy()]
        crossings = [one for one in self._crossings.find(hashes) if self._is_enough(one.deposit)]
        if not len(own):
            return Swaps(crossings=tuple(crossings))
        found = conversions_as_swaps(events, self.ledger, self.ledger.same_transactions(own), guessing=False)
        left, kept = {one.deposit for one in crossings}, self._kept(found)
        swaps = tuple(swap for swap in kept.found if swap.row not in left)
        return replace(kept, found=swaps, crossings=tuple(crossings))

    def _guessed(self, rows: Array) -> Swaps:
        """What balances show in whole transactions that moved several assets; what they do not is no news."""
        if not len(rows):
            return Swaps()
        table = self.ledger.movements(rows).select(["transaction", "kind"])
        named = table["transaction"].is_valid().to_numpy()
        moved = named & ~pc.is_in(table["kind"], value_set=_FEES).to_numpy()
        numbers = pc.fill_null(table["transaction"], 0).to_numpy()
        first = np.array([span.first for span in self.ledger.assets()])
        asset = np.searchsorted(first, self.ledger.ends()[0][rows], side="right")
        pairs = np.unique(np.stack([numbers[moved], asset[moved]]), axis=1)
        transactions, assets = np.unique(pairs[0], return_counts=True)
        several = rows[named & np.isin(numbers, transactions[assets > 1])]
        if not len(several):
            return Swaps()
        nothing = self.ledger.conversions(())
        found = self._kept(conversions_as_swaps(nothing, self.ledger, several))
        return replace(found, refused={})

    def _kept(self, found: Swaps) -> Swaps:
        """Exchanges of payers that are followed, of enough value, into what counts."""
        kept: list[Swap] = []
        refused = dict(found.refused)
        for swap in found.found:
            if self.codes[self.ledger.ends()[0][swap.row]]:
                continue
            if not self.counted[swap.target]:
                refused[swap.row] = "unknown_token"
            elif not self._is_enough(swap.row):
                refused[swap.row] = "below_threshold"
            else:
                kept.append(swap)
        return replace(found, found=tuple(kept), refused=refused)

    def _is_enough(self, row: int) -> bool:
        if not self.minimum:
            return True
        pool = self.ledger.ends()[0][[row]]
        asset = self.ledger.pools(pool)["asset"][0].as_py()
        least = self.minimum.get(asset, self.minimum.get("*", 0))
        return int(self.ledger.movements(np.array([row]))["amount"][0].as_py()) >= least


def _without(ledger: Ledger, rows: Array, found: Swaps, *, events: bool) -> Array:
    """The movements but those of transactions in which something was found or, by events, refused."""
    known = [swap.row for swap in found.found] + [one.deposit for one in found.crossings]
    known += list(found.refused) if events else []
    if not known:
        return rows
    return np.setdiff1d(rows, ledger.same_transactions(np.array(known, dtype=np.int64)))
