"""OpenIOC 1.0 and 1.1: items that ask for one value, where any of them makes the indicator true.

XML is read without document types and entities, which such files do not need and attackers use.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.indicator_row import PART_ROWS, RAW, IndicatorRows
from bongsu.read.sniff import Source

__all__ = ["RAW", "read", "sniff"]

MOST_BYTES = 64 * 1024 * 1024
"""Size of one file."""
_SEARCHES = {
    "fileitem/md5sum": "md5",
    "fileitem/sha1sum": "sha1",
    "fileitem/sha256sum": "sha256",
    "fileitem/filename": "file_name",
    "network/dns": "domain",
    "dnsentryitem/host": "domain",
    "dnsentryitem/recordname": "domain",
    "portitem/remoteip": "ip",
    "network/uri": "url_path",
    "urlhistoryitem/url": "url",
    "formhistoryitem/url": "url",
    "email/from": "email",
    "processitem/handlelist/handle/name": "mutex",
    "handleitem/name": "mutex",
}
_DANGER = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is OpenIOC."""
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return text[:1] == b"<" and (b"openioc.org/schemas" in head or b"schemas.mandiant.com/2010/ioc" in head)


def read(path: Path, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
    """Batches of raw rows; the locator is the item's place in the file.

    Raises:
        FormatError: When the file is no XML, declares a document type or an entity, or is too large.
    """
    root = _parse(path)
    told = _told(root, path.name)
    rows = IndicatorRows()
    for place, (item, alone) in enumerate(_items(root, True), start=1):
        _add(rows, place, item, told if alone else {})
        if len(rows) >= batch_rows:
            yield rows.batch()
    if len(rows):
        yield rows.batch()


def _parse(path: Path) -> ElementTree.Element:
    with Source(path) as source:
        data = io.BufferedReader(source).read(MOST_BYTES + 1)
    why = source.failure
    if len(data) > MOST_BYTES:
        why = _("it has more than 64 MiB")
    # UTF-16 would hide the words; no OpenIOC tool writes it.
    if _DANGER.search(data) or data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data:
        why = _("it declares a document type or entities, or is no UTF-8")
    if not why:
        try:
            return ElementTree.fromstring(data)  # noqa: S314
        except ElementTree.ParseError as error:
            why = str(error)
    raise FormatError(
        _("Cannot read OpenIOC {path}: {why}.").format(path=path, why=why),
        hint=_("Export the file again, as plain XML in UTF-8."),
    )


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _told(root: ElementTree.Element, source: str) -> dict[str, str]:
    """Columns that the head of the file fills."""
    heads = {_name(one): " ".join((one.text or "").split()) for one in root.iter() if len(one) == 0}
    links = [one.get("href") or one.text or "" for one in root.iter() if _name(one) == "link"]
    said = heads.get("short_description") or heads.get("description", "")
    return {
        "source": heads.get("authored_by") or source,
        "context": said,
        "reference": " ".join(link for link in links if link.startswith("http"))[:300],
    }


def _items(element: ElementTree.Element, alone: bool) -> Iterator[tuple[ElementTree.Element, bool]]:
    """Items, and whether each alone makes the indicator true: all above it are OR, or have one part."""
    for child in element:
        name = _name(child)
        if name == "IndicatorItem":
            yield child, alone
        elif name == "Indicator":
            parts = sum(_name(one) in {"Indicator", "IndicatorItem"} for one in child)
            either = (child.get("operator") or "OR").upper() == "OR" or parts < 2
            yield from _items(child, alone and either)
        else:
            yield from _items(child, alone)


def _add(rows: IndicatorRows, place: int, item: ElementTree.Element, told: dict[str, str]) -> None:
    parts = {_name(one): one for one in item}
    context, content = parts.get("Context"), parts.get("Content")
    search = (context.get("search") or "") if context is not None else ""
    value = ((content.text or "") if content is not None else "").strip()
    condition = (item.get("condition") or "is").lower()
    shown = f"{search} {condition} {value}"[:200]
    if not told:
        rows.refuse(
            place,
            "and",
            _("it counts only with other items, which alone say less: {item}").format(item=shown),
        )
        return
    kind = _SEARCHES.get(search.lower(), "")
    negated = (item.get("negate") or "false").lower() == "true" or condition == "isnot"
    # `contains` of a host or path is what OpenIOC 1.0 writes for the value itself.
    fits = condition == "is" or (condition == "contains" and kind in {"domain", "url", "url_path"})
    if not kind or negated or not fits:
        rows.refuse(place, "item", _("such an item is not searched for: {item}").format(item=shown))
        return
    rows.add(place, told | {"type": kind, "value": value})
