"""Tables of indicators: a column of values and one of types, or a column for each type, and the rest."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.delimited import read_delimited
from bongsu.read.indicator_row import COLUMNS, PART_ROWS, RAW, IndicatorRows
from bongsu.read.raw import cut_batches
from bongsu.read.sniff import Shape, read_head, shape_of

__all__ = ["NAMES", "RAW", "WIDE", "read", "sniff"]

NAMES = {
    "type": ("type", "indicatortype", "entitytype", "ioctype", "kind"),
    "value": ("value", "indicator", "ioc", "iocvalue", "observable", "indicatorvalue"),
    "namespace": ("namespace", "chain", "platform", "ecosystem"),
    "versions": ("versions", "version"),
    "cluster": ("cluster", "actor", "threatactor", "group", "attribution"),
    "context": ("context", "description", "notes", "comment", "category", "malware", "campaign", "role"),
    "reference": ("reference", "references", "link", "report", "referenceurl"),
    "source": ("source", "provider", "feed"),
    "first_seen": ("firstseen", "validfrom", "first", "firstseenutc"),
    "last_seen": ("lastseen", "validuntil", "last", "lastseenutc", "expires"),
    "confidence": ("confidence", "score", "confidencelevel"),
    "tlp": ("tlp", "marking"),
    "note": ("note", "warning"),
    "ports": ("ports", "port"),
}
"""What is read, by the headers it may stand under: letters and digits only, in lower case."""
WIDE = {
    "url": "url",
    "fqdn": "domain",
    "domain": "domain",
    "hostname": "domain",
    "ip": "ip",
    "ipaddress": "ip",
    "ipv4": "ip",
    "md5": "md5",
    "sha1": "sha1",
    "sha256": "sha256",
    "email": "email",
}
"""Headers of tables that have a column for each type."""


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is a table with values and their types, or columns named as types."""
    shape = shape_of(path, head)
    return shape.kind == "delimited" and len(shape.names) > 1 and _readable(shape)


def read(path: Path, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
    """Batches of raw rows in file order; the data row is the locator.

    Raises:
        FormatError: When the table has neither a column of values nor one named as a type.
    """
    shape = shape_of(path, read_head(path))
    if not _readable(shape):
        raise FormatError(
            _("Cannot read indicators {path}: it has no columns type and value.").format(path=path),
            hint=_("Its columns are: {names}.").format(names=", ".join(shape.names[:20]) or "-"),
        )
    picks = pick(shape.names)
    if picks["type"] and picks["value"]:
        return read_delimited(path, shape, picks, batch_rows)
    return cut_batches(_wide(path, shape, batch_rows), batch_rows)


def pick(names: tuple[str, ...]) -> dict[str, str]:
    """Raw column to the first of the file's headers that is known for it; empty where none is."""
    present = {_plain(name): name for name in reversed(names)}
    return {raw: next((present[n] for n in NAMES[raw] if n in present), "") for raw in COLUMNS}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _readable(shape: Shape) -> bool:
    picks = pick(shape.names)
    return bool(picks["value"] and picks["type"]) or bool(_wide_names(shape))


def _wide_names(shape: Shape) -> list[str]:
    return [name for name in shape.names if _plain(name) in WIDE]


def _wide(path: Path, shape: Shape, batch_rows: int) -> Iterator[Batch]:
    """Batches of a table with a column for each type; a cell is an indicator."""
    named = _wide_names(shape)
    told = {name: shown for name, shown in pick(shape.names).items() if name not in {"type", "value"}}
    picks = {f"cell{i}": name for i, name in enumerate(named)} | told
    words = {f"cell{i}": WIDE[_plain(name)] for i, name in enumerate(named)}
    for batch in read_delimited(path, shape, picks, batch_rows):
        rows = IndicatorRows()
        cells = ((row, cell, word) for row in batch.rows.to_pylist() for cell, word in words.items())
        for row, cell, word in cells:
            if row[cell]:
                rest = {name: row[name] for name in told}
                rows.add(row["locator"], rest | {"type": word, "value": row[cell]})
        made = rows.batch()
        yield Batch(rows=made.rows, rejects=pa.concat_tables([batch.rejects, made.rejects]))
