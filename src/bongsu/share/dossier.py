"""Dossiers of a screening as files: one JSON and one HTML for each person and each network.

A dossier holds what one decision needs and nothing of other people but ids. It carries the day it was made,
so that it can be removed when the law or the owner says so.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bongsu.model.text import _, current_language, translation_notice
from bongsu.share.page import page_environment
from bongsu.share.release import read_marking, require_release
from bongsu.share.report_browser import template_text

SCHEMA = "bongsu.dossier/1"
OWNER_ONLY = 0o600
"""Rights of the files: nobody else on the machine reads them."""
Document = dict[str, Any]
_PREFIX = "bongsu-dossier-"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def dossiers(document: Document) -> Iterator[tuple[str, Document]]:
    """Name and content of each dossier of a document `bongsu.screen/1`."""
    header = {key: document[key] for key in ("made", "marking", "method", "limits", "duties")}
    for one in document["referrals"]:
        yield person_name(one["subject"]), {"schema": SCHEMA, **header, "person": one}
    for one in document["networks"]:
        yield _PREFIX + network_name(one), {"schema": SCHEMA, **header, "network": one}


def network_name(network: Document) -> str:
    """Name of a network: the same people and things give the same one."""
    what = json.dumps([network["referred"], network["things"]], sort_keys=True)
    return f"network-{hashlib.sha256(what.encode()).hexdigest()[:8]}"


def person_name(subject: str) -> str:
    """File name of a person's dossier, without its ending; an id may hold signs that no file name may."""
    shown = re.sub(r"[^a-z0-9]+", "-", subject.casefold())[:20].strip("-")
    mark = hashlib.sha256(subject.encode()).hexdigest()[:8]
    return f"{_PREFIX}person-{shown}-{mark}".replace("--", "-")


def write_dossiers(document: Document, folder: Path, *, recipient: str | None) -> list[str]:
    """Names of the files written to the folder; one of the same name is replaced.

    Args:
        document: Schema bongsu.screen/1.
        folder: Where they go; it is there.
        recipient: Id of the party that they are for; None keeps them on the owner's own disk.

    Raises:
        ReleaseError: When the marking does not let them go to the recipient.
        MissingExtraError: When the extra `report` is not installed.
    """
    require_release(read_marking(document), recipient)
    return [name for base, content in dossiers(document) for name in _write(folder / base, content)]


def rewrite_dossier(path: Path, more: Document) -> list[str]:
    """Names of the files of a dossier on the owner's disk, written anew with more; none where it is gone.

    Args:
        path: Its JSON file.
        more: Keys and what stands under them; those that are there are replaced.

    Raises:
        MissingExtraError: When the extra `report` is not installed.
    """
    found = {name: content for name, content in read_dossiers(path.parent) if name == path}
    return [name for content in found.values() for name in _write(path.with_suffix(""), content | more)]


def _write(base: Path, content: Document) -> list[str]:
    """Names of the two files of a dossier."""
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    bodies = {".json": text, ".html": render_dossier(content)}
    for suffix, body in bodies.items():
        path = base.with_name(base.name + suffix)
        path.touch(mode=OWNER_ONLY)
        path.chmod(OWNER_ONLY)
        path.write_text(body, encoding="utf-8")
    return [f"{base.name}{suffix}" for suffix in bodies]


def render_dossier(content: Document) -> str:
    """A dossier as one HTML page without scripts; the same content gives the same bytes.

    Raises:
        ReleaseError: When it has no marking that could be shown.
        MissingExtraError: When the extra `report` is not installed.
    """
    marking = read_marking(content)
    page = page_environment().get_template("dossier.html")
    return (
        page.render(
            language=current_language(),
            translation_notice=translation_notice(),
            content_policy=_POLICY,
            style=template_text("report.css"),
            tlp=marking.tlp.label,
            tlp_class=marking.tlp.name.lower().replace("_", "-"),
            releasable_to=None if marking.releasable_to is None else sorted(marking.releasable_to),
            person=content.get("person"),
            network=content.get("network"),
            limits=content["limits"],
            duties=_by_phase(content["duties"]),
            made=content["made"],
            decisions=content.get("decisions", []),
            outcomes=_outcomes(),
        )
        + "\n"
    )


def _outcomes() -> dict[str, str]:
    return {
        "adverse": _("decided against the person"),
        "cleared": _("cleared"),
        "more_evidence": _("more evidence is needed"),
        "waits": _("appeal"),
    }


def _by_phase(duties: list[Document]) -> dict[str, list[Document]]:
    """Duties by when they come, whatever country they are of, in words."""
    names = {
        "before_decision": _("Before you decide"),
        "after_decision": _("After a decision against the person"),
        "sanctions": _("If a sanction may be met"),
        "report": _("Whom else to tell"),
        "victim": _("What is owed to the one whose identity was used"),
    }
    forces = {"must": _("must"), "must_not": _("must not"), "may": _("may")}
    told = [one | {"force": forces[one["force"]]} for one in duties]
    found = {name: [one for one in told if one["phase"] == phase] for phase, name in names.items()}
    return {name: rows for name, rows in found.items() if rows}


def read_dossiers(folder: Path) -> Iterator[tuple[Path, Document]]:
    """Path and content of each dossier of a folder, by name; what is none is passed over."""
    for path in sorted(folder.glob(f"{_PREFIX}*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        if isinstance(content, dict) and content.get("schema") == SCHEMA:
            yield path, content


def purge_dossiers(folder: Path, before: datetime, spare: frozenset[str] = frozenset()) -> list[str]:
    """Names of the files removed: dossiers made before a time, JSON and HTML; other files are left.

    Args:
        folder: Folder of dossiers.
        before: Younger ones are left.
        spare: Names of dossiers, without endings, that are left whatever their age.
    """
    removed = []
    for path in sorted(folder.glob(f"{_PREFIX}*.json")):
        made = _made(path)
        if made is None or made >= before or path.stem in spare:
            continue
        for one in (path, path.with_suffix(".html")):
            if one.exists():
                one.unlink()
                removed.append(one.name)
    return removed


def _made(path: Path) -> datetime | None:
    """When a dossier was made; None where the file is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return datetime.fromisoformat(content["made"]) if content["schema"] == SCHEMA else None
    except (ValueError, KeyError, TypeError):
        return None
