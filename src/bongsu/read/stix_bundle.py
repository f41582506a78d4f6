"""STIX 2.1 bundles: indicators with their patterns, who made them, when they hold, how they are marked.

Relationships `indicates` name the actor or malware; sightings, reports and observed data are not read.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.indicator_row import PART_ROWS, RAW, IndicatorRows
from bongsu.read.json_document import objects_of, read_json
from bongsu.read.stix_pattern import NotReadError, values_of

__all__ = ["RAW", "read", "rows_of", "sniff"]

Objects = Iterable[tuple[int, Any]]
_ACTORS = {"intrusion-set", "threat-actor", "campaign"}
_TLP_2 = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "TLP:WHITE",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "TLP:CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "TLP:AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "TLP:RED",
}
"""Ids that STIX 2.1 and the OASIS extension for TLP 2.0 fix."""
_LABELS = ("TLP:WHITE", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is a bundle, or a TAXII envelope of objects."""
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return text[:1] == b"{" and (b'"bundle--' in head or (b'"objects"' in head and b'"spec_version"' in head))


def read(path: Path, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
    """Batches of raw rows; the locator is the place of the object in the bundle.

    Raises:
        FormatError: When the file is no JSON.
    """
    found = read_json(path)
    objects = found.get("objects") if isinstance(found, dict) else None
    listed = list(enumerate(objects if isinstance(objects, list) else [], start=1))
    yield from rows_of(listed, path.name, batch_rows=batch_rows)


def rows_of(objects: Objects, source: str, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
    """Batches of raw rows of STIX objects with their places; a pattern of another form is a reject.

    Args:
        objects: Place and object, all of a bundle or collection.
        source: Who gives them, where no object says who made it.
        batch_rows: Rows in a batch.
    """
    held = _Held([(place, one) for place, one in objects if isinstance(one, dict)], source)
    rows = IndicatorRows()
    for place, one in held.objects:
        if one.get("type") == "indicator":
            _add(rows, place, one, held)
        if len(rows) >= batch_rows:
            yield rows.batch()
    if len(rows):
        yield rows.batch()


class _Held:
    """Objects by id, and which actors indicators point to."""

    def __init__(self, objects: list[tuple[int, dict[str, Any]]], source: str) -> None:
        self.objects, self.source = objects, source
        self.by_id = {str(one.get("id")): one for _place, one in objects}
        self.indicated: dict[str, list[str]] = {}
        for _place, one in objects:
            if one.get("type") == "relationship" and one.get("relationship_type") == "indicates":
                self.indicated.setdefault(str(one.get("source_ref")), []).append(str(one.get("target_ref")))

    def names(self, indicator: Mapping[str, Any], actors: bool) -> str:
        """Names of what the indicator points to: actors, or everything else."""
        targets = (self.by_id.get(ref, {}) for ref in self.indicated.get(str(indicator.get("id")), ()))
        named = [
            str(one["name"]) for one in targets if "name" in one and (one.get("type") in _ACTORS) is actors
        ]
        return ", ".join(dict.fromkeys(named))

    def author(self, indicator: Mapping[str, Any]) -> str:
        """Name of who made it."""
        maker = self.by_id.get(str(indicator.get("created_by_ref")), {})
        return str(maker.get("name") or self.source)

    def marking(self, indicator: Mapping[str, Any]) -> str:
        """The strictest TLP label of its markings; one that is not understood stands for itself."""
        refs = indicator.get("object_marking_refs")
        labels = [self._label(str(ref)) for ref in refs] if isinstance(refs, list) else []
        known = [label for label in labels if label]
        return max(known, key=lambda label: _LABELS.index(label) if label in _LABELS else 99, default="")

    def _label(self, ref: str) -> str:
        if ref in _TLP_2:
            return _TLP_2[ref]
        marking = self.by_id.get(ref)
        if marking is None:
            return ref  # a marking that did not come along: nobody knows how strict it is
        name = str(marking.get("name", "")).upper()
        if marking.get("definition_type") == "tlp":
            name = "".join(
                f"TLP:{part.get('tlp', '')}" for part in objects_of([marking.get("definition")])
            ).upper()
        return name if name.startswith("TLP:") else ""


def _add(rows: IndicatorRows, place: int, one: Mapping[str, Any], held: _Held) -> None:
    pattern = str(one.get("pattern", ""))
    if one.get("revoked") is True:
        rows.refuse(place, "revoked", _("its source has revoked it: {pattern}").format(pattern=pattern[:200]))
        return
    kind = str(one.get("pattern_type", "stix"))
    try:
        if kind != "stix":
            raise NotReadError(_("it is a pattern of {kind}").format(kind=kind))
        stated = values_of(pattern)
    except NotReadError as error:
        message = _("the pattern is not read, {why}: {pattern}").format(why=error, pattern=pattern[:200])
        rows.refuse(place, "pattern", message)
        return
    told = _told(one, held)
    for found in stated:
        rows.add(place, told | {"type": found.type, "value": found.value, "versions": found.versions})


def _told(one: Mapping[str, Any], held: _Held) -> dict[str, str]:
    labels = one.get("labels") or one.get("indicator_types")
    labels = labels if isinstance(labels, list) else []
    said = [str(one.get("name") or ""), held.names(one, actors=False), ", ".join(map(str, labels))]
    urls = [str(ref["url"]) for ref in objects_of(one.get("external_references")) if "url" in ref]
    return {
        "cluster": held.names(one, actors=True),
        "context": "; ".join(text for text in said if text),
        "reference": " ".join(urls[:3]),
        "source": held.author(one),
        "first_seen": str(one.get("valid_from") or ""),
        "last_seen": str(one.get("valid_until") or ""),
        "confidence": str(one["confidence"]) if "confidence" in one else "",
        "tlp": held.marking(one),
    }
