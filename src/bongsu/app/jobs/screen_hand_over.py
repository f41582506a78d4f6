"""A screening, or dossiers of one, handed on: leads for `bongsu trace` and indicators for `bongsu hunt`."""

from pathlib import Path
from typing import Any

from bongsu.app.jobs.document_file import Wanted, read_document_file
from bongsu.app.jobs.screen_document import SCHEMA
from bongsu.app.jobs.screen_dossier import make_folder
from bongsu.errors import FormatError, InputError
from bongsu.model.marking import strictest
from bongsu.model.text import _
from bongsu.share.dossier import SCHEMA as DOSSIER_SCHEMA
from bongsu.share.dossier import read_dossiers
from bongsu.share.hand_over import handed_over, write_hand_over
from bongsu.share.release import read_marking

Document = dict[str, Any]


def hand_over(source: Path, folder: Path, *, recipient: str | None = None) -> Document:
    """Names of the files written, and how many identifiers each type has.

    Args:
        source: Document that `bongsu screen --json` printed, or a folder that it wrote dossiers to.
        folder: Where the files go.
        recipient: Id of the party that they are for; None keeps them on the owner's own disk.

    Raises:
        InputError: When there is nothing to hand over.
        FormatError: When the source is no document of a screening.
        ReleaseError: When the marking does not let them go to the recipient.
    """
    document = _from_folder(source) if source.is_dir() else _from_file(source)
    counts: dict[str, int] = {}
    for one in handed_over(document):
        counts[one["type"]] = counts.get(one["type"], 0) + 1
    if not counts:
        raise InputError(
            _("Cannot hand over anything of {path}: no case has an identifier that may leave.").format(
                path=source
            ),
            hint=_("Only what referred people have leaves; see docs/how-to/screen.md."),
        )
    make_folder(folder)
    return {"written": write_hand_over(document, folder, recipient=recipient), "identifiers": counts}


def _from_file(path: Path) -> Document:
    refusal = _("Cannot hand over {path}: it is no document of a screening.")
    hint = _("Write one with `bongsu screen FILE... --json`, or name a folder of dossiers.")
    return read_document_file(path, Wanted(SCHEMA, refusal, hint))


def _from_folder(folder: Path) -> Document:
    """Dossiers put together in the form of a document, with the strictest of their markings.

    Of those whom a person cleared nothing is handed over.
    """
    contents = [one for _path, one in read_dossiers(folder)]
    if not contents:
        raise FormatError(
            _("Cannot hand over {path}: it has no dossier, schema {schema}.").format(
                path=folder, schema=DOSSIER_SCHEMA
            ),
            hint=_("Write dossiers with `bongsu screen FILE... --into FOLDER`."),
        )
    marking = strictest(read_marking(one) for one in contents)
    allowed = None if marking.releasable_to is None else sorted(marking.releasable_to)
    return {
        "schema": SCHEMA,
        "made": max(one["made"] for one in contents),
        "marking": {"tlp": marking.tlp.label, "releasable_to": allowed},
        "referrals": [one["person"] for one in contents if "person" in one and not _is_cleared(one)],
        "networks": [one["network"] for one in contents if "network" in one],
    }


def _is_cleared(dossier: Document) -> bool:
    decisions = [one for one in dossier.get("decisions", []) if one["kind"] == "decision"]
    return bool(decisions) and decisions[-1]["outcome"] == "cleared"
