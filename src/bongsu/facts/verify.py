"""Second look at the fact files: checksums, duplicates, contradictions and dates."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bongsu.errors import AddressError, FactsError
from bongsu.facts.asset import assets_of, issued_assets, issuers_of
from bongsu.facts.bridge import bridge_labels, read_bridge, signature_faults
from bongsu.facts.converter import converters_of
from bongsu.facts.document import DATA, KINDS, Document, read_document
from bongsu.facts.duty import duties_of
from bongsu.facts.group import group_of
from bongsu.facts.incident import incident_labels, incident_of
from bongsu.facts.log_field import log_fields_of
from bongsu.facts.log_source import log_sources_of
from bongsu.facts.movement import transfers_of
from bongsu.facts.red_flag import excluded_of, red_flags_of
from bongsu.facts.routine_traffic import routines_of
from bongsu.facts.sanction import sanction_label, sanctions_of
from bongsu.facts.service import service_labels, service_of
from bongsu.facts.technique import techniques_of
from bongsu.facts.warning_list import warnings_of
from bongsu.facts.word_table import tables_of
from bongsu.model.address import canonical_address
from bongsu.model.asset import Asset
from bongsu.model.incident import Incident
from bongsu.model.label import Label
from bongsu.model.text import _

_HASHES = {"eip155": re.compile(r"0x[0-9a-f]{64}"), "bip122": re.compile(r"[0-9a-f]{64}")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something to mend (`problem`) or to know (`notice`) about the facts."""

    severity: str
    place: str
    message: str


def verify_facts(folder: Path = DATA) -> list[Issue]:
    """Everything that is wrong with, or contradictory in, the fact files of a folder."""
    issues: list[Issue] = []
    labels: list[tuple[str, Label]] = []
    assets: list[tuple[str, Asset]] = []
    for path in _files(folder):
        place = f"{path.parent.name}/{path.name}"
        try:
            document = read_document(path)
            found, listed = _FACTS[document.kind](document)
        except FactsError as error:
            issues.append(Issue(severity="problem", place=place, message=str(error)))
            continue
        labels += [(place, label) for label in found]
        assets += [(place, asset) for asset in listed]
        faults = *_dates(document), *_transactions(document), *_bridge_faults(document)
        issues += [_problem(place, why) for why in faults]
    issues += [_problem(place, why) for place, label in labels for why in _label_faults(label)]
    issues += [*_duplicates(labels), *_asset_duplicates(assets), *_contradictions(labels)]
    return issues + _movement_faults(folder)


def _files(folder: Path) -> Iterator[Path]:
    for kind in KINDS:
        yield from sorted((folder / kind).glob("*.yaml"))


_Facts = tuple[list[Label], list[Asset]]


def _incident_facts(document: Document) -> _Facts:
    return incident_labels(document, incident_of(document)), []


def _service_facts(document: Document) -> _Facts:
    return service_labels(document, service_of(document)), []


def _sanction_facts(document: Document) -> _Facts:
    return [sanction_label(document, sanction) for sanction in sanctions_of(document)], []


def _issuer_facts(document: Document) -> _Facts:
    return [], [asset for issuer in issuers_of(document) for asset in issued_assets(issuer)]


def _asset_facts(document: Document) -> _Facts:
    return [], assets_of(document)


def _converter_facts(document: Document) -> _Facts:
    converters_of(document)
    return [], []


def _table_facts(document: Document) -> _Facts:
    tables_of(document)
    return [], []


def _red_flag_facts(document: Document) -> _Facts:
    red_flags_of(document)
    return [], []


def _excluded_facts(document: Document) -> _Facts:
    excluded_of(document)
    return [], []


def _duty_facts(document: Document) -> _Facts:
    duties_of(document)
    return [], []


def _log_field_facts(document: Document) -> _Facts:
    log_fields_of(document)
    return [], []


def _log_source_facts(document: Document) -> _Facts:
    log_sources_of(document)
    return [], []


def _step_facts(document: Document) -> _Facts:
    document.body.table("steps")
    return [], []


def _group_facts(document: Document) -> _Facts:
    group_of(document)
    return [], []


def _technique_facts(document: Document) -> _Facts:
    techniques_of(document)
    return [], []


def _routine_facts(document: Document) -> _Facts:
    routines_of(document)
    return [], []


def _warning_facts(document: Document) -> _Facts:
    warnings_of(document)
    return [], []


def _bridge_facts(document: Document) -> _Facts:
    return bridge_labels(document, read_bridge(document)), []


