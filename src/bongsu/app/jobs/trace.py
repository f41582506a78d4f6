"""The trace job: facts, ledger, labels and prices in; the trace document out."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bongsu.analyze.case_pattern import MOST_MOVEMENTS, CaseBook
from bongsu.analyze.end import Labels
from bongsu.analyze.follow import BALANCE
from bongsu.analyze.lead import Lead, Limits
from bongsu.analyze.policy import FOR_SEVERAL, policies_for
from bongsu.analyze.price import Prices
from bongsu.analyze.trace import Known, Progress, Trace, trace
from bongsu.app.jobs.collection import without_collection
from bongsu.app.jobs.ledger_open import OpenLedger, open_for_trace, sample_ledger
from bongsu.app.jobs.price_file import load_prices
from bongsu.app.jobs.trace_cluster import clusters_document
from bongsu.app.jobs.trace_document import Missing, trace_document
from bongsu.app.jobs.trace_finding import findings_of, pattern_findings, patterns_left_out
from bongsu.errors import InputError, LeadError
from bongsu.facts.load import find_incident, load_assets, load_issuers, load_labels, load_services
from bongsu.model.asset import Asset
from bongsu.model.issuer import Issuer
from bongsu.model.label import Label
from bongsu.model.marking import PUBLIC, Marking, Tlp
from bongsu.model.ports import Ledger
from bongsu.model.text import _
from bongsu.normalize.amount import parse_units
from bongsu.normalize.fault import Fault

Document = dict[str, Any]
BEYOND_EXTRACT = frozenset({BALANCE, "mixer_pool", "mixer_lead", "deposit_reuse", "deposit_account"})
"""Heuristics that look at more than an engine extracts; a trace on an engine leaves them out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceOptions:
    """What a person may ask of a trace."""

    ledger: Path | None = None
    engine: str = ""
    """`duckdb`, `spark://HOST:PORT` or `local[CORES]`: what extracts from a large ledger; empty: nothing."""
    parquet: str = ""
    """With an engine, in place of a ledger: folder, pattern or URL of Parquet files of transfers."""
    policies: list[str] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    minimum: str = ""
    """Smallest movement that is followed, in units of its asset."""
    prices: Path | None = None
    clusters: bool = False
    """Whether clusters of addresses are shown."""
    patterns: bool = False
    """Whether patterns are looked for also in a large case."""
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
    if options.engine or options.parquet:
        return _on_engine(lead, options, progress)
    return _document(lead, options, _open(lead, options), progress=progress)


def _on_engine(lead: Lead, options: TraceOptions, progress: Progress) -> Document:
    """Document of a trace in what an engine extracts; it differs from another only in naming the engine."""
    from bongsu.app.jobs.trace_engine import open_whole

    limits = replace(options.limits, heuristics=options.limits.heuristics - BEYOND_EXTRACT)
    options = replace(options, limits=limits)
    with open_whole(options.engine, options.ledger, options.parquet, progress) as whole:
        assets = load_assets() | whole.assets
        _minimum(
            options.minimum, whole.survey.assets, assets
        )  # what is wrong with it is said before the work
        known = _known(assets, whole.labels)
        with whole.extracted((lead, options.limits), known, progress) as (ledger, finish):
            document = _document(lead, options, whole.opened(ledger), progress=progress, finish=finish)
        document["method"]["params"]["engine"] = whole.engine.name
    return document


def _known(assets: dict[str, Asset], labels: Iterable[Label], prices: Prices | None = None) -> Known:
    return Known(
        assets=assets,
        labels=Labels([*load_labels(), *labels]),
        services=load_services(),
        issuers=_issuers_by_asset(),
        worth=prices.worth if prices else None,
    )


def _document(
    lead: Lead,
    options: TraceOptions,
    opened: OpenLedger,
    *,
    progress: Progress,
    finish: Callable[[Trace], Trace] = lambda made: made,
) -> Document:
    if opened.sample:
        lead = replace(lead, exercise=True)
    assets = load_assets() | opened.assets
    present = [span.asset for span in opened.ledger.assets()]
    limits = replace(options.limits, minimum=_minimum(options.minimum, present, assets))
    prices = load_prices(options.prices, assets) if options.prices else None
    known = _known(assets, opened.labels, prices)
    made = finish(
        trace(opened.ledger, lead, limits, known, policies=options.policies or None, progress=progress)
    )
    marking = options.marking or (PUBLIC if opened.sample else Marking(tlp=Tlp.AMBER, releasable_to=None))
    look = options.patterns or len(made.found.rows) <= MOST_MOVEMENTS
    book = CaseBook(opened.ledger, made.found, assets, marking) if look or options.clusters else None
    patterns = (
        pattern_findings(book, known.labels, limits.heuristics) if look and book else [patterns_left_out()]
    )
    document = trace_document(
        made,
        ledger=opened.statement,
        book=opened.ledger,
        missing=Missing(gap_counts(opened.ledger), opened.rejects),
        marking=marking,
        findings=findings_of(opened.ledger, made, assets) + patterns,
    )
    document["method"]["params"]["prices"] = _price_statement(options.prices, prices)
    if options.clusters and book:
        document["clusters"] = clusters_document(book, known.labels, limits.heuristics, document)
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


def _minimum(text: str, present: Iterable[str], assets: dict[str, Asset]) -> dict[str, int]:
    """Smallest movement by asset, from units that a person typed."""
    if not text:
        return {}
    found = {}
    for asset in sorted(set(present) & set(assets)):
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
