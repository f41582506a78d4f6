"""The trace job: facts, ledger, labels and prices in; the trace document out."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bongsu.analyze.end import Labels
from bongsu.analyze.lead import Lead, Limits
from bongsu.analyze.policy import FOR_SEVERAL, policies_for
from bongsu.analyze.price import Prices
from bongsu.analyze.trace import Known, trace
from bongsu.app.jobs.collection import without_collection
from bongsu.app.jobs.ledger_open import OpenLedger, open_for_trace, sample_ledger
from bongsu.app.jobs.price_file import load_prices
from bongsu.app.jobs.trace_document import Missing, trace_document
from bongsu.app.jobs.trace_finding import findings_of
from bongsu.errors import InputError, LeadError
from bongsu.facts.load import find_incident, load_assets, load_issuers, load_labels, load_services
from bongsu.model.asset import Asset
from bongsu.model.issuer import Issuer
from bongsu.model.marking import PUBLIC, Marking, Tlp
from bongsu.model.ports import Ledger
from bongsu.model.text import _
from bongsu.normalize.amount import parse_units
from bongsu.normalize.fault import Fault

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceOptions:
    """What a person may ask of a trace."""

    ledger: Path | None = None
    policies: list[str] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    minimum: str = ""
    """Smallest movement that is followed, in units of its asset."""
    prices: Path | None = None
    marking: Marking | None = None
    """Null: TLP:CLEAR for the shipped sample, else TLP:AMBER without a list."""


@without_collection()
def run_trace(
    lead: Lead, options: TraceOptions, *, progress: Callable[[str], None] = lambda stage: None
) -> Document:
    """Trace document of a lead, in the ledger named or in the sample that ships for the incident.

    Raises:
        LeadError: When no ledger is named and none ships, or the ledger has nothing of the lead.
        InputError: When an option cannot be used.
        LedgerError: When the ledger cannot be opened.
        ConservationError: When the trace does not add up.
    """
    _check_policies(options.policies, len(lead.thefts))
    opened = _open(lead, options)
    if opened.sample:
        lead = replace(lead, exercise=True)
    assets = load_assets() | opened.assets
    limits = replace(options.limits, minimum=_minimum(options.minimum, opened, assets))
    prices = load_prices(options.prices, assets) if options.prices else None
    known = Known(
        assets=assets,
        labels=Labels([*load_labels(), *opened.labels]),
        services=load_services(),
        issuers=_issuers_by_asset(),
        worth=prices.worth if prices else None,
    )
    made = trace(opened.ledger, lead, limits, known, policies=options.policies or None, progress=progress)
    document = trace_document(
        made,
        ledger=opened.statement,
        book=opened.ledger,
        missing=Missing(gap_counts(opened.ledger), opened.rejects),
        marking=options.marking or (PUBLIC if opened.sample else Marking(tlp=Tlp.AMBER, releasable_to=None)),
        findings=findings_of(opened.ledger, made, assets),
    )
    document["method"]["params"]["prices"] = _price_statement(options.prices, prices)
    return document


def gap_counts(ledger: Ledger) -> dict[str, int]:
    """Reason to the number of known holes."""
    counted = ledger.gaps()["reason"].value_counts().to_pylist()
    return {one["values"]: one["counts"] for one in counted}


def _price_statement(path: Path | None, prices: Prices | None) -> Document | None:
    """Which prices ranked the ends; null where none did."""
    if path is None or prices is None:
        return None
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {"name": path.name, "sha256": digest, "currency": prices.currency}


def _open(lead: Lead, options: TraceOptions) -> OpenLedger:
    if options.ledger is not None:
        return open_for_trace(options.ledger)
    samples = [find_incident(theft.name).sample for theft in lead.thefts if lead.kind == "incident"]
    if len(samples) != 1 or samples[0] is None:
        raise LeadError(
            _("Cannot trace {title}: no ledger is given and no sample ships for it.").format(
                title=lead.title
            ),
            hint=_(
                "Import transfers with bongsu ledger import FILE... --into LEDGER, then add --ledger LEDGER."
            ),
        )
    return sample_ledger(samples[0])


def _check_policies(named: list[str], victims: int) -> None:
    known = [*policies_for(victims)]
    for name in named:
        if name in FOR_SEVERAL and name not in known:
            raise InputError(
                _("Cannot use policy {name}: it divides between victims, and there is one.").format(
                    name=name
                ),
                hint=_("Name several incidents, or one of: {names}.").format(names=", ".join(known)),
            )
        if name not in known:
            raise InputError(
                _("Cannot use policy {name}: it is not known.").format(name=name),
                hint=_("Known: {names}.").format(names=", ".join(known)),
            )


def _minimum(text: str, opened: OpenLedger, assets: dict[str, Asset]) -> dict[str, int]:
    """Smallest movement by asset, from units that a person typed."""
    if not text:
        return {}
    found = {}
    for asset in sorted({span.asset for span in opened.ledger.assets()} & set(assets)):
        units = parse_units(text, assets[asset].decimals)
        if isinstance(units, Fault):
            raise InputError(
                _("Cannot use --min-value {text}: {why}.").format(text=text, why=units.why),
                hint=_("Give it in units of the asset, for example 1000 or 0.5."),
            )
        found[asset] = units
    return found


def _issuers_by_asset() -> dict[str, Issuer]:
    return {asset: issuer for issuer in load_issuers() for asset in issuer.assets}
