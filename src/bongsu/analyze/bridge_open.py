"""Ends that a bridge leaves open: withdrawals that no deposit explains, and value in flight.

A withdrawal without a deposit is not yet a theft: most are of deposits from before the data begins. What
the id says of it is said with it; an id that the source side had not given has no honest reading.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.bridge import Linked, standing_in
from bongsu.kernel.case import Array
from bongsu.model.schema import AMOUNT
from bongsu.model.text import _

SIGNS = (
    "contradicted",  # it carries the id of a deposit that it cannot continue: see the refused pairs
    "beyond",  # the source side had not given its id by then: later it still gave lower ones
    "before",  # its id is lower than the first of the data: its deposit came before the data begins
    "missing",  # its id lies among those of the data, but no deposit there carries it
    "after",  # its id is higher than the last of the data, which ends before it
    "unnumbered",  # it carries an id that is no number of a sequence
    "no_id",  # it carries none
)
_GREATEST = 2**63
"""Numbers from here on are hashes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InFlight:
    """What deposits of one asset left for a bridge and did not arrive anywhere that is known."""

    bridge: str
    chain: str
    asset: str | None
    """CAIP-19 id of what left; None: not stated."""
    deposits: int
    amount: int
    """Sum of the amounts that are stated, in base units."""
    unstated: int
    """Deposits whose amount is not stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEnds:
    """Sides that no link has."""

    withdrawals: pa.Table
    """Schema BRIDGE_EVENT and a text `sign`, one of SIGNS."""
    deposits: pa.Table
    """Schema BRIDGE_EVENT."""
    counts: Mapping[tuple[str, str], int]
    """Bridge and sign to the number of withdrawals."""
    in_flight: tuple[InFlight, ...]
    """Sums by bridge, chain and asset; each deposit once."""


def unmatched(events: pa.Table, linked: Linked) -> OpenEnds:
    """Withdrawals that no deposit explains, each with what its id says, and deposits in flight.

    Args:
        events: Schema BRIDGE_EVENT: all that is known of both sides.
        linked: What was made of them.
    """
    rest = events.filter(pa.array(~standing_in(events, linked.links)))
    withdrawals = rest.filter(pc.equal(rest["direction"], "withdrawal"))
    deposits = rest.filter(pc.equal(rest["direction"], "deposit"))
    signs = _signs(events.filter(pc.equal(events["direction"], "deposit")), withdrawals)
    signs = np.where(standing_in(withdrawals, linked.refused), "contradicted", signs)
    named = withdrawals.append_column("sign", pa.array(signs, pa.string()))
    pairs = zip(named["bridge"].to_pylist(), named["sign"].to_pylist(), strict=True)
    return OpenEnds(withdrawals=named, deposits=deposits, counts=Counter(pairs), in_flight=_sums(deposits))


def sign_text(sign: str) -> str:
    """What a sign says of a withdrawal, in a sentence."""
    return {
        "contradicted": _("It carries the id of a deposit that it cannot continue."),
        "beyond": _("It was paid before the source side had given its id."),
        "before": _("Its deposit came before the data begins."),
        "missing": _("The data lacks the deposit of its id."),
        "after": _("The data of the source side ends before it."),
        "unnumbered": _("No deposit in the data carries its id."),
        "no_id": _("It carries no id, and no deposit fits."),
    }[sign]


def _signs(deposits: pa.Table, withdrawals: pa.Table) -> Array:
    """What the id of each withdrawal says, from all ids that the source side gave."""
    signs = np.where(withdrawals["transfer_id"].is_valid().to_numpy(), "unnumbered", "no_id").astype(object)
    given, paid = _sequences(deposits), _sequences(withdrawals)
    for sequence, rows in paid.items():
        numbers = given.get(sequence, [])
        # One number is no sequence.
        if len(numbers) > 1:
            known = _Given.of(numbers)
            for time, number, row in rows:
                signs[row] = known.sign(time, number)
    return signs


@dataclass(frozen=True, slots=True)
class _Given:
    """Numbers that the source side gave, in the order of time."""

    times: Array
    highest: Array
    """Highest number up to each deposit."""
    lowest: Array
    """Lowest number from each deposit on."""

    @classmethod
    def of(cls, numbers: list[tuple[int, int, int]]) -> "_Given":
        """Numbers of a sequence's deposits."""
        order = np.array(sorted((time, number) for time, number, _row in numbers), dtype=np.int64)
        lowest = np.minimum.accumulate(order[::-1, 1])[::-1]
        return cls(order[:, 0], np.maximum.accumulate(order[:, 1]), lowest)

    def sign(self, time: int, number: int) -> str:
        """What the number of a withdrawal at a time says, ids being given in rising order."""
        until = int(np.searchsorted(self.times, time, side="right"))
        if number < self.lowest[0]:
            return "before"
        ahead = until == 0 or number > self.highest[until - 1]
        # A lower number was given later: this one had not been given yet.
        if ahead and until < len(self.times) and self.lowest[until] < number:
            return "beyond"
        return "after" if number > self.highest[-1] else "missing"


def _sequences(events: pa.Table) -> dict[tuple[str, str], list[tuple[int, int, int]]]:
    """Bridge and what stands before the number, to time, number and row of the events of the sequence."""
    found: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    times = events["time"].cast(pa.int64()).to_pylist()
    rows = zip(events["bridge"].to_pylist(), events["transfer_id"].to_pylist(), times, strict=True)
    for row, (bridge, text, time) in enumerate(rows):
        prefix, _colon, number = (text or "").rpartition(":")
        if number.isdecimal() and int(number) < _GREATEST and time is not None:
            found.setdefault((bridge, prefix), []).append((time, int(number), row))
    return found


def _sums(deposits: pa.Table) -> tuple[InFlight, ...]:
    """Exact sums by bridge, chain and asset."""
    wide = deposits.select(["bridge", "chain", "asset"]).append_column(
        "amount", deposits["amount"].cast(AMOUNT)
    )
    sums: dict[tuple[str, str, str | None], list[int]] = {}
    for row in wide.to_pylist():
        found = sums.setdefault((row["bridge"], row["chain"], row["asset"]), [0, 0, 0])
        found[0] += 1
        found[1] += int(row["amount"] or 0)
        found[2] += row["amount"] is None
    return tuple(
        InFlight(bridge=bridge, chain=chain, asset=asset, deposits=count, amount=amount, unstated=unstated)
        for (bridge, chain, asset), (count, amount, unstated) in sorted(
            sums.items(), key=lambda item: tuple(part or "" for part in item[0])
        )
    )
