"""Mails that Outlook saved as MSG: their transport headers, texts and attachments.

Source: Microsoft, [MS-OXMSG] and [MS-OXPROPS] (properties 007D, 1000, 1013, 3701, 3707). A mail that was
never sent has no transport headers: sender, subject and identifier are then those that Outlook keeps.
"""

import re
import struct
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, BinaryIO

from bongsu.model.extra import load_extra
from bongsu.model.log import LogBatch
from bongsu.model.text import _
from bongsu.read.mail import Found, mail_batches
from bongsu.read.mail_row import KNOWN, body_row, header_row
from bongsu.read.mime import MOST_PARTS, Part, split_mail

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAME = "__substg1.0_"
_MARKS = (_NAME.encode("utf-16-le"), "__properties_version1.0".encode("utf-16-le"))
_ATTACHED = "__attach_version1.0_"
_HEADERS, _TEXT, _HTML, _FILE, _LONG_NAME, _SHORT_NAME = "007D", "1000", "1013", "3701", "3707", "3704"
_KEPT = {"subject": "0037", "from": "5D01", "message-id": "1035"}
_MOST_BYTES = 64 * 1024 * 1024


def sniff(head: bytes) -> bool:
    """Whether the head is that of an MSG file; other OLE files have none of the names of its streams."""
    return head.startswith(_MAGIC) and (any(mark in head for mark in _MARKS) or _is_named(head))


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """One batch with the mail, or with the reason why it was not read; the locator is 1."""
    return mail_batches(_found(file), batch_rows)


def _is_named(head: bytes) -> bool:
    """Whether the head reaches the directory, and its root has the class of a mail."""
    return bytes.fromhex("0b0d020000000000c000000000000046") in head


def _found(file: BinaryIO) -> Iterator[Found]:
    if find_spec("olefile") is None:
        message = _("an Outlook file was not searched: the package olefile is not installed")
        yield 1, {}, [(1, "not_searched", message)]
        return
    try:
        values = _values(load_extra("olefile", "hunt").OleFileIO(file))
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        struct.error,
        RecursionError,
    ) as error:
        values, why = {}, " ".join(str(error).split())[:200]
    else:
        why = _("it holds no mail")
    message = _("the Outlook file cannot be read: {why}")
    yield 1, values, [] if values else [(1, "bad_file", message.format(why=why))]


def _values(box: Any) -> dict[str, str]:  # noqa: ANN401
    """Values of the mail by column; none where no header is stated."""
    headers, _rest = split_mail(_text(box, [], _HEADERS).encode("utf-8", errors="replace") + b"\n\n")
    for name, code in _KEPT.items():
        if name not in headers and (kept := _text(box, [], code)):
            headers[name] = [" ".join(kept.split())]
    if not KNOWN & headers.keys():
        return {}
    found, _whole = body_row(_parts(box))
    return header_row(headers) | found


def _parts(box: Any) -> Iterator[Part]:  # noqa: ANN401
    yield Part("text/plain", "", _text(box, [], _TEXT).encode("utf-8", errors="replace"))
    html = _bytes(box, [f"{_NAME}{_HTML}0102"]) or _text(box, [], _HTML).encode("utf-8", errors="replace")
    if html:
        yield Part("text/html", "", html)
    folders = sorted({path[0] for path in box.listdir() if path[0].startswith(_ATTACHED)})
    for folder in folders[:MOST_PARTS]:
        name = _text(box, [folder], _LONG_NAME) or _text(box, [folder], _SHORT_NAME)
        yield Part("application/octet-stream", name[:400], _bytes(box, [folder, f"{_NAME}{_FILE}0102"]))


def _text(box: Any, folder: list[str], code: str) -> str:  # noqa: ANN401
    """Text of a property, in either of the two forms that it may have."""
    wide = _bytes(box, [*folder, f"{_NAME}{code}001F"])
    if wide:
        return wide.decode("utf-16-le", errors="replace").rstrip("\0")
    return re.sub("\0+$", "", _bytes(box, [*folder, f"{_NAME}{code}001E"]).decode("cp949", errors="replace"))


def _bytes(box: Any, path: list[str]) -> bytes:  # noqa: ANN401
    if not box.exists(path) or box.get_size(path) > _MOST_BYTES:
        return b""
    content: bytes = box.openstream(path).read(_MOST_BYTES)
    return content
