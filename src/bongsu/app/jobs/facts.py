"""What is known about a case, a service or an address; and a user's own labels."""

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from bongsu.errors import FactsError, InputError
from bongsu.facts.load import (
    load_assets,
    load_incidents,
    load_issuers,
    load_labels,
    load_sanctions,
    load_services,
    nearest_hint,
)
from bongsu.model.address import canonical_address, is_address, shown_address
from bongsu.model.asset import BITCOIN, ETHEREUM, TRON
from bongsu.model.label import LABEL
from bongsu.model.reject import REJECT
from bongsu.model.service import Service
from bongsu.model.text import _
from bongsu.read.label_registry import load_label_reader, sniff_label_format
from bongsu.store.label import write_labels

_ALIASES = {
    "blenderio": "blender",
    "cryptocom": "crypto-com",
    "gate-io": "gate",
    "huobi": "htx",
    "okex": "okx",
    "sinbadio": "sinbad",
    "tornado": "tornado-cash",
}
"""Words of other projects for services whose slug is another."""
Fact = dict[str, Any]
"""A fact as plain data: `kind` and the fields of its dataclass."""


@dataclass(slots=True, kw_only=True)
class ImportedLabels:
    """Counts of one label file: labels read, those that were new, rejects by rule."""

    path: Path
    format: str
    sha256: str
    labels: int = 0
    written: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    first_rejects: dict[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        """The counts as plain data."""
        return {**dataclasses.asdict(self), "path": str(self.path), "rejects": dict(self.rejects)}


def show_fact(name: str) -> list[Fact]:
    """Facts with this slug, or all facts that name this address.

    Raises:
        FactsError: When nothing has the name; the hint names the nearest.
    """
    by_slug: dict[str, list[Fact]] = {}
    for kind, slug, row in _named():
        by_slug.setdefault(slug, []).append(_fact(kind, row))
    address = _canonical(name)
    found = by_slug.get(name) or (_address_facts(address) if address else [])
    if found:
        return found
    if address:
        raise FactsError(
            _("Cannot show {address}: no fact names it.").format(address=name),
            hint=_("That no fact names an address does not mean that it is clean."),
        )
    raise FactsError(
        _("Cannot show {name}: no fact has this name.").format(name=name), hint=nearest_hint(name, by_slug)
    )


def search_facts(text: str) -> Iterator[Fact]:
    """Facts that hold the text anywhere, in any case; labels and sanctions come last."""
    wanted = " ".join(text.lower().split())
    rows: list[tuple[str, Any]] = [(kind, row) for kind, _slug, row in _named()]
    rows += [("asset", row) for row in load_assets().values()]
    rows += [("sanction", row) for row in load_sanctions()]
    rows += [("label", row) for row in load_labels() if row.category != "sanctioned"]
    for kind, row in rows:
        # A case's own lists of addresses are found as labels; its text decides here.
        if wanted in _searched(row):
            yield _fact(kind, row)


def import_labels(
    paths: list[Path], into: Path, *, format_name: str = "", chain: str = "", license_name: str = ""
) -> Iterator[ImportedLabels]:
    """One count a file, in the order given; a file that was imported before writes nothing new.

    Raises:
        InputError: When a file cannot be read.
        FormatError: When a file's format cannot be told.
        LedgerError: When the labels cannot be written.
    """
    services = load_services()
    plan = [(path, format_name or sniff_label_format(path)) for path in paths]
    for path, name in plan:
        done = ImportedLabels(path=path, format=name, sha256=_hash(path))
        reader = load_label_reader(name)
        batches = list(reader.read(path, chain=chain, license_name=license_name))
        found = pa.concat_tables([LABEL.empty_table(), *(batch.labels for batch in batches)])
        labels = _recognized(found, services)
        rejects = pa.concat_tables([REJECT.empty_table(), *(batch.rejects for batch in batches)])
        for row in rejects.to_pylist():
            done.rejects[row["rule"]] += 1
            done.first_rejects.setdefault(row["rule"], f"{row['locator']}: {row['message']}")
        done.labels = labels.num_rows
        done.written = write_labels(into, labels, source=_identity(done), rejects=rejects)
        yield done


def _named() -> Iterator[tuple[str, str, Any]]:
    """Kind, slug and row of every fact that has a slug."""
    yield from (("incident", slug, row) for slug, row in load_incidents().items())
    yield from (("service", slug, row) for slug, row in load_services().items())
    yield from (("issuer", row.id, row) for row in load_issuers())


def _searched(row: Any) -> str:  # noqa: ANN401
    skipped = {"sources", "related", "transactions"} if hasattr(row, "related") else set()
    names = [found.name for found in dataclasses.fields(row) if found.name not in skipped]
    return " ".join(str(getattr(row, name)) for name in names).lower()


def _address_facts(address: str) -> list[Fact]:
    facts = [_fact("label", row) for row in load_labels() if row.address == address]
    facts += [_fact("sanction", row) for row in load_sanctions() if row.address == address]
    return facts + [_fact("asset", row) for row in load_assets().values() if row.id.endswith(f":{address}")]


def _canonical(text: str) -> str:
    """Canonical form of the text as an address of a chain that facts are about; '' where it is none.

    Raises:
        AddressError: When it has the form of an EVM address but a wrong checksum.
    """
    if re.fullmatch(r"0[xX][0-9a-fA-F]{40}", text):
        return canonical_address(ETHEREUM, text)
    fitting = [chain for chain in (BITCOIN, TRON) if is_address(chain, text)]
    return canonical_address(fitting[0], text) if fitting else ""


def _fact(kind: str, row: Any) -> Fact:  # noqa: ANN401
    return {"kind": kind, **_plain(dataclasses.asdict(row))}


def _plain(value: Any) -> Any:  # noqa: ANN401
    """The value as JSON has it; an address is shown with its checksum."""
    if isinstance(value, dict):
        plain = {key: _plain(inner) for key, inner in value.items()}
        if {"chain", "address"} <= set(plain):
            plain["address"] = shown_address(plain["chain"], plain["address"])
        return plain
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _recognized(labels: pa.Table, services: dict[str, Service]) -> pa.Table:
    """The labels with the entity of a service that is known, or none.

    A label without a category whose name is that of a service, perhaps with a number, is the service's.
    """
    rows = labels.to_pylist()
    for row in rows:
        word = row["entity"].lower()
        service = services.get(_ALIASES.get(word, word))
        row["entity"] = service.id if service else ""
        if service and row["category"] == "other" and _is_own(row["name"], word):
            row["category"] = service.category
    return pa.Table.from_pylist(rows, schema=LABEL)


def _is_own(name: str, word: str) -> bool:
    plain = r"[ .-]?".join(re.escape(part) for part in word.split("-"))
    return re.fullmatch(plain + r"( \d+)?", name, re.IGNORECASE) is not None


def _identity(done: ImportedLabels) -> str:
    """Hash that names a file's labels: of its content, and of its name where the name tells the coin."""
    if done.format != "ofac":
        return done.sha256
    return hashlib.sha256(f"{done.sha256} {done.path.name}".encode()).hexdigest()


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            _("Cannot read {path}: {why}.").format(path=path, why=error.strerror or error),
            hint=_("Check that the file exists and that you may read it."),
        ) from error
