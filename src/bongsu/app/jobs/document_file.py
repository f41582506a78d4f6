"""A document of Bongsu in a file, read back."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from bongsu.errors import FormatError, InputError
from bongsu.model.text import _


class Wanted(NamedTuple):
    """Which document, and what to say of a file that is none."""

    schema: str
    refusal: str
    """Sentence with {path}."""
    hint: str


def read_document_file(path: Path, wanted: Wanted) -> dict[str, Any]:
    """Document of a file.

    Raises:
        InputError: When the file cannot be read.
        FormatError: When it is no document of the schema.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(_("Cannot read {path}: {why}.").format(path=path, why=error.strerror)) from error
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("schema") != wanted.schema:
        raise FormatError(wanted.refusal.format(path=path), hint=wanted.hint)
    return found
