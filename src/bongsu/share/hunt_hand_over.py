"""What a hunt hands to others: wallets to follow, and identifiers to hold records of people against.

Only the indicators of alerts leave, with the place that met them as the hash of a file and a row; no host, no
account and no file name of the firm.
"""

import csv
import io
import json
from pathlib import Path
from typing import Any

from bongsu.share.hand_over import LEAD_SCHEMA, LEADS, write_owner_only
from bongsu.share.release import read_marking, require_release
from bongsu.share.table_csv import guarded

LISTED = "listed.csv"
LISTED_COLUMNS = ("thing", "value", "source", "namespace")
"""Columns that `bongsu screen --listed` reads."""
THINGS = {"email": "email", "domain": "domain", "ipv4": "ip", "ipv6": "ip", "handle": "handle"}
"""Kind of indicator to what records of people call it."""
Document = dict[str, Any]


def write_hunt_hand_over(document: Document, folder: Path, *, recipient: str | None) -> list[str]:
    """Names of the files written to the folder.

    Args:
        document: Schema bongsu.hunt/1.
        folder: Where they go; it is there.
        recipient: Id of the party that they are for; None keeps them on the owner's own disk.

    Raises:
        ReleaseError: When the marking does not let them go to the recipient.
    """
    require_release(read_marking(document), recipient)
    written = {
        LEADS: json.dumps(wallet_lead(document), indent=1, sort_keys=True, ensure_ascii=False) + "\n",
        LISTED: listed_table(document),
    }
    write_owner_only(written, folder)
    return [*written]


def wallet_lead(document: Document) -> Document:
    """Lead of the wallets whose chain is stated, schema bongsu.lead/1, for `bongsu trace --lead`."""
    wallets = [_wallet(one) for one in _alerts(document) if _named(one)[0] == "wallet" and _named(one)[1]]
    return {
        "schema": LEAD_SCHEMA,
        "made": document["made"],
        "marking": document["marking"],
        "source": f"bongsu.hunt {document['made'][:10]}",
        "wallets": wallets,
    }


def listed_table(document: Document) -> str:
    """Identifiers as CSV with the columns LISTED_COLUMNS, each once."""
    rows: dict[tuple[str, str, str], str] = {}
    for one in _alerts(document):
        kind, namespace, value = _named(one)
        if kind in THINGS:
            rows.setdefault((THINGS[kind], value, namespace), one["source"])
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(LISTED_COLUMNS)
    for (thing, value, namespace), source in sorted(rows.items()):
        writer.writerow([guarded(cell) for cell in (thing, value, source, namespace)])
    return stream.getvalue()


def _alerts(document: Document) -> list[Document]:
    return [one for one in document["sightings"] if one["alert"] and one["kind"] == "indicator"]


def _named(sighting: Document) -> tuple[str, str, str]:
    """Kind, namespace and value of the indicator that was met."""
    kind, _space, named = sighting["rule"].partition(" ")
    namespace, slash, value = named.rpartition("/")
    if kind in {"wallet", "handle"} and slash:
        return kind, namespace, value
    return kind, "", named


def _wallet(sighting: Document) -> Document:
    _kind, chain, address = _named(sighting)
    return {
        "chain": chain,
        "address": address,
        "cluster": "; ".join(sighting["clusters"]),
        "flags": [],
        "why": sighting["why"],
        "confidence": sighting["confidence"],
        "first_seen": sighting["first"],
        "last_seen": sighting["last"],
        "evidence": [{"sha256": one["sha256"], "locator": one["locator"]} for one in sighting["evidence"]],
    }
