"""What a screening hands to others: wallets to follow, and indicators to look for in logs.

Neither file names a person, a subject's id or a source file: a row of evidence is the hash of a file and a
place. Only identifiers that a case of a referred subject lists leave; see
`bongsu.app.jobs.screen_identifier`.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bongsu.model.text import _
from bongsu.share.dossier import OWNER_ONLY, network_name
from bongsu.share.release import read_marking, require_release
from bongsu.share.table_csv import guarded

LEAD_SCHEMA = "bongsu.lead/1"
LEADS, INDICATORS = "wallets.json", "indicators.csv"
INDICATOR_COLUMNS = (
    "type",
    "value",
    "cluster",
    "context",
    "reference",
    "source",
    "first_seen",
    "last_seen",
    "confidence",
    "tlp",
    "note",
)
"""Columns that `bongsu hunt --indicators` reads."""
HUNTED = frozenset({"domain", "ipv4", "ipv6", "email", "handle"})
"""Types of indicators that are written; wallets go to the lead."""
MOST_ROWS = 5
Document = dict[str, Any]


def write_hand_over(document: Document, folder: Path, *, recipient: str | None) -> list[str]:
    """Names of the files written to the folder.

    Args:
        document: Schema bongsu.screen/1, or dossiers put together in its form.
        folder: Where they go; it is there.
        recipient: Id of the party that they are for; None keeps them on the owner's own disk.

    Raises:
        ReleaseError: When the marking does not let them go to the recipient.
    """
    require_release(read_marking(document), recipient)
    written = {
        LEADS: json.dumps(wallet_lead(document), indent=1, sort_keys=True, ensure_ascii=False) + "\n",
        INDICATORS: indicator_table(document),
    }
    write_owner_only(written, folder)
    return [*written]


def write_owner_only(texts: dict[str, str], folder: Path) -> None:
    """Write the named texts to the folder so that only their owner can read them, from the first byte on."""
    for name, text in texts.items():
        path = folder / name
        path.touch(mode=OWNER_ONLY)
        path.chmod(OWNER_ONLY)
        path.write_text(text, encoding="utf-8")


def wallet_lead(document: Document) -> Document:
    """Lead of the wallets, schema bongsu.lead/1, for `bongsu trace --lead`."""
    wallets = [
        {
            "chain": one["chain"],
            "address": one["value"],
            **{key: one[key] for key in ("cluster", "flags", "why", "confidence")},
            **{key: one[key] for key in ("first_seen", "last_seen", "evidence")},
        }
        for one in handed_over(document)
        if one["type"] == "wallet"
    ]
    return {
        "schema": LEAD_SCHEMA,
        "made": document["made"],
        "marking": document["marking"],
        "source": _source(document),
        "wallets": wallets,
    }


def indicator_table(document: Document) -> str:
    """Indicators as CSV with the columns INDICATOR_COLUMNS."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(INDICATOR_COLUMNS)
    for one in handed_over(document):
        if one["type"] in HUNTED:
            writer.writerow([guarded(cell) for cell in _cells(document, one)])
    return stream.getvalue()


def handed_over(document: Document) -> list[Document]:
    """Identifiers of all cases, each once, by type and value, with the network that it is of."""
    clusters = _clusters(document["networks"])
    found: dict[tuple[str, str], Document] = {}
    for case in document["referrals"]:
        for one in case.get("identifiers", []):
            cluster = clusters.get(case["subject"], "")
            key = one["type"], one["value"]
            found[key] = _joined(found[key], one) if key in found else one | {"cluster": cluster}
            found[key]["cluster"] = found[key]["cluster"] or cluster
    return [found[key] for key in sorted(found)]


def _clusters(networks: Iterable[Document]) -> dict[str, str]:
    """Referred subject to the name of the first network that it is in."""
    found: dict[str, str] = {}
    for one in networks:
        for subject in one["referred"]:
            found.setdefault(subject, network_name(one))
    return found


def _joined(one: Document, other: Document) -> Document:
    """One identifier as two cases tell it."""
    stated = {key: [day for day in (one[key], other[key]) if day] for key in ("first_seen", "last_seen")}
    rows = [*one["evidence"], *(row for row in other["evidence"] if row not in one["evidence"])]
    return one | {
        "flags": sorted({*one["flags"], *other["flags"]}),
        "why": list(dict.fromkeys([*one["why"], *other["why"]])),
        "confidence": max(one["confidence"], other["confidence"]),
        "first_seen": min(stated["first_seen"], default=None),
        "last_seen": max(stated["last_seen"], default=None),
        "evidence": rows[:MOST_ROWS],
    }


def _cells(document: Document, one: Document) -> Iterator[object]:
    yield from (one["type"], one["value"], one["cluster"])
    yield _("DPRK IT worker screening; red flags {flags}").format(flags=" ".join(one["flags"]) or "-")
    yield " ".join(f"sha256:{row['sha256'][:12]}:{row['locator']}" for row in one["evidence"])
    yield _source(document)
    yield from (one["first_seen"] or "", one["last_seen"] or "", one["confidence"])
    yield document["marking"]["tlp"]
    yield " ".join(one["why"])


def _source(document: Document) -> str:
    """Which screening it is of: its day, and a hash that changes with what is handed over."""
    values = [[one["type"], one["value"]] for one in handed_over(document)]
    mark = hashlib.sha256(json.dumps(values).encode()).hexdigest()[:8]
    return f"bongsu screen {document['made'][:10]} {mark}"
