"""What is known, by kind; each kind is read once, when it is first asked for.

Cost: all kinds together parse in less than a tenth of a second; big tables are blocks of text, one
fact a line, which YAML reads as one scalar.
"""

import dataclasses
import difflib
from collections.abc import Iterable
from functools import cache

import pyarrow as pa

from bongsu.errors import FactsError
from bongsu.facts.asset import assets_of, issued_assets, issuers_of
from bongsu.facts.bridge import bridge_labels, read_bridge
from bongsu.facts.document import read_documents
from bongsu.facts.incident import incident_labels, incident_of
from bongsu.facts.movement import movement_path, transfers_of
from bongsu.facts.sanction import sanction_label, sanctions_of
from bongsu.facts.service import service_labels, service_of
from bongsu.model.asset import Asset
from bongsu.model.bridge import Bridge, BridgeContract
from bongsu.model.incident import Incident
from bongsu.model.issuer import Issuer
from bongsu.model.label import Label
from bongsu.model.sanction import Sanction
from bongsu.model.service import Service
from bongsu.model.text import _


def load_incidents() -> dict[str, Incident]:
    """Incidents by slug."""
    return dict(_incidents())


def load_services() -> dict[str, Service]:
    """Services by slug; labels name them as their entity."""
    return dict(_services())


def load_issuers() -> list[Issuer]:
    """Issuers, one per token."""
    return list(_issuers())


def load_sanctions() -> list[Sanction]:
    """Sanctions listings; a lifted one has a day of removal."""
    return list(_sanctions())


def load_assets() -> dict[str, Asset]:
    """Genuine assets by CAIP-19 id: native coins, listed tokens, and the tokens of known issuers."""
    return dict(_assets())


def load_bridges() -> dict[str, Bridge]:
    """Bridges by slug; the contracts are those of their own file and of the service that each names."""
    return dict(_bridges())


def bridge_of(chain: str, address: str) -> Bridge | None:
    """Bridge that a source names the address as a contract of; None where none is known.

    Args:
        chain: CAIP-2 chain id.
        address: Address in canonical form.
    """
    return _bridge_contracts().get((chain, address))


def load_labels() -> list[Label]:
    """Labels of services, bridges, sanctioned addresses and the addresses that incidents name."""
    return list(_labels())


def load_movements(slug: str) -> pa.Table:
    """Transfers of the shipped movements of this incident: schema `bongsu.model.transfer.TRANSFER`.

    Raises:
        FactsError: When the incident is unknown or no movements of it ship.
    """
    if find_incident(slug).sample is None:
        raise FactsError(
            _("Cannot load movements of {slug}: none ship with Bongsu.").format(slug=slug),
            hint=_("Import your own with `bongsu ledger import`."),
        )
    return transfers_of(movement_path(slug))


def is_genuine(asset_id: str) -> bool:
    """Whether the asset is known to be genuine; false also for a token that is merely not listed."""
    return asset_id in _assets()


def asset_of(asset_id: str) -> Asset | None:
    """Asset of the id; None where it is not known, whatever its symbol says."""
    return _assets().get(asset_id)


def find_incident(slug: str) -> Incident:
    """Incident with this slug.

    Raises:
        FactsError: When there is none; the hint names the nearest.
    """
    incidents = _incidents()
    if slug not in incidents:
        raise FactsError(
            _("Cannot find incident {slug}: no fact file has this name.").format(slug=slug),
            hint=nearest_hint(slug, incidents),
        )
    return incidents[slug]


def nearest_hint(slug: str, known: Iterable[str]) -> str:
    """Hint that names the slugs nearest to a wrong one, or all where none is near."""
    names = sorted(known)
    near = difflib.get_close_matches(slug, names, n=3, cutoff=0.5)
    near = near or [name for name in names if slug and slug in name]
    if near:
        return _("Did you mean {names}?").format(names=", ".join(near))
    return _("Known: {names}.").format(names=", ".join(names))


@cache
def _incidents() -> dict[str, Incident]:
    return {document.slug: incident_of(document) for document in read_documents("incidents")}


@cache
def _services() -> dict[str, Service]:
    return {document.slug: service_of(document) for document in read_documents("services")}


@cache
def _issuers() -> tuple[Issuer, ...]:
    return tuple(issuer for document in read_documents("issuers") for issuer in issuers_of(document))


@cache
def _sanctions() -> tuple[Sanction, ...]:
    return tuple(found for document in read_documents("sanctions") for found in sanctions_of(document))


@cache
def _assets() -> dict[str, Asset]:
    found = [asset for document in read_documents("assets") for asset in assets_of(document)]
    found += [asset for issuer in _issuers() for asset in issued_assets(issuer)]
    return {asset.id: asset for asset in found}


@cache
def _bridges() -> dict[str, Bridge]:
    bridges = {document.slug: read_bridge(document) for document in read_documents("bridges")}
    services = {document.slug: document for document in read_documents("services")}
    for slug, bridge in bridges.items():
        if bridge.service:
            labels = service_labels(services[bridge.service], _services()[bridge.service])
            own = {(found.chain, found.address) for found in bridge.contracts}
            more = [_contract(x) for x in labels if (x.chain, x.address) not in own]
            bridges[slug] = dataclasses.replace(bridge, contracts=(*bridge.contracts, *more))
    return bridges


def _contract(label: Label) -> BridgeContract:
    return BridgeContract(
        chain=label.chain,
        address=label.address,
        name=label.name,
        asset="",
        account=False,
        confidence=label.confidence,
        source=label.source,
    )


@cache
def _bridge_contracts() -> dict[tuple[str, str], Bridge]:
    return {(c.chain, c.address): bridge for bridge in _bridges().values() for c in bridge.contracts}


@cache
def _labels() -> tuple[Label, ...]:
    labels: list[Label] = []
    for document in read_documents("services"):
        labels += service_labels(document, _services()[document.slug])
    named = {(label.chain, label.address) for label in labels}
    for document in read_documents("bridges"):
        more = bridge_labels(document, read_bridge(document))
        labels += [label for label in more if (label.chain, label.address) not in named]
    for document in read_documents("sanctions"):
        labels += [sanction_label(document, sanction) for sanction in sanctions_of(document)]
    for document in read_documents("incidents"):
        labels += incident_labels(document, _incidents()[document.slug])
    return tuple(labels)
