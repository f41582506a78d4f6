"""What a screening of events found, before it is written down."""

from typing import Any, NamedTuple

from bongsu.analyze.event_index import EventIndex
from bongsu.analyze.network import Cluster, Graph, Vendor
from bongsu.analyze.referral import Referral
from bongsu.model.red_flag import FlagHit


class Screened(NamedTuple):
    """Hits, cases and networks, and the records that they are in."""

    records: EventIndex
    hits: list[FlagHit]
    referrals: list[Referral]
    clusters: list[Cluster]
    vendors: list[Vendor]

    def explain_path(self, one: str, other: str) -> list[dict[str, Any]]:
        """Steps between two people, each an id, or things, each a kind, a blank and a value."""
        steps = Graph(self.hits).explain_path(_node(one), _node(other))
        return [{"from": list(x.left), "to": list(x.right), "why": x.why, "flag": x.flag} for x in steps]


def _node(text: str) -> tuple[str, str]:
    kind, blank, value = text.partition(" ")
    return (kind, value) if blank else ("person", text)
