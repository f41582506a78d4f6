"""What a screening hands over to a hunt: wallets, addresses and domains of a `bongsu.screen/1` document."""

from collections.abc import Iterator
from pathlib import Path

from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.indicator_row import PART_ROWS, RAW, IndicatorRows
from bongsu.read.json_document import objects_of, read_json

__all__ = ["RAW", "read", "sniff"]

_TYPES = {
    "wallets": "wallet",
    "addresses": "ip",
    "domains": "domain",
    "emails": "email",
    "urls": "url",
    "handles": "handle",
}
_SCHEMA = b'"bongsu.screen/'


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is the document of a screening."""
    return head.lstrip()[:1] == b"{" and _SCHEMA in head


def read(path: Path, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
    """One batch of raw rows; the locator is the place among all that is handed over.

    Whoever they belong to was not found guilty of anything, so nobody is named and the confidence is low.

    Raises:
        FormatError: When the file is no JSON.
    """
    documents = objects_of([read_json(path)])
    rows = IndicatorRows()
    place = 0
    for document in documents:
        marking = objects_of([document.get("marking")])
        told = {
            "source": path.name,
            "context": "handed over by a screening of people",
            "confidence": "30",
            "tlp": "".join(str(one.get("tlp") or "") for one in marking),
        }
        for name, value in _handed(document.get("hand_over")):
            place += 1
            if name in _TYPES:
                rows.add(place, told | {"type": _TYPES[name], "value": value})
            else:
                message = _("{name} of a screening are not compared").format(name=name)
                rows.refuse(place, "unknown_type", message)
    if len(rows):
        yield rows.batch()


def _handed(stated: object) -> Iterator[tuple[str, str]]:
    """Names of lists and the values in them."""
    for lists in objects_of([stated]):
        for name, values in lists.items():
            yield from ((name, str(value)) for value in (values if isinstance(values, list) else []))
