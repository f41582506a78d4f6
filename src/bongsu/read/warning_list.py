"""A user's own warning lists against false alarms: MISP's JSON, or a value a line."""

import io
import json
from pathlib import Path
from typing import NamedTuple

from bongsu.model.text import _
from bongsu.read.raw import Fault
from bongsu.read.sniff import Source, read_head

MOST_BYTES = 256 * 1024 * 1024
"""Size of one list."""
_WORDS = {"cidr": "ip", "hostname": "domain", "string": "", "substring": "domain"}


class WarningFile(NamedTuple):
    """One list as its file has it."""

    name: str
    rows: list[tuple[str, str]]
    """Word for the kind of value, or nothing; the value. One that begins with a dot: all below it too."""
    faults: list[Fault]


def read_warning_list(path: Path) -> WarningFile:
    """Values of a list; what cannot be used is a fault.

    MISP's `hostname` lists warn of a name and all below it, `string` lists of the value itself; lists of
    patterns (`regex`) are not used.

    Raises:
        InputError: When the file cannot be read.
    """
    with Source(path) as source:
        data = io.BufferedReader(source).read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return WarningFile(path.name, [], [(1, "too_large", _("the list has more than 256 MiB"))])
    text = data.decode("utf-8-sig", errors="replace")
    if read_head(path).lstrip()[:1] == b"{":
        return _of_misp(path.name, text)
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return WarningFile(path.name, [("", line) for line in lines if line], [])


def _of_misp(name: str, text: str) -> WarningFile:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        return WarningFile(name, [], [(1, "bad_json", _("it is not JSON: {why}").format(why=error))])
    kind, values = str(found.get("type", "")), found.get("list")
    title = str(found.get("name") or name)
    if kind not in _WORDS or not isinstance(values, list):
        why = _("lists of the type {kind} are not used").format(kind=kind or "?")
        return WarningFile(title, [], [(1, "unknown_list", why)])
    texts = [value for value in values if isinstance(value, str)]
    dot = "." if kind in {"hostname", "substring"} else ""
    faults = [(1, "bad_value", _("the list has values that are no text"))] if len(texts) < len(values) else []
    rows = [(_WORDS[kind], dot + value.lstrip(".")) for value in texts]
    return WarningFile(title, rows, faults)
