"""Who may see a thing: TLP 2.0 and a releasability list. A derived object has the strictest."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import pyarrow as pa

from bongsu.model.schema import arrow_field, column


class Tlp(IntEnum):
    """Traffic Light Protocol 2.0 labels, least strict first."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def label(self) -> str:
        """Label as FIRST writes it, for example `TLP:AMBER+STRICT`."""
        return "TLP:" + self.name.replace("_", "+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A TLP label and, where the owner lists them, the only parties it may go to."""

    tlp: Tlp = column("TLP 2.0 label", source="FIRST TLP 2.0")
    releasable_to: frozenset[str] | None = column("party ids; null: no list, the label alone decides")


MARKING = pa.schema(
    [
        arrow_field(Marking, "tlp", pa.int8()),
        arrow_field(Marking, "releasable_to", pa.list_(pa.string()), nullable=True),
    ]
)
"""Many markings."""

PUBLIC = Marking(tlp=Tlp.CLEAR, releasable_to=None)
"""Marking of what anyone may see."""


def strictest(markings: Iterable[Marking]) -> Marking:
    """Strictest of some markings: the highest label, and the parties that every source may go to.

    A source above TLP:CLEAR without a list names nobody, so another source's list cannot release it.
    """
    sources = list(markings)
    tlp = max((source.tlp for source in sources), default=Tlp.CLEAR)
    lists = [source.releasable_to for source in sources if source.releasable_to is not None]
    if not lists:
        return Marking(tlp=tlp, releasable_to=None)
    if any(source.tlp > Tlp.CLEAR and source.releasable_to is None for source in sources):
        lists.append(frozenset())
    return Marking(tlp=tlp, releasable_to=frozenset.intersection(*lists))
