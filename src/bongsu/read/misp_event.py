"""MISP events and files of MISP feeds: attributes meant for detection, with the event's actors."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.indicator_row import PART_ROWS, RAW, IndicatorRows
from bongsu.read.json_document import objects_of, read_json

__all__ = ["RAW", "read", "sniff"]

_ACTOR_GALAXIES = ("threat-actor", "mitre-intrusion-set", "microsoft-activity-group")
_PAIRS = {"filename|md5": "md5", "filename|sha1": "sha1", "filename|sha256": "sha256"}
_SPLIT = {
    "domain|ip": ("domain", "ip"),
    "hostname|port": ("domain", ""),
    "ip-dst|port": ("ip", ""),
    "ip-src|port": ("ip", ""),
}
_CONTEXT_ONLY = {
    "comment",
    "text",
    "other",
    "attachment",
    "malware-sample",
    "datetime",
    "size-in-bytes",
    "link",
}
"""Types that say something about an event and are never looked for."""


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is an event, or a list of events."""
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return text[:1] in {b"{", b"["} and b'"Event"' in head[:4096] and b'"spec_version"' not in head[:4096]


def read(path: Path, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
    """Batches of raw rows; the locator is the attribute's place among all of the file.

    Raises:
        FormatError: When the file is no JSON.
    """
    rows = IndicatorRows()
    place = 0
    for event in _events(read_json(path)):
        told = _told(event, path.name)
        for attribute in _attributes(event):
            place += 1
            _add(rows, place, attribute, told)
            if len(rows) >= batch_rows:
                yield rows.batch()
    if len(rows):
        yield rows.batch()


def _events(found: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401
    """Events of a document: one, a list, or the answer of a search."""
    if isinstance(found, dict) and isinstance(found.get("response"), list | dict):
        found = found["response"]
    for one in found if isinstance(found, list) else [found]:
        event = one.get("Event") if isinstance(one, dict) else None
        if isinstance(event, dict):
            yield event


def _attributes(event: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Attributes of the event and of its objects."""
    for group in [event, *objects_of(event.get("Object"))]:
        yield from objects_of(group.get("Attribute"))


def _told(event: Mapping[str, Any], source: str) -> dict[str, str]:
    makers = objects_of([event.get("Orgc"), event.get("Org")])
    tags = _tags(event)
    galaxies = [one for one in objects_of(event.get("Galaxy")) if one.get("type") in _ACTOR_GALAXIES]
    clusters = [cluster for one in galaxies for cluster in objects_of(one.get("GalaxyCluster"))]
    named = [str(cluster.get("value")) for cluster in clusters]
    return {
        "source": next((str(one["name"]) for one in makers if one.get("name")), source),
        "cluster": ", ".join(dict.fromkeys([*named, *_actors(tags)])),
        "context": str(event.get("info") or ""),
        "tlp": _tlp(tags),
    }


def _add(rows: IndicatorRows, place: int, attribute: Mapping[str, Any], told: dict[str, str]) -> None:
    kind, value = str(attribute.get("type", "")).lower(), str(attribute.get("value", ""))
    if attribute.get("deleted") is True or kind in _CONTEXT_ONLY:
        return
    if not attribute.get("to_ids"):
        message = _("its source does not mean it for detection: {kind} {value}").format(
            kind=kind, value=value[:80]
        )
        rows.refuse(place, "not_for_detection", message)
        return
    tags = _tags(attribute)
    row = told | {
        "first_seen": _moment(attribute.get("first_seen")),
        "last_seen": _moment(attribute.get("last_seen")),
        "tlp": _tlp(tags) or told["tlp"],
        "cluster": ", ".join(_actors(tags)) or told["cluster"],
        "context": "; ".join(text for text in (told["context"], str(attribute.get("comment") or "")) if text),
    }
    for word, part in _parts(kind, value):
        rows.add(place, row | {"type": word, "value": part})


def _parts(kind: str, value: str) -> Iterator[tuple[str, str]]:
    """Types and values of an attribute; one of two parts may be two."""
    if kind in _SPLIT:
        for word, part in zip(_SPLIT[kind], value.split("|"), strict=False):
            if word:
                yield word, part
    elif kind in _PAIRS:
        yield _PAIRS[kind], value.rpartition("|")[2]
    else:
        yield kind, value


def _tags(holder: Mapping[str, Any]) -> list[str]:
    return [str(tag.get("name", "")) for tag in objects_of(holder.get("Tag"))]


def _tlp(tags: list[str]) -> str:
    """The strictest TLP tag."""
    order = ("tlp:white", "tlp:clear", "tlp:green", "tlp:amber", "tlp:amber+strict", "tlp:red")
    found = [tag.lower() for tag in tags if tag.lower().startswith("tlp:")]
    return max(found, key=lambda tag: order.index(tag) if tag in order else 99, default="")


def _actors(tags: list[str]) -> list[str]:
    """Actors that galaxy tags name, as `misp-galaxy:threat-actor="Kimsuky"`."""
    starts = tuple(f"misp-galaxy:{galaxy}=" for galaxy in _ACTOR_GALAXIES)
    return [tag.partition("=")[2].strip('"') for tag in tags if tag.startswith(starts)]


def _moment(stated: object) -> str:
    """Time as text; MISP has ISO 8601, or microseconds since 1970."""
    if isinstance(stated, int) and not isinstance(stated, bool):
        with suppress(ValueError, OverflowError, OSError):  # a time that no calendar has stays as it is
            return datetime.fromtimestamp(stated / 1_000_000, UTC).isoformat()
    return str(stated or "")
