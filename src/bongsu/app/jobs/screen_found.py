"""What a screening of events found, before it is written down."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from bongsu.analyze.egress import Egress
from bongsu.analyze.event_index import EventIndex
from bongsu.analyze.network import Cluster, Graph, Vendor
from bongsu.analyze.referral import Referral
from bongsu.analyze.same_person import Likeness
from bongsu.model.red_flag import FlagHit


class Screened(NamedTuple):
    """Hits, cases and networks, and the records that they are in."""

    records: EventIndex
    hits: list[FlagHit]
    referrals: list[Referral]
    clusters: list[Cluster]
    vendors: list[Vendor]
    likeness: Likeness = Likeness()
    """Pairs who may be one person; nothing above reads it."""
    egress: Egress | None = None
    """Networks of addresses, where the user gave a table."""

    def explain_path(self, one: str, other: str, guessed: Sequence[FlagHit] = ()) -> list[dict[str, Any]]:
        """Steps between two people, each an id, or things, each a kind, a blank and a value.

        Args:
            one: Where to begin.
            other: Where to end.
            guessed: Edges that hold only if a guess does; they are walked where there is no other path.
        """
        ends = _node(one), _node(other)
        steps = Graph(self.hits).explain_path(*ends)
        if not steps and guessed:
            steps = Graph([*self.hits, *guessed]).explain_path(*ends)
        return [{"from": list(x.left), "to": list(x.right), "why": x.why, "flag": x.flag} for x in steps]


def _node(text: str) -> tuple[str, str]:
    kind, blank, value = text.partition(" ")
    return (kind, value) if blank else ("person", text)
