"""Facts that decide what logs say: when they change, a file of logs is read again."""

from dataclasses import asdict
from functools import cache
from typing import Any

from bongsu.facts.converter import load_converters
from bongsu.facts.load import load_assets, load_bridges
from bongsu.store.manifest import fingerprint_of

DECODED = frozenset({"ethereum-etl/logs", "bigquery/logs", "graphsense/logs", "bridge-events"})
"""Formats whose events are read by facts."""


@cache
def event_facts() -> str:
    """Digest of the converters, bridges and assets that ship: the record of a file of logs notes it."""
    kinds: dict[str, dict[str, Any]] = {
        "converters": {" ".join(key): asdict(one) for key, one in load_converters().items()},
        "bridges": {slug: asdict(one) for slug, one in load_bridges().items()},
        "decimals": {name: asset.decimals for name, asset in load_assets().items()},
    }
    return fingerprint_of((kind, told) for kind, told in kinds.items())