_FACTS: dict[str, Callable[[Document], _Facts]] = {
    "incidents": _incident_facts,
    "services": _service_facts,
    "sanctions": _sanction_facts,
    "issuers": _issuer_facts,
    "assets": _asset_facts,
    "converters": _converter_facts,
    "bridges": _bridge_facts,
    "names": _table_facts,
    "identifiers": _table_facts,
    "equipment": _table_facts,
    "red_flags": _red_flag_facts,
    "excluded_signals": _excluded_facts,
    "duties": _duty_facts,
    "log_fields": _log_field_facts,
    "log_sources": _log_source_facts,
    "hunt_steps": _step_facts,
    "institutions": _table_facts,
    "mail_signs": _table_facts,
    "groups": _group_facts,
    "techniques": _technique_facts,
    "routine_traffic": _routine_facts,
    "warning_lists": _warning_facts,
}


def _problem(place: str, message: str) -> Issue:
    return Issue(severity="problem", place=place, message=message)


def _label_faults(label: Label) -> Iterator[str]:
    try:
        canonical = canonical_address(label.chain.replace("*", "1"), label.address)
    except AddressError as error:
        yield str(error)
        return
    if canonical != label.address:
        yield _("{address} is not in canonical form, {canonical}.").format(
            address=label.address, canonical=canonical
        )
    if label.valid_from and label.valid_to and label.valid_to < label.valid_from:
        yield _("{address} ends on {last}, before it begins on {first}.").format(
            address=label.address, last=label.valid_to, first=label.valid_from
        )


def _dates(document: Document) -> Iterator[str]:
    if document.kind != "incidents":
        return
    incident = incident_of(document)
    for attribution in incident.attribution:
        if attribution.when and not incident.date <= attribution.when <= document.retrieved:
            yield _("an attribution of {when} is not between the theft and the day of retrieval.").format(
                when=attribution.when
            )
    yield from _window_faults(incident)
    if incident.date > document.retrieved:
        yield _("it was retrieved before it happened.")


def _window_faults(incident: Incident) -> Iterator[str]:
    start, end = incident.window_start, incident.window_end
    if (start is None) != (end is None):
        yield _("the window has only one end.")
    if start and end and not (start < end and _covers(start.date(), end.date(), incident.date)):
        yield _("the window does not cover the day of the theft.")
    if incident.addresses_established and not (start or incident.transactions):
        yield _("first receivers are listed, but neither transactions nor a window.")


def _covers(first: date, last: date, day: date) -> bool:
    return first <= day <= last


def _transactions(document: Document) -> Iterator[str]:
    if document.kind != "incidents":
        return
    for found in incident_of(document).transactions:
        pattern = _HASHES.get(found.chain.partition(":")[0])
        if pattern is not None and pattern.fullmatch(found.tx_hash) is None:
            yield _("{tx} is no transaction hash of {chain}.").format(tx=found.tx_hash, chain=found.chain)


def _bridge_faults(document: Document) -> Iterator[str]:
    if document.kind == "bridges":
        yield from signature_faults(read_bridge(document))


def _duplicates(labels: Iterable[tuple[str, Label]]) -> Iterator[Issue]:
    seen: set[tuple[str, str, str, str]] = set()
    for place, label in labels:
        key = place, label.chain, label.address, label.category
        if key in seen:
            yield _problem(place, _("{address} is listed twice.").format(address=label.address))
        seen.add(key)


def _asset_duplicates(assets: Iterable[tuple[str, Asset]]) -> Iterator[Issue]:
    seen: dict[str, str] = {}
    for place, asset in assets:
        if asset.id in seen:
            message = _("{asset} is listed in {other} too.").format(asset=asset.id, other=seen[asset.id])
            yield _problem(place, message)
        seen[asset.id] = place


def _contradictions(labels: Iterable[tuple[str, Label]]) -> Iterator[Issue]:
    """Notices of addresses that sources call different things; a sanction contradicts nothing."""
    by_address: dict[tuple[str, str], dict[tuple[str, str], str]] = defaultdict(dict)
    for place, label in labels:
        if label.category != "sanctioned":
            by_address[label.chain, label.address][label.category, label.entity] = place
    for (_chain, address), claims in by_address.items():
        if len(claims) > 1:
            said = "; ".join(f"{category} {entity}".strip() for category, entity in claims)
            message = _("{address} is called: {said}.").format(address=address, said=said)
            yield Issue(severity="notice", place=", ".join(sorted(set(claims.values()))), message=message)


def _movement_faults(folder: Path) -> list[Issue]:
    issues = []
    for path in sorted((folder / "movements").glob("*.csv")):
        place = f"movements/{path.name}"
        try:
            transfers_of(path)
        except FactsError as error:
            issues.append(_problem(place, str(error)))
        if not (folder / "incidents" / f"{path.stem}.yaml").exists():
            issues.append(_problem(place, _("no incident has this name.")))
    return issues
