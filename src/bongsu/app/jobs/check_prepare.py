"""What a check looks up, made once for a ledger: every incident traced alone, and facts by address."""

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import bongsu
from bongsu.errors import LeadError, LedgerError
from bongsu.model.exposure import EXPOSURE, PASSAGE
from bongsu.model.text import _
from bongsu.store.exposure import FACT, DerivedTables, StoredExposures, open_exposures, write_exposures
from bongsu.store.manifest import load_manifest

if TYPE_CHECKING:
    from bongsu.analyze.exposure import IncidentExposure
    from bongsu.analyze.lead import Limits
    from bongsu.analyze.trace import Known
    from bongsu.app.jobs.ledger_open import OpenLedger
    from bongsu.model.incident import Incident

METHOD_VERSION = "2"
"""Changes with anything that makes the same ledger and facts give other exposures."""
FACT_FILES = Path(bongsu.__file__).parent / "facts" / "data"
Document = dict[str, Any]
Progress = Callable[[str], None]


def exposure_key(ledger: Path, heuristics: str = "on") -> str:
    """SHA-256 over all that exposures depend on: sources, shipped facts, own labels, method, guesses.

    Raises:
        LedgerError: When the folder holds no ledger or a damaged one.
    """
    fingerprint = load_manifest(ledger).fingerprint()
    digest = hashlib.sha256(f"{METHOD_VERSION} {bongsu.__version__} {fingerprint} {heuristics}\n".encode())
    for path in [*sorted(FACT_FILES.rglob("*.yaml")), *sorted((ledger / "labels").glob("*.parquet"))]:
        digest.update(f"{path.parent.name}/{path.name}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def prepare_exposures(
    ledger: Path, *, heuristics: str = "on", progress: Progress = lambda stage: None
) -> StoredExposures:
    """What checks of this ledger look up; made now where it is not there yet, sealing first if need be.

    Args:
        ledger: Folder of the ledger.
        heuristics: Guesses that may be made: `on`, `off` or names.
        progress: Told each stage as it begins.

    Raises:
        LedgerError: When the folder holds no ledger, the disk is full, or another process writes to it.
        ConservationError: When a trace does not add up.
    """
    from bongsu.app.jobs.ledger_open import open_for_trace

    opened = open_for_trace(ledger)
    key = exposure_key(ledger, heuristics)
    found = open_exposures(ledger, key)
    if found is not None:
        return found
    progress(_("tracing every known incident once; later checks only look up"))
    write_exposures(ledger, key, _derived(opened, heuristics, progress))
    found = open_exposures(ledger, key)
    if found is None:
        raise LedgerError(
            _("Cannot check in {path}: the ledger changed meanwhile.").format(path=ledger),
            hint=_("Run it again when the import has ended."),
        )
    return found


