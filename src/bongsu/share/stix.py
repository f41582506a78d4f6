"""Sightings of a hunt as a STIX 2.1 bundle: what was met, how often and when; never on which host or by whom.

Ids are made of content, so the same sighting has the same id whoever makes the bundle. An indicator is
re-stated as a pattern; a rule or a rhythm is a sighting of the technique that it is about. What has neither
is counted and left out.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bongsu.model.marking import Tlp
from bongsu.model.text import _
from bongsu.share.release import read_marking, require_release

SPEC = "2.1"
MARKINGS = {
    Tlp.CLEAR: "94868c89-83c2-464b-929b-a1a8aa3c8487",
    Tlp.GREEN: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Tlp.AMBER: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Tlp.AMBER_STRICT: "939a9414-2ddd-4d32-a0cd-375ea402b003",
    Tlp.RED: "e828b379-4e03-4974-9ac4-e53a884c97c1",
}
"""Ids of the TLP 2.0 marking definitions (OASIS common objects)."""
_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP_MADE = "2022-10-01T00:00:00.000Z"
PATTERNS = {
    "domain": "[domain-name:value = {value}]",
    "ipv4": "[ipv4-addr:value = {value}]",
    "ipv6": "[ipv6-addr:value = {value}]",
    "cidr": "[ipv4-addr:value ISSUBSET {value}]",
    "url": "[url:value LIKE {ending}]",
    "url_path": "[url:value LIKE {ending}]",
    "md5": "[file:hashes.MD5 = {value}]",
    "sha1": "[file:hashes.'SHA-1' = {value}]",
    "sha256": "[file:hashes.'SHA-256' = {value}]",
    "email": "[email-addr:value = {value}]",
    "file_name": "[file:name = {value}]",
    "file_name_regex": "[file:name MATCHES {value}]",
    "mutex": "[mutex:name = {value}]",
    "package": "[software:name = {value}]",
    "package_alias": "[software:name = {value}]",
}
"""Kind of indicator to its pattern; other kinds have no object in STIX."""
Document = dict[str, Any]


def sightings_bundle(document: Document, *, recipient: str | None = None) -> Document:
    """Bundle of the alerts of a hunt, validated as STIX 2.1 by the tests.

    Args:
        document: Schema bongsu.hunt/1.
        recipient: Id of the party that it is for; None is the owner's own disk.

    Raises:
        ReleaseError: When the marking does not let it go to the recipient.
    """
    marking = read_marking(document)
    require_release(marking, recipient)
    maker = _Maker(_moment(document["made"]), marking.tlp)
    objects: dict[str, Document] = {}
    for one in (maker.marking, maker.finder):
        objects[one["id"]] = one
    for sighting in document["sightings"]:
        if sighting["alert"]:
            objects |= {one["id"]: one for one in maker.objects_of(sighting)}
    return {"type": "bundle", "id": _id("bundle", *sorted(objects)), "objects": list(objects.values())}


def write_bundle(bundle: Document) -> str:
    """The bundle as JSON, the same text for the same content."""
    return json.dumps(bundle, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def count_left_out(document: Document) -> int:
    """Alerts that have no form in STIX: neither a pattern nor a technique."""
    return sum(
        not _pattern_of(one) and not one["techniques"] for one in document["sightings"] if one["alert"]
    )


class _Maker:
    """Objects of one bundle."""

    def __init__(self, made: str, tlp: Tlp) -> None:
        self.made = made
        self.marking: Document = {
            "type": "marking-definition",
            "spec_version": SPEC,
            "id": f"marking-definition--{MARKINGS[tlp]}",
            "created": _TLP_MADE,
            "name": tlp.label,
            "extensions": {
                _TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": tlp.label[4:].lower()}
            },
        }
        self.finder = self._object(
            "identity",
            "finder",
            name=_("An organization that hunts with Bongsu"),
            identity_class="organization",
        )

    def objects_of(self, sighting: Document) -> Iterator[Document]:
        """What was sighted, and the sighting of each."""
        for seen in self._sighted(sighting):
            yield seen
            yield self._sighting(sighting, seen["id"])

    def _sighted(self, sighting: Document) -> Iterator[Document]:
        pattern = _pattern_of(sighting)
        if pattern:
            yield self._object(
                "indicator",
                pattern,
                name=sighting["rule"],
                description=_("Published by {source}; re-stated.").format(source=sighting["source"]),
                pattern=pattern,
                pattern_type="stix",
                valid_from=_moment(sighting["first"]) if sighting["first"] else self.made,
                indicator_types=["malicious-activity"],
                created_by_ref=self.finder["id"],
            )
            return
        for technique in sighting["techniques"]:
            reference = {"source_name": "mitre-attack", "external_id": technique}
            yield self._object(
                "attack-pattern",
                technique,
                name=technique,
                external_references=[reference],
                created_by_ref=self.finder["id"],
            )

    def _sighting(self, sighting: Document, seen: str) -> Document:
        times: dict[str, Any] = {}
        if sighting["first"]:
            times = {"first_seen": _moment(sighting["first"]), "last_seen": _moment(sighting["last"])}
        told = {"description": sighting["title"]} if sighting["kind"] == "detection" else {}
        places = sorted(f"{one['sha256']} {one['locator']}" for one in sighting["evidence"])
        return self._object(
            "sighting",
            json.dumps([seen, sighting["rule"], sighting["field"], places, times]),
            sighting_of_ref=seen,
            count=min(sighting["count"], 999_999_999),
            confidence=sighting["confidence"],
            where_sighted_refs=[self.finder["id"]],
            created_by_ref=self.finder["id"],
            **times,
            **told,
        )

    def _object(self, kind: str, content: str, **more: Any) -> Document:  # noqa: ANN401
        return {
            "type": kind,
            "spec_version": SPEC,
            "id": _id(kind, content),
            "created": self.made,
            "modified": self.made,
            "object_marking_refs": [self.marking["id"]],
            **more,
        }


def _pattern_of(sighting: Mapping[str, Any]) -> str:
    """Pattern of the indicator that was met; empty where it was none, or has none."""
    kind, _space, value = sighting["rule"].partition(" ")
    if sighting["kind"] not in {"indicator", "package"} or kind not in PATTERNS:
        return ""
    if kind in {"package", "package_alias"}:
        value = value.partition("/")[2] or value
    return PATTERNS[kind].format(value=_quoted(value), ending=_quoted(f"%{value}"))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _id(kind: str, *content: str) -> str:
    """Id made of content; in the form of version 4, which STIX recommends for these objects."""
    digest = hashlib.sha256(json.dumps(["bongsu", kind, *content]).encode()).digest()
    return f"{kind}--{uuid.UUID(bytes=digest[:16], version=4)}"


def _moment(text: str) -> str:
    """Time as STIX writes it: UTC, milliseconds."""
    return datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
