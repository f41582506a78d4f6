"""Rows of lines as coded columns, a pass of a kernel at a time, and what became of the other lines."""

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa

from bongsu.kernel.json_line import (
    KEY_FIRST,
    KEY_LENGTH,
    KEY_PARENT,
    TREE,
    Desk,
    clear_desk,
    make_desk,
    read_json_lines,
)
from bongsu.kernel.text_code import COLUMN, FORM, Coder, Room
from bongsu.model.text import _
from bongsu.read.coded_text import coded_columns, made_once, words_and_codes
from bongsu.read.line_cut import MOST_LINE_BYTES, Cut, read_cuts
from bongsu.read.raw import Fault

Array = np.ndarray[Any, Any]
Columns = dict[str, pa.DictionaryArray]
ROOM = Room(1024, 1 << 16, 1 << 17)
"""Fields, events and values of a pass. A single line with more fields is a reject."""
_SHOWN = 60


class Rows(NamedTuple):
    """Some events in the order of the file."""

    columns: Columns
    """Of type `LOG_COLUMN`, by name; each has a value in some row."""
    lines: Array
    """int64: line of each event, from 1."""
    faults: list[Fault]


def json_rows(file: BinaryIO) -> Iterator[Rows]:
    """Events of a file of JSON lines. Names of nested fields are joined with dots.

    Numbers stay the text that was written, lists of plain values become text with commas between; a list
    of objects stays JSON, and has a column for each of their fields besides: values with commas between.
    """
    desk, before = make_desk(Room(1, 1, 1)), 0
    for cut in read_cuts(file):
        room = room_for(cut.stop, ROOM.columns)
        desk = desk if has_room(desk.coder, room) else make_desk(room)
        before, faults = skipped_lines(before, cut)
        desk.state[0], desk.state[2] = 0, 0
        while desk.state[0] < cut.stop:
            clear_desk(desk)
            if not read_json_lines(cut.data, cut.stop, desk) and not desk.state[1] and not desk.state[3]:
                faults.append(_pass_over(cut, desk, before))
            faults += refused(cut, desk.bad[: desk.state[3]], before, _why)
            yield Rows(_columns(cut.data, desk), desk.row[: desk.state[1]] + before + 1, faults)
            faults = []
        before += int(desk.state[2])
        if faults:
            yield Rows({}, np.zeros(0, dtype=np.int64), faults)


def room_for(size: int, columns: int) -> Room:
    """Room for a pass over so many bytes: small files need little, and making room costs milliseconds."""
    return Room(columns, min(ROOM.rows, size + 1), min(ROOM.values, size + 1))


def has_room(coder: Coder, room: Room) -> bool:
    """Whether a coder has as much room and as many columns."""
    columns, rows = coder.cell.shape
    return bool(columns == room.columns and rows >= room.rows and len(coder.entry) >= room.values)


def skipped_lines(before: int, cut: Cut) -> tuple[int, list[Fault]]:
    """Lines before a cut, and the faults of those just before it that were too long to be read."""
    message = _("the line is longer than {count} bytes").format(count=MOST_LINE_BYTES)
    faults = [(before + 1 + number, "line_too_long", message) for number in range(cut.skipped)]
    return before + cut.skipped, faults


def refused(cut: Cut, bad: Array, before: int, why: Callable[[bytes], str]) -> list[Fault]:
    """Faults of lines that a kernel refused."""
    return [(before + 1 + int(line), "bad_line", why(line_at(cut, int(at)))) for line, at in bad]


def line_at(cut: Cut, at: int) -> bytes:
    """The line that begins at a place, without its end."""
    step, end = 4096, -1
    while end < 0:
        part = cut.data[at : min(at + step, cut.stop)].tobytes()
        end, step = part.find(b"\n"), step * 8
    return part[:end].removesuffix(b"\r")


def _pass_over(cut: Cut, desk: Desk, before: int) -> Fault:
    """Fault of the line at which a pass stands, for which there is no room; the pass goes on after it."""
    desk.state[0] += len(line_at(cut, int(desk.state[0]))) + 1
    if cut.data[desk.state[0] - 1] == 13:
        desk.state[0] += 1
    desk.state[2] += 1
    message = _("the event has more than {count} fields").format(count=ROOM.columns - 1)
    return before + int(desk.state[2]), "too_many_fields", message


def _why(line: bytes) -> str:
    shown = line[:_SHOWN].decode(errors="replace")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _("no JSON object: {why}: {text}").format(why=error, text=shown)
    if isinstance(found, dict):
        return _("objects stand too deep in one another: {text}").format(text=shown)
    return _("no JSON object: {text}").format(text=shown)


def _columns(data: Array, desk: Desk) -> Columns:
    rows = int(desk.state[1])
    if not rows:
        return {}
    names = _names(data, desk.keys)
    entries = desk.coder.entry[: desk.coder.total]
    trees = set(entries[entries[:, FORM] == TREE, COLUMN].tolist())
    found: Columns = {}
    for key, column in coded_columns(data, desk.coder, rows).items():
        made = _opened(names[key], column) if key in trees else {}
        for name, one in ({names[key]: column} | made).items():
            found[name] = either_column(found[name], one) if name in found else one
    return found


def _names(data: Array, keys: Array) -> list[str]:
    names = [""]
    for key in keys[1 : keys[0, KEY_FIRST]]:
        text = data[key[KEY_FIRST] : key[KEY_FIRST] + key[KEY_LENGTH]].tobytes().decode(errors="replace")
        if "\\" in text:
            text = _whole(json.loads(f'"{text}"'))
        names.append(f"{names[key[KEY_PARENT]]}.{text}" if key[KEY_PARENT] else text)
    return names


def either_column(one: pa.DictionaryArray, other: pa.DictionaryArray) -> pa.DictionaryArray:
    """Values of two columns of one name, the later one where both have one."""
    codes, words = words_and_codes(one)
    more, others = words_and_codes(other)
    joined = np.where(more >= 0, more + len(words), codes).astype(np.int32)
    return made_once(joined, pa.concat_arrays([words, others]))


def _opened(name: str, column: pa.DictionaryArray) -> Columns:
    """A column for each field of the objects that lists of a column hold."""
    codes, words = words_and_codes(column)
    found: dict[str, list[str | None]] = {}
    for number, word in enumerate(words.to_pylist()):
        for field, values in _fields_of_list(word).items():
            found.setdefault(field, [None] * len(words))[number] = ",".join(values)
    return {
        f"{name}.{field}": made_once(codes, pa.array(texts, pa.string())) for field, texts in found.items()
    }


def _fields_of_list(word: str) -> dict[str, list[str]]:
    try:
        items = json.loads(word, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return {}
    found: dict[str, list[str]] = {}
    for item in items if isinstance(items, list) else ():
        for field, value in item.items() if isinstance(item, dict) else ():
            if value is not None:
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                found.setdefault(_whole(field), []).append(_whole(text))
    return found


def _whole(text: str) -> str:
    """The text with a question mark for each half of a surrogate pair, which UTF-8 cannot say."""
    return text.encode(errors="replace").decode()
