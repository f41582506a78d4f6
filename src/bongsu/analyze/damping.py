"""What in the records explains that people share something: a household, a vendor, or a hub that many share.

Couples, flatmates, agencies and carriers share addresses, connections and accounts honestly. What explains a
sharing is said with it; the sharing then counts for nothing. Two or three people alone are told from a couple
or from flatmates by nothing in records, so that what they share of a home says little.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from bongsu.analyze.egress import Egress
from bongsu.analyze.event_index import Array, EventIndex
from bongsu.analyze.firm import Firms, plain_firm
from bongsu.model.label import NEGATIVE, Label
from bongsu.model.text import _

MOST_SHARING = 25
"""Subjects that a thing joins at most."""
HOUSEHOLD = 5
"""People of one documented address who are taken as a household at most."""
FEW = 3
"""So many people alone may be a couple or flatmates with other documents."""
SHARED_AT_HOME = frozenset({"ip", "postal_address", "iban", "bank_account", "emoney", "wallet", "phone"})
"""Things that people who live together share."""
SHARED_AT_VENDOR = frozenset(
    {
        "ip",
        "postal_address",
        "iban",
        "bank_account",
        "emoney",
        "phone",
        "email",
        "visitor",
        "passage",
        "asset",
    }
)
"""Things that a company gives its people, or takes for them."""
USED_AT_HOME = SHARED_AT_HOME | {"account", "visitor"}
"""Those, and what people of one household use together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenContext:
    """What a user knows beside the records."""

    labels: tuple[Label, ...] = ()
    """Labels of addresses on ledgers: listed wallets, and exchanges, payers and contracts."""
    listed: dict[tuple[str, str], str] = field(default_factory=dict)
    """Thing and canonical value to the source that lists it."""
    approved: frozenset[str] = frozenset()
    """Software that IT installs itself, in lower case."""
    own_places: frozenset[str] = frozenset()
    """Canonical postal addresses and network addresses of the company itself."""
    networks: pa.Table | None = None
    """Prefixes of a user's own table, schema `bongsu.model.asn.ASN_PREFIX`."""
    as_of: int | None = None
    """Time of the screening in microseconds since 1970; a later time in a record makes no other old."""


class Damping:
    """Explanations of what subjects share, from the same records."""

    def __init__(self, index: EventIndex, context: ScreenContext) -> None:
        self._index = index
        self._homes = index.values_of(index.rows("home", "postal_address"))
        self._vendors = _honest_vendors(index, context)
        self._own = context.own_places
        self._egress = None if context.networks is None else Egress(index, context.networks)
        self._negative = {x.address: x.category for x in context.labels if x.category in NEGATIVE}

    def explain(self, thing: str, value: str, subjects: Array) -> str:
        """Why sharing this says nothing; empty where the records do not explain it."""
        people: list[int] = subjects.tolist()
        if value in self._own:
            return _("It is the company's own.")
        if thing == "wallet" and self.is_negative(value):
            return _("A label says: {category}; many people deal with it.").format(
                category=self._negative[value]
            )
        if thing == "ip" and self._egress is not None and (why := self._egress.explain(value)):
            return why
        if len(people) > MOST_SHARING:
            return _("More than {most} people have it.").format(most=MOST_SHARING)
        if thing in SHARED_AT_VENDOR and _all_share(people, self._vendors):
            return _("All of them were placed by one vendor, which the records name.")
        if thing in USED_AT_HOME and len(people) <= HOUSEHOLD:
            return _("All have one address on their documents.") if _all_share(people, self._homes) else ""
        return ""

    def is_negative(self, wallet: str) -> bool:
        """Whether a label calls a wallet a payer, an exchange, a contract or the like: it says nothing."""
        return wallet in self._negative

    def strength(self, thing: str, subjects: Array, most: str) -> str:
        """What sharing this is worth: low for what two or three people share of a home."""
        return "low" if thing in SHARED_AT_HOME and len(subjects) <= FEW else most


def _honest_vendors(index: EventIndex, context: ScreenContext) -> dict[int, set[int]]:
    """Subject to vendors that placed it, but for those with signs of a front: these explain nothing."""
    firms = Firms(index, index.rows, context.listed)
    kept: list[int] = []
    for row in index.rows("work", "vendor").tolist():
        name = plain_firm(index.value.texts[index.value.codes[row]])
        if not firms.signs(name, int(index.time[row])).front:
            kept.append(row)
    return index.values_of(np.array(kept, np.int64))


def _all_share(people: Iterable[int], stated: dict[int, set[int]]) -> bool:
    """Whether one value is stated for all of them."""
    return bool(set.intersection(*(stated.get(one, set()) for one in people)))
