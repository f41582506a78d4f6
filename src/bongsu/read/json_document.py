"""One JSON document of a file, whole; too large or broken ones say so, parts of another type are left out."""

import io
import json
from pathlib import Path
from typing import Any

from bongsu.errors import FormatError
from bongsu.model.text import _
from bongsu.read.sniff import Source

MOST_BYTES = 512 * 1024 * 1024
"""Size of one document."""


def read_json(path: Path) -> Any:  # noqa: ANN401
    """What the file holds.

    Raises:
        InputError: When the file cannot be read.
        FormatError: When it is larger than MOST_BYTES, or no JSON.
    """
    with Source(path) as source:
        data = io.BufferedReader(source).read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FormatError(
            _("Cannot read {path}: it is one JSON document of more than 512 MiB.").format(path=path),
            hint=_("Export it in several files."),
        )
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        why = source.failure or error
        raise FormatError(
            _("Cannot read {path}: it is not JSON: {why}.").format(path=path, why=why),
            hint=_("Copy or download the file again and compare its size with the original."),
        ) from error


def objects_of(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """The objects of a list; none of anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
