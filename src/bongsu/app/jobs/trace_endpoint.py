"""The part `endpoints` of a trace document."""

from datetime import datetime
from typing import Any

from bongsu.analyze.action import Action
from bongsu.analyze.endpoint import Endpoint
from bongsu.analyze.policy import NOT_CONSERVING
from bongsu.analyze.trace import Trace
from bongsu.analyze.way import SAFE, Hop, product_of
from bongsu.app.jobs.trace_step import Names, Walked, crossing_document, steps_of
from bongsu.model.address import shown_address
from bongsu.model.label import Label
from bongsu.model.ports import Ledger
from bongsu.model.text import _

Document = dict[str, Any]


def _by_policy(amount: dict[str, int]) -> dict[str, str]:
    """Amounts as texts; where all policies agree, and at most ends they do, one text serves all."""
    values = list(amount.values())
    if values.count(values[0]) == len(values):
        return dict.fromkeys(amount, str(values[0]))
    return {name: str(value) for name, value in amount.items()}


def _indirect(end: Endpoint, amount: dict[str, str]) -> dict[str, str]:
    """What did not come straight from a source; mostly that is all, or nothing."""
    if end.direct is end.amount:
        return dict.fromkeys(amount, "0")
    if not any(end.direct.values()):
        return amount
    return _by_policy({name: value - end.direct[name] for name, value in end.amount.items()})


def _bounds(end: Endpoint, amount: dict[str, str]) -> dict[str, Document]:
    """Smallest and largest amount per policy; an amount that is exact is both."""
    if end.bounds_kind == "exact":
        distinct = set(amount.values())
        both = {value: {"min": value, "max": value} for value in distinct}
        if len(distinct) == 1:
            return dict.fromkeys(amount, both.popitem()[1])
        return {name: both[value] for name, value in amount.items()}
    return {name: {"min": str(low), "max": str(high)} for name, (low, high) in end.bounds.items()}


def _why(code: str) -> str:
    return {
        "assumed": _("the payer had less in the ledger than it paid; the rest is an assumption"),
        "order": _("its place among other movements of the same block is not known"),
        "decoded": _("the transaction's events say what became what, and its transfers agree"),
        "plain": _(
            "one asset was exchanged for another: what came back in its transaction is taken to be for it"
        ),
        "inferred": _("no event says so: the sender gave one asset and got one other in the transaction"),
        "id": _("the events of both sides of the bridge carry one id and agree"),
        "score": _("amount, time and accounts of both sides of the bridge fit; neither carries an id"),
        "stated": _("a source lists both sides of the bridge as one transfer"),
        "mixed": _("less than half of it is stolen: it was mixed with other funds"),
    }[code]


def _sanctions(labels: tuple[Label, ...]) -> list[Document]:
    """What sanctions lists say of an address, those in force first; a lifted one is no hit and says so."""
    listings = [
        {
            "name": label.name,
            "source": label.source,
            "listed": label.valid_from.isoformat() if label.valid_from else None,
            "delisted": label.valid_to.isoformat() if label.valid_to else None,
            "status": "delisted" if label.valid_to else "listed",
        }
        for label in labels
        if label.category == "sanctioned"
    ]
    return sorted(listings, key=lambda one: one["status"] != "listed")


