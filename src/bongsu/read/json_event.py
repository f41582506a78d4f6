"""Objects of a JSON log: one a line, one after another, in a list, or in a list within an object.

Lists of any length are read element by element. What is not JSON is told with its place, and reading goes
on at the next line or element.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from io import TextIOWrapper
from typing import Any, BinaryIO, NamedTuple

from bongsu.model.extra import load_extra
from bongsu.model.text import _
from bongsu.read.log_line import Lines, read_lines

Pairs = dict[str, Any]
MOST_OBJECT = 16 * 1024 * 1024
"""Characters of one object that is not written in one line; a longer one is a reject."""
_PART = 1024 * 1024
_HEAD_OBJECTS = 20
_OPENED = re.compile(
    r"\ufeff?\s*(?:\{\s*(?:\"[^\"]{0,200}\"\s*:\s*(?:\"[^\"]{0,2000}\"|[-0-9.eE+]{1,40}|null|true|false)\s*,\s*){0,9}"
    r"\"(?:Records|records|value|items|events|results|logs|hits)\"\s*:\s*)?\[\s*(?=\{|\])"
)
"""Start of a list of objects, or of an object that holds one, as paged APIs and CloudTrail files are."""
_BETWEEN = re.compile(r"[\s,\x1e\ufeff]*")
_NEXT = re.compile(r"(?:[,\]}]\s{0,8}|\n[ \t\r]{0,64})\{")
_decoder = json.JSONDecoder()


class JsonEvent(NamedTuple):
    """An object, or why there is none."""

    place: int
    """Line, or element of a list, from 1."""
    value: Pairs
    why: str
    size: int
    """Bytes, about."""


@lru_cache(maxsize=2)
def head_objects(head: bytes) -> list[Pairs]:
    """Some of the first objects in the head of a file; none where it does not begin as JSON does.

    Every format of JSON looks at the same head in turn, so the last answers are kept: do not change them.
    """
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text[:1] not in {"{", "["}:
        return []
    found: list[Pairs] = []
    opened = _OPENED.match(text)
    at = opened.end() if opened else 0
    while at < len(text) and len(found) < _HEAD_OBJECTS:
        try:
            value, at = _decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            beyond = text.find("\n{", at + 1)
            at = beyond + 1 if beyond >= 0 else len(text)
            continue
        if isinstance(value, dict):
            found.append(value)
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
    return found


def json_events(file: BinaryIO) -> Iterator[JsonEvent]:
    """Objects of a file in order."""
    head = file.read(64 * 1024)
    file.seek(0)
    if _is_lined(head):
        for part in read_lines(file):
            yield from _lined(part)
    else:
        yield from _listed(file)


def _is_lined(head: bytes) -> bool:
    """Whether each line is an object: the first is one, or at least the second begins one."""
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if _OPENED.match(text):
        return False
    first, newline, rest = text.partition("\n")
    if _several(first.rstrip()):
        return False
    return first.rstrip().endswith("}") or rest.lstrip(" \t")[:1] == "{" or not newline


def _several(line: str) -> bool:
    try:
        return _decoder.raw_decode(line)[1] < len(line)
    except (ValueError, RecursionError):
        return False


def _lined(part: Lines) -> Iterator[JsonEvent]:
    loads = load_extra("orjson", "hunt").loads
    for place, line in enumerate(part.lines, start=part.first):
        if not line or line.isspace():
            continue
        if place in part.too_long:
            yield JsonEvent(place, {}, _("the line is too long"), len(line))
            continue
        try:
            value = loads(line)
        except ValueError:
            value = _lenient(line)
        if type(value) is dict:
            yield JsonEvent(place, value, "", len(line))
        else:
            yield JsonEvent(place, {}, _("the line is not a JSON object"), len(line))


def _lenient(line: bytes) -> Any:  # noqa: ANN401
    """What the line holds where only the strict parser minds it: half characters, bytes that are not text."""
    try:
        return json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def _listed(file: BinaryIO) -> Iterator[JsonEvent]:
    source = TextIOWrapper(file, "utf-8", errors="replace", newline="")
    try:
        yield from _elements(source)
    finally:
        source.detach()


def _elements(source: TextIOWrapper) -> Iterator[JsonEvent]:
    text = source.read(_PART)
    opened = _OPENED.match(text)
    at = opened.end() if opened else 0
    place, part, ended = 0, _PART, len(text) < _PART
    while True:
        at = _after(text, at)
        if at == len(text) and ended:
            return
        value, end, partial = _element(text, at)
        if partial and not ended and len(text) - at < MOST_OBJECT:
            more = source.read(part)
            ended = len(more) < part
            text, at, part = text[at:] + more, 0, min(part * 2, MOST_OBJECT)
            continue
        part = _PART
        place += 1
        why = "" if value is not None else _("the element is not a JSON object")
        yield JsonEvent(place, value or {}, why, end - at)
        at = end


def _after(text: str, at: int) -> int:
    """Where the next element begins; ends of lists and of objects around them are passed over."""
    while True:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        if text[at : at + 1] not in {"]", "}"}:
            return at
        at += 1


def _element(text: str, at: int) -> tuple[Pairs | None, int, bool]:
    """Object at a place, where it ends, and whether more text may complete it."""
    try:
        value, end = _decoder.raw_decode(text, at)
    except RecursionError:
        return None, _beyond(text, at), False
    except json.JSONDecodeError as error:
        partial = error.pos >= len(text) - 16 or error.msg.startswith("Unterminated")
        return None, _beyond(text, at), partial
    return (value if isinstance(value, dict) else None), end, end == len(text)


def _beyond(text: str, at: int) -> int:
    """Where the next object may begin after one that is broken."""
    found = _NEXT.search(text, at + 1)
    return found.end() - 1 if found else len(text)


def dotted(value: Pairs, depth: int = 8) -> Pairs:
    """Values by dotted name; of a list of objects, those of one name are put side by side."""
    flat: Pairs = {}
    _add_dotted(flat, value, "", depth)
    return flat


def _add_dotted(flat: Pairs, value: Pairs, prefix: str, depth: int) -> None:
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if type(inner) is dict and inner and depth > 0:
            _add_dotted(flat, inner, f"{name}.", depth - 1)
        elif type(inner) is list and depth > 0 and any(type(one) is dict for one in inner):
            flat.update(_side_by_side(inner, name, depth - 1))
        elif inner or type(inner) not in {type(None), dict, list}:
            flat[name] = inner


def _side_by_side(listed: list[Any], name: str, depth: int) -> Pairs:
    found: dict[str, list[Any]] = {}
    for one in listed:
        row: Pairs = {}
        if type(one) is dict:
            _add_dotted(row, one, f"{name}.", depth)
        else:
            row = {name: one}
        for inner, value in row.items():
            found.setdefault(inner, []).append(value)
    return {inner: values[0] if len(values) == 1 else values for inner, values in found.items()}
