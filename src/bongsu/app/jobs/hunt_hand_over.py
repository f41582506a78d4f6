"""A hunt, handed on: wallets for `bongsu trace`, identifiers for `bongsu screen`, sightings as STIX."""

from pathlib import Path
from typing import Any

from bongsu.app.jobs.document_file import Wanted, read_document_file
from bongsu.app.jobs.hunt_document import SCHEMA
from bongsu.app.jobs.screen_dossier import make_folder
from bongsu.model.text import _
from bongsu.share.hunt_hand_over import write_hunt_hand_over
from bongsu.share.stix import count_left_out, sightings_bundle, write_bundle

STIX = "sightings.stix.json"
Document = dict[str, Any]


def hand_over(source: Path, folder: Path, *, recipient: str | None = None) -> Document:
    """Names of the files written, how many objects STIX has, and how many alerts have no form in it.

    Args:
        source: Document that `bongsu hunt --json` printed.
        folder: Where the files go.
        recipient: Id of the party that they are for; None keeps them on the owner's own disk.

    Raises:
        InputError: When the document cannot be read.
        FormatError: When it is no document of a hunt.
        ReleaseError: When the marking does not let them go to the recipient.
    """
    document = read_hunt(source)
    bundle = sightings_bundle(document, recipient=recipient)
    make_folder(folder)
    written = write_hunt_hand_over(document, folder, recipient=recipient)
    (folder / STIX).write_text(write_bundle(bundle), encoding="utf-8")
    return {
        "written": [*written, STIX],
        "stix_objects": len(bundle["objects"]),
        "not_in_stix": count_left_out(document),
    }


def read_hunt(path: Path) -> Document:
    """Document `bongsu.hunt/1` of a file.

    Raises:
        InputError: When the file cannot be read.
        FormatError: When it is no document of a hunt.
    """
    refusal = _("Cannot hand over {path}: it is no document of a hunt.")
    return read_document_file(
        path, Wanted(SCHEMA, refusal, _("Write one with `bongsu hunt PATH... --json`."))
    )
