"""Who can do what at an end: from facts about services and issuers; never a party without a source."""

from collections.abc import Mapping
from dataclasses import dataclass

from bongsu.model.asset import Asset
from bongsu.model.issuer import Issuer
from bongsu.model.label import Label
from bongsu.model.service import Service
from bongsu.model.text import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something a party can do at an end. A request is voluntary; only an order compels."""

    kind: str
    """`account_hold`, `issuer_freeze`, `delist`, `reversal` or `monitor`."""
    by: str
    entity: str
    country: str | None
    can: str
    authority: str
    route: str
    voluntary: bool = True


def _can() -> dict[str, str]:
    return {
        "account_hold": _("hold the balance of the customer's account; a swept deposit is still the claim"),
        "issuer_freeze": _("make the tokens at this address immovable"),
        "delist": _("refuse this address or route in its interface or protocol"),
        "reversal": _("take the transfer back before it is final"),
        "monitor": _("watch the address: no one can hold a coin there, act when it moves"),
    }


def service_actions(label: Label, service: Service | None) -> list[Action]:
    """What the service behind an end can do; without facts on it, a hold by whom the label names."""
    if service is None:
        kinds: tuple[str, ...] = ("account_hold",)
        return [_action(kind, by=label.name, entity=label.entity) for kind in kinds]
    return [
        Action(
            kind=kind,
            by=service.legal_entity or service.name,
            entity=service.id,
            country=service.country,
            can=_can()[kind],
            authority=service.authority or _not_stated(),
            route=service.route,
        )
        for kind in service.actions
        if kind in _can()
    ]


def issuer_actions(asset: str, issuers: Mapping[str, Issuer]) -> list[Action]:
    """What the issuer of a token can do wherever the token lies."""
    issuer = issuers.get(asset)
    if issuer is None or not issuer.can_freeze:
        return []
    return [
        Action(
            kind="issuer_freeze",
            by=issuer.legal_entity or issuer.id,
            entity=issuer.id,
            country=issuer.country,
            can=_can()["issuer_freeze"],
            authority=issuer.authority or _not_stated(),
            route=issuer.route,
        )
    ]


def actions_at(
    stop: str,
    asset: Asset,
    label: Label | None,
    *,
    services: Mapping[str, Service],
    issuers: Mapping[str, Issuer],
) -> list[Action]:
    """Actions at an end by why value stopped there.

    Args:
        stop: Why value is not followed further.
        asset: What lies there; a valuation has no issuer.
        label: Best label of the address, or null.
        services: Services by id.
        issuers: Issuers by asset id.
    """
    if stop in {"burn", "fee"}:
        return []
    found = []
    if label is not None and stop in {"service", "bridge", "in_flight", "conversion"}:
        service = services.get(label.entity)
        if service is not None or stop == "service":
            found = service_actions(label, service)
    if not asset.valuation:
        found += issuer_actions(asset.id, issuers)
    if stop in {"unspent", "ledger_end"} and not found:
        found = [_action("monitor", by=_("the investigator"), entity="")]
    return found


def _action(kind: str, *, by: str, entity: str) -> Action:
    return Action(
        kind=kind, by=by, entity=entity, country=None, can=_can()[kind], authority=_not_stated(), route=""
    )


def _not_stated() -> str:
    return _("not stated: ask first; a private party has no duty of its own, an order of a court compels")