class EndpointWriter:
    """Writes ends of one trace; steps of their paths are made once and shared."""

    def __init__(self, made: Trace, ledger: Ledger, names: Names, walked: Walked) -> None:
        self.made, self.names = made, names
        self.steps = steps_of(made, ledger, names, walked)
        self.shared: dict[tuple[int, Hop], Document] = {}
        self.products: dict[tuple[Hop, ...], Document] = {}
        self.conserving = [name for name in made.policies if name not in NOT_CONSERVING]

    def endpoint(self, rank: int, end: Endpoint) -> Document:
        """One end."""
        amount = _by_policy(end.amount)
        least, most, first = str(end.least), str(end.most), _moment(end.first_arrival)

        def told(other: dict[str, int]) -> dict[str, str]:
            return amount if other is end.amount else _by_policy(other)

        return {
            "rank": rank,
            "id": f"{end.asset}|{self.names.holder[end.pool]}"
            + ("|below_threshold" if end.stop == "below_threshold" else ""),
            "chain": end.chain,
            "address": end.address,
            "shown": shown_address(end.chain, end.address),
            "asset": end.asset,
            "stop": end.stop,
            "label": self._label(end.labels),
            "amount": amount,
            "min": least,
            "max": most,
            "bounds": {"kind": end.bounds_kind, "per_policy": _bounds(end, amount)},
            "direct": told(end.direct),
            "indirect": _indirect(end, amount),
            "arrivals": [{"date": day or None, "amount": told(one)} for day, one in end.arrivals.items()],
            "first_arrival": first,
            "last_arrival": first if end.last_arrival == end.first_arrival else _moment(end.last_arrival),
            "age_days": self._age(end),
            "hops": end.hops,
            "actions": [self._action(end, action, (least, most)) for action in end.actions],
            "path": [
                self.steps[m] if hop is SAFE else self._doubted(m, hop)
                for m, hop in zip(end.way, end.sure, strict=True)
            ],
            "weakest_link": self._weakest(end),
            "product": self._product(end),
            "bridge": crossing_document(self.made.found.flights.get(end.pool)),
        }

    def _doubted(self, m: int, hop: Hop) -> Document:
        """A movement as a step of a way where something speaks against it; ways that agree share it."""
        if (m, hop) not in self.shared:
            confidence, why = hop
            said = {"confidence": confidence, "why": [_why(why)] if why else []}
            turn = self.made.found.turns.get(m)
            if turn is not None and why == turn.how.method:
                said["why"] = [_why(why), *turn.how.why]
            self.shared[m, hop] = self.steps[m] | said
        return self.shared[m, hop]

    def _product(self, end: Endpoint) -> Document | None:
        """Confidence of the whole way, two decimals of a percent rounded down; null where no way is shown."""
        if not end.sure:
            return None
        doubted = tuple(hop for hop in end.sure if hop is not SAFE)
        if doubted not in self.products:
            confidence = int(100 * product_of(doubted)) / 100
            self.products[doubted] = {"confidence": confidence, "statement": _("assumes independence")}
        return self.products[doubted]

    def _label(self, labels: tuple[Label, ...]) -> Document | None:
        if not labels:
            return None
        best = labels[0]
        service = self.made.services.get(best.entity)
        others = [label for label in labels[1:] if label.category not in {best.category, "sanctioned"}]
        return {
            "name": best.name,
            "category": best.category,
            "entity": best.entity,
            "entity_name": service.name if service else None,
            "legal_entity": service.legal_entity if service else None,
            "country": service.country if service else None,
            "source": best.source,
            "confidence": best.confidence,
            "sanctions": _sanctions(labels),
            "contradictions": sorted({f"{label.name} ({label.source})" for label in others}),
        }

    def _age(self, end: Endpoint) -> int | None:
        last = self.made.as_of.get(end.chain, (None, None))[1]
        if last is None or end.last_arrival is None:
            return None
        return (last - end.last_arrival).days

    def _holds(self, end: Endpoint) -> bool:
        """Whether something is there under every conserving policy, in every order that may be true."""
        if end.bounds_kind == "exact":
            return end.least > 0
        return end.least > 0 and all(end.bounds[name][0] > 0 for name in self.conserving)

    def _action(self, end: Endpoint, action: Action, amounts: tuple[str, str]) -> Document:
        holds = (
            [name for name in self.conserving if end.amount[name] > 0] if end.least <= 0 else self.conserving
        )
        return {
            "kind": action.kind,
            "by": action.by,
            "entity": action.entity,
            "country": action.country,
            "can": action.can,
            "authority": action.authority,
            "route": action.route,
            "voluntary": action.voluntary,
            "holds_under_all": self._holds(end),
            "policies": holds,
            "min": amounts[0],
            "max": amounts[1],
        }

    def _weakest(self, end: Endpoint) -> Document | None:
        if end.weakest is None:
            return None
        step, why, confidence = end.weakest
        return {"step": step, "why": _why(why), "confidence": confidence}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.isoformat()[:19]}Z"
