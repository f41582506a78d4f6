"""Tables of labels: an address column, and as many of the others as the file has."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from bongsu.errors import FormatError
from bongsu.model.label import Label
from bongsu.model.text import _
from bongsu.read.delimited import read_delimited
from bongsu.read.label_batch import LabelBatch, LabelRows
from bongsu.read.label_word import UNTOLD, category_word, chain_by_form, chain_word
from bongsu.read.raw import text_schema
from bongsu.read.sniff import Shape, read_head, shape_of

NAMES = {
    "address": ("address", "banned_address", "contract_address"),
    "name": (
        "label",
        "name",
        "name tag",
        "nametag",
        "tag",
        "wallet_tag",
        "contract_tag",
        "etherscan_tag",
        "incident",
    ),
    "category": ("category", "type", "role", "kind"),
    "chain": ("chain", "network", "blockchain", "currency", "coin"),
    "entity": ("entity", "actor", "owner"),
    "source": ("source", "source_file", "data_source", "url"),
    "confidence": ("confidence",),
}
"""What is read, by the headers it may stand under, in any case."""
RAW: pa.Schema = text_schema(NAMES)
"""Columns that are read."""
CONFIDENCE = 50
"""Confidence of a label whose file states none: nobody vouched for it."""
_BATCH_ROWS = 50_000


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is a table with an address, and a name or a category."""
    shape = shape_of(path, head)
    picks = _pick(shape)
    return shape.kind == "delimited" and bool(picks["address"] and (picks["name"] or picks["category"]))


def read(path: Path, *, chain: str = "", license_name: str = "") -> Iterator[LabelBatch]:
    """Batches of labels in file order; the data row is the locator.

    Raises:
        FormatError: When the table has no address column.
    """
    shape = shape_of(path, read_head(path))
    picks = _pick(shape)
    if not picks["address"]:
        raise FormatError(
            _("Cannot read labels {path}: it has no column address.").format(path=path),
            hint=_("Its columns are: {names}.").format(names=", ".join(shape.names[:20]) or "-"),
        )
    told = chain or chain_word(path.name.partition(".")[0]) or ""
    for batch in read_delimited(path, shape, picks, _BATCH_ROWS):
        rows = LabelRows(license_name=license_name)
        for row in batch.rows.to_pylist():
            _add(rows, row, told, path.name)
        made = rows.batch()
        yield LabelBatch(labels=made.labels, rejects=pa.concat_tables([batch.rejects, made.rejects]))


def write(path: Path, labels: Iterable[Label]) -> None:
    """Nothing; the file is a table that `read` makes the same labels of, but for validity and license."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([names[0] for names in NAMES.values()])
        table.writerows([getattr(label, name) for name in NAMES] for label in labels)


def _pick(shape: Shape) -> dict[str, str]:
    """What is read to the first of its headers that the file has."""
    present = {name.lower(): name for name in reversed(shape.names)}
    return {raw: next((present[n] for n in names if n in present), "") for raw, names in NAMES.items()}


def _add(rows: LabelRows, row: dict[str, str], told: str, file: str) -> None:
    locator, address = int(row["locator"]), (row["address"] or "").strip()
    if not address:
        rows.refuse(locator, "no_address", _("the row has no address"))
        return
    confidence = _confidence(row["confidence"])
    if confidence is None:
        message = _("confidence {text} is no whole number in 0..100").format(text=row["confidence"])
        rows.refuse(locator, "bad_confidence", message)
        return
    word = (row["category"] or "").strip()
    category = category_word(word)
    name = (row["name"] or "").strip() or word or file
    rows.add(
        locator,
        chain_word(row["chain"], address) if row["chain"] else told or chain_by_form(address),
        address,
        # A word that is none of our categories stays readable in the name.
        name=name if category or word in {"", name} else f"{name} ({word})",
        category=category or "other",
        entity=row["entity"] or "",
        source=row["source"] or file or UNTOLD,
        confidence=confidence,
    )


def _confidence(text: str | None) -> int | None:
    if text is None:
        return CONFIDENCE
    plain = text.strip()
    return int(plain) if plain.isdecimal() and int(plain) <= 100 else None
