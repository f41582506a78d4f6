"""A ledger opened for a trace, with what a person must be told about it."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bongsu.errors import LedgerError
from bongsu.facts.load import find_incident, load_movements
from bongsu.facts.movement import movement_path
from bongsu.model.asset import Asset, chain_of
from bongsu.model.label import Label
from bongsu.model.ports import Ledger, SourceFile
from bongsu.model.text import _
from bongsu.normalize.unit import native_asset, unit_asset
from bongsu.store.label import read_labels
from bongsu.store.ledger import memory_ledger, open_ledger
from bongsu.store.manifest import SourceRecord, load_manifest

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLedger:
    """A ledger, its own labels and assets, and the part `ledger` of the trace document."""

    ledger: Ledger
    statement: Document
    """Without `as_of`, which is of the trace."""
    labels: tuple[Label, ...]
    assets: dict[str, Asset]
    """Assets that the imports named and facts need not know."""
    rejects: dict[str, int]
    """Rule to the number of rows that the imports refused."""
    sample: bool


def open_for_trace(path: Path) -> OpenLedger:
    """A ledger that a person imported.

    Raises:
        LedgerError: When the folder holds no ledger or a damaged one, or its amounts have no one unit.
    """
    ledger, records = open_ledger(path), load_manifest(path).sources
    labels = tuple(Label(**row) for row in read_labels(path).to_pylist())
    return describe_ledger(ledger, records, labels=labels, name=path.resolve().name)


def describe_ledger(
    ledger: Ledger, records: list[SourceRecord], *, labels: tuple[Label, ...], name: str
) -> OpenLedger:
    """A ledger with what its sources say of it.

    Raises:
        LedgerError: When its amounts have no one unit.
    """
    present = [span.asset for span in ledger.assets()]
    assets = known_assets(present, records)
    valued = _valued(assets, present)
    return OpenLedger(
        ledger=ledger,
        statement={
            "name": name,
            "valuation": valued,
            "statement": _statement(valued),
            "license": "; ".join(sorted({one.license for one in records if one.license})) or None,
            "files": [_file(one) for one in records],
        },
        labels=labels,
        assets=assets,
        rejects=dict(sum((Counter(one.rejects) for one in records), Counter())),
        sample=False,
    )


def sample_ledger(slug: str) -> OpenLedger:
    """The movements that ship for an incident; what they are is said in every output."""
    incident, transfers = find_incident(slug), load_movements(slug)
    digest = hashlib.sha256(movement_path(slug).read_bytes()).hexdigest()
    note = _sample_note()
    file = SourceFile(sha256=digest, name=f"{slug}.csv", format="bongsu sample", note=note)
    ledger = memory_ledger(transfers, [file])
    return OpenLedger(
        ledger=ledger,
        statement={
            "name": _("sample of {title}").format(title=incident.title),
            "valuation": True,
            "statement": note,
            "license": _("facts, re-stated; source: BlockSec MFTracer data set (SIGMETRICS 2026)"),
            "files": [
                {
                    "sha256": digest,
                    "name": file.name,
                    "format": file.format,
                    "rows_in": transfers.num_rows,
                    "rows_kept": transfers.num_rows,
                    "rejects": 0,
                }
            ],
        },
        labels=(),
        assets=known_assets([span.asset for span in ledger.assets()], []),
        rejects={},
        sample=True,
    )


def _sample_note() -> str:
    return _(
        "The amounts are published USD estimates of flows with swaps collapsed, in US cents; they are not raw"
        " transfers. The sample holds the principal movements only, in Bongsu's own selection: an exercise."
    )


def _statement(valued: bool) -> str:
    if valued:
        return _("The amounts are values in a currency that a publisher states, not raw transfers of a coin.")
    return _("The amounts are transfers in base units of their assets, as the imported files state them.")


def _file(record: SourceRecord) -> Document:
    return {
        "sha256": record.sha256,
        "name": record.name,
        "format": record.format,
        "rows_in": record.rows_in,
        "rows_kept": record.rows_kept,
        "rejects": sum(record.rejects.values()),
    }


def _units(records: Iterable[SourceRecord]) -> dict[str, Asset]:
    """Assets that the imports named, by id.

    Raises:
        LedgerError: When two imports count one asset in units of different size: their sums mean nothing.
    """
    found: dict[str, Asset] = {}
    for options in (record.options for record in records if record.options.get("unit")):
        asset = unit_asset(str(options["unit"]), str(options["chain"]))
        if found.setdefault(asset.id, asset) != asset:
            raise LedgerError(
                _("Cannot trace in this ledger: its files count {asset} in units of different size.").format(
                    asset=asset.id
                ),
                hint=_("Import them into a new ledger with one --unit for all."),
            )
    return found


def known_assets(present: Iterable[str], records: list[SourceRecord]) -> dict[str, Asset]:
    """Coins of the chains, currencies of valuations, and units that a person named at import.

    Raises:
        LedgerError: When two imports count one asset in units of different size.
    """
    found: dict[str, Asset] = {}
    units = _units(records)
    for asset in present:
        chain, named = chain_of(asset), asset.partition("/")[2]
        made = native_asset(chain)
        if asset in units:  # first: USD:4 has other decimals than USD
            made = units[asset]
        elif named.startswith("iso4217:"):
            made = unit_asset(named.removeprefix("iso4217:"), chain)
        if made.id == asset and made.symbol:
            found[asset] = made
    return found


def _valued(assets: dict[str, Asset], present: Iterable[str]) -> bool:
    return any(assets[asset].valuation for asset in present if asset in assets)