def _derived(opened: "OpenLedger", heuristics: str, progress: Progress) -> DerivedTables:
    """Exposures to every incident, each traced alone with the usual limits."""
    from bongsu.analyze.end import Labels
    from bongsu.analyze.follow import CONTINUING
    from bongsu.analyze.lead import Limits
    from bongsu.analyze.policy import NOT_CONSERVING, policies_for
    from bongsu.analyze.trace import Known
    from bongsu.app.jobs.heuristic_choice import chosen_heuristics
    from bongsu.facts.load import load_assets, load_incidents, load_labels

    limits, incidents = Limits(heuristics=chosen_heuristics(heuristics)), load_incidents()
    known = Known(
        assets=load_assets() | opened.assets,
        labels=Labels([*load_labels(), *opened.labels]),
        services={},
        issuers={},
    )
    made: dict[str, IncidentExposure] = {}
    states = {}
    for number, incident in enumerate(incidents.values(), start=1):
        progress(_("{title} ({n} of {all})").format(title=incident.title, n=number, all=len(incidents)))
        states[incident.id] = _trace(opened, incident, (limits, known), made=made)
    progress(_("sorting what was found"))
    policies = list(policies_for(1))
    return DerivedTables(
        exposures=pa.concat_tables([EXPOSURE.empty_table(), *(one.exposures for one in made.values())]),
        passages=pa.concat_tables([PASSAGE.empty_table(), *(one.passages for one in made.values())]),
        facts=pa.Table.from_pylist(list(_facts(opened)), schema=FACT),
        note={
            "policies": policies,
            "conserving": [name for name in policies if name not in NOT_CONSERVING],
            "params": {
                "likely_service_counterparties": limits.counterparties,
                "heuristics": sorted(limits.heuristics & CONTINUING),
            },
            "ledger": opened.statement | {"fingerprint": opened.ledger.fingerprint},
            "as_of": {chain: plain(list(seen)) for chain, seen in sorted(opened.ledger.last_seen().items())},
            "gaps": dict(sorted(Counter(opened.ledger.gaps()["reason"].to_pylist()).items())),
            "assets": _assets(opened),
            "incidents": [
                {
                    **{"id": one.id, "title": one.title, "date": one.date.isoformat(), "dprk": one.dprk},
                    "state": states[one.id],
                    "unordered_groups": made[one.id].unordered if one.id in made else 0,
                    "assumed": one.id in made and made[one.id].assumed,
                }
                for one in incidents.values()
            ],
        },
    )


def _trace(
    opened: "OpenLedger",
    incident: "Incident",
    how: "tuple[Limits, Known]",
    *,
    made: "dict[str, IncidentExposure]",
) -> str:
    """`traced`; `absent` where the ledger has nothing of it; `no_addresses` where no source names any."""
    from bongsu.analyze.exposure import incident_exposure
    from bongsu.app.jobs.lead import incident_lead

    if not incident.addresses_established:
        return "no_addresses"
    try:
        made[incident.id] = incident_exposure(opened.ledger, incident_lead([incident]), *how)
    except LeadError:
        return "absent"
    return "traced"


def _assets(opened: "OpenLedger") -> dict[str, Document]:
    """Assets of the ledger that are known, by id; any other may be a fake token."""
    from bongsu.facts.load import load_assets

    known = load_assets() | opened.assets
    present = sorted({span.asset for span in opened.ledger.assets()} & set(known))
    return {asset: plain(dataclasses.asdict(known[asset])) for asset in present}


def _facts(opened: "OpenLedger") -> Iterator[Document]:
    """Rows of FACT: labels, listings, roles in incidents, theft transactions.

    A label that says `sanctioned` becomes a listing; those of the shipped facts have theirs already.
    """
    from bongsu.facts.load import load_incidents, load_labels, load_sanctions

    for one in load_sanctions():
        yield _fact(one.address, "sanction", dataclasses.asdict(one))
    for label in opened.labels:
        if label.category == "sanctioned":
            told = {"authority": "", "program": "", "subject": label.name, "chain": label.chain}
            dates = {"listed": label.valid_from, "delisted": label.valid_to}
            listing = told | dates | {"source": label.source}
            yield _fact(label.address, "sanction", listing)
    for label in sorted([*load_labels(), *opened.labels], key=lambda one: (-one.confidence, one.source)):
        if label.category != "sanctioned":
            yield _fact(label.address, "label", dataclasses.asdict(label))
    for incident in load_incidents().values():
        told = {"incident": incident.id, "title": incident.title}
        for address in (*incident.sources, *incident.related):
            yield _fact(address.address, "role", told | dataclasses.asdict(address))
        for tx in incident.transactions:
            role = {"role": "theft transaction"}
            yield _fact(tx.tx_hash, "role", told | role | dataclasses.asdict(tx))


def _fact(name: str, kind: str, row: Document) -> Document:
    told = {key: plain(value) for key, value in row.items() if key not in {"address", "tx_hash"}}
    return {"name": name, "kind": kind, "document": json.dumps(told, sort_keys=True, ensure_ascii=False)}


def plain(value: Any) -> Any:  # noqa: ANN401
    """The value as JSON has it: times in UTC with Z."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value
