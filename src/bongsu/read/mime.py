"""Headers and parts of one mail, within bounds: a damaged or hostile one costs no more than a large one.

The parser of the standard library reads bodies line by line; this one cuts them at their boundaries.
"""

import binascii
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import NamedTuple

MOST_PARTS = 200
MOST_DEPTH = 8
MOST_HEADER_BYTES = 1024 * 1024
_LONGEST_FIELD, _LONGEST_WORDS = 4000, 20_000
"""Characters of a value that are taken apart; the standard library takes the square of them in steps."""
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*(.*)")
_BOUNDARY = re.compile(r'boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))', re.IGNORECASE)

Headers = dict[str, list[str]]
"""Values of each field by its name in lower case, in the order of the mail, unfolded, not decoded."""


class Part(NamedTuple):
    """A part that holds no others."""

    kind: str
    """Media type in lower case."""
    name: str
    """Name of the file that it says it is; empty: none."""
    body: bytes
    """Decoded."""
    whole: bool = True
    """False: its encoding is damaged, and the body is what could be decoded."""


def split_mail(raw: bytes) -> tuple[Headers, bytes]:
    """Headers of a mail, and its body."""
    if raw[:1] in b"\r\n":
        return {}, raw
    ends = [(raw.find(mark, 0, MOST_HEADER_BYTES), len(mark)) for mark in (b"\n\n", b"\n\r\n")]
    at, length = min((end for end in ends if end[0] >= 0), default=(len(raw[:MOST_HEADER_BYTES]), 0))
    head, body = raw[:at], raw[at + length :] if length else b""
    found: Headers = {}
    for line in _FOLD.sub(b"", head).split(b"\n"):
        if field := _FIELD.match(line):
            name = field[1].decode("ascii").lower()
            found.setdefault(name, []).append(text_of(field[2].rstrip(b"\r")))
    return found, body


def text_of(raw: bytes) -> str:
    """Text of bytes that state no character set: UTF-8, else what Korean mail was written in."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp949")
    except UnicodeDecodeError:
        return raw.decode("utf-8", errors="replace")


def decoded(value: str) -> str:
    """The value with its encoded words decoded, in one line; one that cannot be decoded stays as it is."""
    if "=?" in value:
        value = value[:_LONGEST_WORDS]
        try:
            words = decode_header(value)
            plain = "".join(
                word if isinstance(word, str) else word.decode(charset or "ascii", errors="replace")
                for word, charset in words
            )
            value = plain or value
        except (HeaderParseError, LookupError, ValueError):
            pass
    return " ".join(value.split())


def parts_of(headers: Headers, body: bytes) -> Iterator[Part]:
    """Parts of a mail that hold no others, in its order; a mail within a mail is gone into."""
    waiting, count = [(headers, body, 0)], 0
    while waiting and count < MOST_PARTS:
        headers, body, depth = waiting.pop()
        count += 1
        kind = _kind(headers)
        if kind.startswith("multipart/") and depth < MOST_DEPTH:
            inner = _pieces(headers["content-type"][0], body)
            waiting += [(*split_mail(_headed(one)), depth + 1) for one in reversed(inner)]
            continue
        whole, content = _content(headers, body)
        yield Part(kind, _file_name(headers), content, whole)
        if kind == "message/rfc822" and depth < MOST_DEPTH:
            waiting.append((*split_mail(content.lstrip()), depth + 1))


def _headed(piece: bytes) -> bytes:
    """The piece as a mail; one that begins with an empty line has no headers, and is text."""
    return b"Content-Type: text/plain\n\n" + piece.lstrip(b"\r\n") if piece[:1] in b"\r\n" else piece


def _kind(headers: Headers) -> str:
    stated = headers.get("content-type", ["text/plain"])[0].partition(";")[0].strip().lower()
    return stated if "/" in stated else "text/plain"


def _pieces(content_type: str, body: bytes) -> list[bytes]:
    """Bodies between the boundaries; all of it where no boundary is stated or met."""
    met = _BOUNDARY.search(content_type)
    boundary = (met[1] or met[2] or "").encode("utf-8", errors="replace") if met else b""
    if not boundary:
        return [body]
    found, start = list[bytes](), None
    for begin, end, last in _boundaries(body, b"--" + boundary):
        if start is not None:
            found.append(body[start:begin].removesuffix(b"\n").removesuffix(b"\r"))
        start = None if last else end
        if len(found) >= MOST_PARTS:
            break
    if start is not None:
        found.append(body[start:])
    return found or [body]


def _boundaries(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Begin and end of each line that is a boundary, and whether it says that it is the last."""
    at = -1
    while (at := body.find(mark, at + 1)) >= 0:
        end = body.find(b"\n", at + len(mark))
        end = len(body) if end < 0 else end + 1
        rest = body[at + len(mark) : min(end, at + len(mark) + 80)].strip()
        if (at == 0 or body[at - 1 : at] == b"\n") and rest in {b"", b"--"}:
            yield at, end, rest == b"--"


def _content(headers: Headers, body: bytes) -> tuple[bool, bytes]:
    """Whether the encoding is whole, and the decoded body."""
    encoding = headers.get("content-transfer-encoding", [""])[0].strip().lower()
    if encoding == "quoted-printable":
        return True, binascii.a2b_qp(body)
    if encoding != "base64":
        return True, body
    try:
        return True, binascii.a2b_base64(body)
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        return False, binascii.a2b_base64(kept[: len(kept) // 4 * 4])


def _file_name(headers: Headers) -> str:
    """File name that the part states, in any of the ways that mail programs write one."""
    fields = {
        name: headers[name][0]
        for name in ("content-disposition", "content-type")
        if "name" in headers.get(name, [""])[0]
    }
    if not fields:
        return ""
    message = Message()
    for name, value in fields.items():
        message[name] = value[:_LONGEST_FIELD]
    try:
        return decoded(message.get_filename() or "")[:400]
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""
