"""The busiest window of time of each group: most different partners within a span."""

from typing import NamedTuple

import numpy as np

from bongsu.kernel.case import Array
from bongsu.kernel.index import Index
from bongsu.kernel.jit import compiled


class Busiest(NamedTuple):
    """For each group the window with most different partners; the earliest of equal ones."""

    partners: Array
    """Different partners: int64."""
    first: Array
    """Place in `index.row` of the window's first event; int64."""
    last: Array
    """Place after its last."""


class _Events(NamedTuple):
    partner: Array
    time: Array
    seen: Array
    """Events of each partner in the window."""


@compiled
def _slide(index: Index, events: _Events, span: int, found: Busiest) -> None:
    """Nothing; moves a window over the events of each group."""
    partner, time, seen = events
    for group in range(len(index.first) - 1):
        begin, end = index.first[group], index.first[group + 1]
        tail, different = begin, 0
        for head in range(begin, end):
            event = index.row[head]
            different += seen[partner[event]] == 0
            seen[partner[event]] += 1
            while time[event] - time[index.row[tail]] > span:
                seen[partner[index.row[tail]]] -= 1
                different -= seen[partner[index.row[tail]]] == 0
                tail += 1
            if different > found.partners[group]:
                found.partners[group], found.first[group], found.last[group] = different, tail, head + 1
        for place in range(tail, end):
            seen[partner[index.row[place]]] = 0


def busiest_windows(index: Index, partner: Array, time: Array, *, span: int) -> Busiest:
    """Window of at most `span` with most different partners, for each group of the index.

    Args:
        index: Events of each group, in time order.
        partner: Partner of each event: int64.
        time: Time of each event, in the unit of `span`; never decreasing within a group: int64.
        span: Length of the window.

    Cost: one pass, two random reads an event.
    """
    groups = len(index.first) - 1
    found = Busiest(*(np.zeros(groups, dtype=np.int64) for _field in Busiest._fields))
    seen = np.zeros(int(partner.max(initial=-1)) + 1, dtype=np.int64)
    _slide(index, _Events(partner.astype(np.int64), time.astype(np.int64), seen), span, found)
    return found
