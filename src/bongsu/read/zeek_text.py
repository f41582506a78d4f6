"""Rows of Zeek's tab-separated logs, which may have several blocks of headers in one file."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import pyarrow as pa

from bongsu.kernel.split_line import BARE, Style
from bongsu.read.coded_text import made_once, words_and_codes
from bongsu.read.header_block import Desks, header_rows
from bongsu.read.line_cut import Cut
from bongsu.read.log_rows import Columns, Rows
from bongsu.read.split_rows import marked_columns

_ESCAPE = re.compile(rb"\\x([0-9a-fA-F]{2})|\\\\")
_SETS = ("set[", "vector[")
_BOOLEANS = {"T": "true", "F": "false"}


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
    desks = Desks()

    def rows_of(block: Cut, header: Header, before: int) -> Iterator[Rows]:
        for rows in desks.rows(block, header.fields, _style(header), before):
            yield rows._replace(columns=_columns(rows.columns, marked_columns(desks.desk), header))

    for header, rows in header_rows(file, Header(), _read_header, rows_of):
        yield header.path, rows


def _style(header: Header) -> Style:
    separator, unset = header.separator.encode(), header.unset.encode()
    return Style(separator[0], False, BARE, len(header.fields), unset[0] if len(unset) == 1 else 0)


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


def _columns(columns: Columns, marked: set[int], header: Header) -> Columns:
    found = dict(columns)
    for place, name in enumerate(header.fields):
        kind = header.types[place] if place < len(header.types) else "string"
        special = place in marked or kind == "bool" or kind.startswith(_SETS) or len(header.unset) > 1
        if name in columns and (special or header.empty in columns[name].dictionary.to_pylist()):
            found[name] = _spelled(columns[name], kind, header)
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
