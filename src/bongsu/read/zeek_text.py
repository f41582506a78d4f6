"""Rows of Zeek's tab-separated logs, which may have several blocks of headers in one file."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa

from bongsu.kernel.json_line import PLAIN
from bongsu.kernel.split_line import SplitDesk, Style, clear_split_desk, make_split_desk, split_lines
from bongsu.kernel.text_code import COLUMN, FORM
from bongsu.model.text import _
from bongsu.read.coded_text import coded_columns, made_once, words_and_codes
from bongsu.read.line_cut import Cut, read_cuts
from bongsu.read.log_rows import ROOM, Columns, Rows, refused, skipped_lines

Array = np.ndarray[Any, Any]
_HEADER = re.compile(rb"^#.*\n?", re.MULTILINE)
_ESCAPE = re.compile(rb"\\x([0-9a-fA-F]{2})|\\\\")
_SETS = ("set[", "vector[")
_BOOLEANS = {"T": "true", "F": "false"}
_SHOWN = 60


class Header(NamedTuple):
    """What the header lines before some rows say."""

    path: str = ""
    fields: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    separator: str = "\t"
    set_separator: str = ","
    empty: str = "(empty)"
    unset: str = "-"


def zeek_text_rows(file: BinaryIO) -> Iterator[tuple[str, Rows]]:
    """Events of a tab-separated log, each part with its `#path`."""
    header, before = Header(), 0
    desks: dict[int, SplitDesk] = {}
    for cut in read_cuts(file, mend="backslashreplace"):
        before, faults = skipped_lines(before, cut)
        text = cut.data[: cut.stop].tobytes()
        for start, stop, lines, stated in _blocks(text, header):
            header = stated
            block = Cut(cut.data[start:], stop - start, 0)
            for rows in _block_rows(block, header, desks, before + lines):
                yield header.path, rows._replace(faults=faults + rows.faults)
                faults = []
        before += text.count(b"\n")
        if faults:
            yield header.path, Rows({}, np.zeros(0, dtype=np.int64), faults)


def _blocks(text: bytes, header: Header) -> Iterator[tuple[int, int, int, Header]]:
    """First byte, the one after the last, lines before and header of each run; the last may be empty."""
    start, lines = 0, 0
    for found in _HEADER.finditer(text):
        if found.start() > start:
            yield start, found.start(), lines, header
            lines += text.count(b"\n", start, found.start())
        header = _read_header(found.group().rstrip(b"\r\n").decode(), header)
        start, lines = found.end(), lines + 1
    yield start, len(text), lines, header


def _read_header(line: str, header: Header) -> Header:
    if line.startswith("#separator"):
        return Header(separator=_plain(line.partition(" ")[2]) or "\t")
    name, _separator, value = line[1:].partition(header.separator)
    if not value:
        return header
    words = tuple(value.split(header.separator))
    stated: dict[str, Header] = {
        "fields": header._replace(fields=words, types=()),
        "types": header._replace(types=words),
        "path": header._replace(path=value),
        "set_separator": header._replace(set_separator=value),
        "empty_field": header._replace(empty=value),
        "unset_field": header._replace(unset=value),
    }
    return stated.get(name, header)


def _block_rows(block: Cut, header: Header, desks: dict[int, SplitDesk], before: int) -> Iterator[Rows]:
    width = len(header.fields)
    if not block.stop:
        return
    if not width or len(header.separator.encode()) != 1:
        message = _("no header says what the fields of the lines from here on are")
        yield Rows({}, np.zeros(0, dtype=np.int64), [(before + 1, "no_header", message)])
        return
    if width not in desks:
        desks.clear()
        desks[width] = make_split_desk(ROOM._replace(columns=width))
    desk, unset = desks[width], header.unset.encode()
    style = Style(ord(header.separator), False, False, width, unset[0] if len(unset) == 1 else 0)
    desk.state[0], desk.state[2] = 0, 0
    while desk.state[0] < block.stop:
        clear_split_desk(desk)
        split_lines(block.data, block.stop, desk, style)
        faults = refused(block, desk.bad[: desk.state[3]], before, lambda line: _why(line, header))
        yield Rows(_columns(block.data, desk, header), desk.row[: desk.state[1]] + before + 1, faults)


def _why(line: bytes, header: Header) -> str:
    count = line.count(header.separator.encode()) + 1
    return _("the line has {count} fields, not {width}: {text}").format(
        count=count, width=len(header.fields), text=line[:_SHOWN].decode(errors="replace")
    )


def _columns(data: Array, desk: SplitDesk, header: Header) -> Columns:
    entries = desk.coder.entry[: desk.coder.total]
    marked = set(entries[entries[:, FORM] != PLAIN, COLUMN].tolist())
    found = {}
    for place, column in coded_columns(data, desk.coder, int(desk.state[1])).items():
        kind = header.types[place] if place < len(header.types) else "string"
        special = place in marked or kind == "bool" or header.empty in column.dictionary.to_pylist()
        special = special or kind.startswith(_SETS) or len(header.unset) > 1
        found[header.fields[place]] = _spelled(column, kind, header) if special else column
    return found


def _spelled(column: pa.DictionaryArray, kind: str, header: Header) -> pa.DictionaryArray:
    codes, words = words_and_codes(column)
    texts = [_meant(word, kind, header) for word in words.to_pylist()]
    return made_once(codes, pa.array(texts, pa.string()))


def _meant(word: str, kind: str, header: Header) -> str | None:
    if word == header.unset:
        return None
    if word == header.empty:
        return ""
    if kind == "bool":
        return _BOOLEANS.get(word, word)
    if kind.startswith(_SETS) and header.set_separator != ",":
        word = word.replace(header.set_separator, ",")
    return _plain(word) if "\\" in word else word


def _plain(word: str) -> str:
    """The word without Zeek's escapes; bytes that are not UTF-8 stay escapes."""
    made = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]) if found[1] else b"\\", word.encode())
    return made.decode(errors="backslashreplace")
