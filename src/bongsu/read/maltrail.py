r"""Lists of indicators, one a line, as maltrail and signature-base write them, or plain ones.

`#` begins a comment; `# Reference: URL` holds for the values after it, up to the next comment. A value may
have a port (`host:8080`), or be followed by `;` or blanks and a note; a number there is a confidence. Lines
with backslashes are patterns of file names.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.indicator_row import PART_ROWS, RAW, IndicatorRows
from bongsu.read.sniff import Source

__all__ = ["RAW", "read", "sniff"]

_REFERENCE = re.compile(r"#\s*(?:References?|Ref)\s*:\s*(.+)", re.IGNORECASE)
_ALIASES = re.compile(r"#\s*Aliases\s*:\s*(.+)", re.IGNORECASE)
_PORT = re.compile(r"([^/:\s]+):(\d{1,5})")
_HASH = re.compile(r"[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}")
_VALUE = re.compile(r"/\S+|[^\s#;,]*[A-Za-z0-9](?:\[?\.\]?)[A-Za-z0-9][^\s;]*|hxxps?:\S+|.*\\\\.*")
_ACTOR = re.compile(r"(?:apt|android|osx)_(\w+)")
_REFERENCES = 3
_LONGEST = 4096


class _Line(NamedTuple):
    """A line that is no comment."""

    value: str
    ports: str
    note: str


def sniff(path: Path, head: bytes) -> bool:
    """Whether most lines that are no comments look like values."""
    if b"\0" in head[:4096] or head.lstrip()[:1] in {b"{", b"[", b"<"}:
        return False
    lines = [line.strip() for line in head.decode("utf-8-sig", errors="replace").splitlines()[:200]]
    stated = [line for line in lines if line and not line.startswith("#")]
    fitting = [line for line in stated if _fits(line)]
    return bool(stated) and 2 * len(fitting) > len(stated)


def read(path: Path, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
    """Batches of raw rows; the locator is the line. A file named `apt_X` names the actor of its rows."""
    name = path.name.partition(".")[0]
    actor = _ACTOR.fullmatch(name)
    told = {"cluster": actor[1] if actor else "", "source": path.name, "context": name}
    rows, comment = IndicatorRows(), _Comments()
    with Source(path) as source:
        place = 0
        for place, raw in enumerate(io.BufferedReader(source), start=1):
            line = raw.decode("utf-8-sig", errors="replace").strip()
            if comment.take(line):
                continue
            _add(rows, place, line, told | comment.told(name))
            if len(rows) >= batch_rows:
                yield rows.batch()
        if source.failure:
            message = _("The file is cut off or damaged: {why}.").format(why=source.failure)
            rows.refuse(place + 1, "truncated_file", message)
    if len(rows):
        yield rows.batch()


class _Comments:
    """What comments say about the lines that follow."""

    def __init__(self) -> None:
        self.references: list[str] = []
        self.heading = ""
        self.aliases = ""
        self._used = False

    def take(self, line: str) -> bool:
        """Whether the line is blank or a comment."""
        if not line:
            self.heading = ""  # such as a copyright, which is not about the values
            return True
        if not line.startswith("#"):
            self._used = True
            return False
        if self._used:
            self.references, self.heading, self._used = [], "", False
        reference, aliases = _REFERENCE.match(line), _ALIASES.match(line)
        if reference:
            self.references.append(reference[1].strip())
        elif aliases:
            self.aliases = aliases[1].strip()
        else:
            self.heading = line.strip("# ")
        return True

    def told(self, name: str) -> dict[str, str]:
        """Columns that the comments fill."""
        found = {"reference": " ".join(self.references[:_REFERENCES])}
        return found | ({"context": f"{name}: {self.heading}"} if self.heading else {})


def _add(rows: IndicatorRows, place: int, line: str, told: dict[str, str]) -> None:
    if len(line) > _LONGEST:
        rows.refuse(place, "too_long", _("the line has more than {most} characters").format(most=_LONGEST))
        return
    stated = _split(line)
    kind = "file_name_regex" if "\\" in stated.value else ""
    row = told | {"type": kind, "value": stated.value, "ports": stated.ports}
    if stated.note.isdecimal() and int(stated.note) <= 100:
        row["confidence"] = stated.note
    elif stated.note:
        row["context"] = stated.note
    rows.add(place, row)


def _split(line: str) -> _Line:
    if "\\" in line:  # patterns of file names hold anything but the last semicolon
        value, _mark, note = line.rpartition(";") if ";" in line else (line, "", "")
        return _Line(value, "", note.strip())
    value, note, *_rest = [*re.split(r"\s*[;,]\s*|\s+#?\s*", line, maxsplit=1), ""]
    port = _PORT.fullmatch(value)
    return _Line(port[1], port[2], note) if port else _Line(value, "", note)


def _fits(line: str) -> bool:
    value = _split(line).value
    return bool(_HASH.fullmatch(value) or _VALUE.fullmatch(value))
