"""Mail: EML files and mbox.

Source: RFC 5322, RFC 2045 to 2049; mbox with quoted "From " lines (RFC 4155 and the form that counts quotes).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.text import _
from bongsu.read.mail_box import is_box, letters_of
from bongsu.read.mail_row import COLUMNS, KNOWN, body_row, header_row, row_of
from bongsu.read.mime import parts_of, split_mail
from bongsu.read.raw import Fault, reject_table

STREAM = LogStream("mail", "", "email")
Found = tuple[int, dict[str, str], list[Fault]]
"""Line of a mail, its values (empty: it is none), and what could not be read."""
_FIRST = re.compile(rb"[!-9;-~]{1,80}[ \t]*:[^\r\n]*\r?\n")
_STATED = re.compile(
    rb"(?m)^(from|to|subject|date|message-id|received|return-path|mime-version):", re.IGNORECASE
)
_ENOUGH = 3


def sniff(head: bytes) -> bool:
    """Whether the head is that of a mail or of an mbox."""
    body = head.partition(b"\n")[2] if is_box(head) else head
    if not _FIRST.match(body):
        return False
    top = re.split(rb"\r?\n\r?\n", body, maxsplit=1)[0]
    stated = {name.lower() for name in _STATED.findall(top)}
    return len(stated) >= _ENOUGH and bool(stated & {b"from", b"received"})


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the mails in the order of the file; the locator is the line that a mail begins at."""
    return mail_batches(_found(file), batch_rows)


def mail_batches(found: Iterable[Found], batch_rows: int) -> Iterator[LogBatch]:
    """Batches of mails and of what could not be read."""
    source = iter(found)
    while part := list(islice(source, batch_rows)):
        kept = [(line, row_of(values)) for line, values, _faults in part if values]
        columns = {
            name: pa.array([row[place] for _line, row in kept], pa.string())
            for place, name in enumerate(COLUMNS)
        }
        columns["locator"] = pa.array([line for line, _row in kept], pa.int64())
        faults = [fault for _line, _values, faults in part for fault in faults]
        yield LogBatch(STREAM, pa.table(columns), reject_table(faults))


def _found(file: BinaryIO) -> Iterator[Found]:
    for letter in letters_of(file):
        values, faults = mail_of(letter.raw, letter.line)
        if not letter.whole:
            message = _("the mail is too large; what stands behind its first part was not read")
            faults.append((letter.line, "too_large", message))
        yield letter.line, values, faults


def mail_of(raw: bytes, line: int) -> tuple[dict[str, str], list[Fault]]:
    """Values of one mail by column, and what could not be read; no values: it is none."""
    headers, body = split_mail(raw)
    if not KNOWN & headers.keys():
        return {}, [(line, "no_headers", _("it has none of the headers that a mail has"))]
    values, whole = body_row(parts_of(headers, body))
    message = _("a part of the mail is damaged; its hash and links are of what could be decoded")
    faults = [] if whole else [(line, "bad_part", message)]
    return header_row(headers) | values, faults
