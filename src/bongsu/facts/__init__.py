"""What is known: curated, sourced facts that ship with Bongsu."""

from bongsu.facts.load import (
    asset_of,
    bridge_of,
    find_incident,
    is_genuine,
    load_assets,
    load_bridges,
    load_incidents,
    load_issuers,
    load_labels,
    load_movements,
    load_sanctions,
    load_services,
)

__all__ = [
    "asset_of",
    "bridge_of",
    "find_incident",
    "is_genuine",
    "load_assets",
    "load_bridges",
    "load_incidents",
    "load_issuers",
    "load_labels",
    "load_movements",
    "load_sanctions",
    "load_services",
]
