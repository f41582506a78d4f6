"""Aggregate reports of DMARC: who sent mail in a domain's name, and what receivers found.

Source: RFC 7489 appendix C and its successor RFC 9990; XML as it is, gzip or zip, or attached to the mail
that carries it. Each record is read by itself, so damage takes no more than the record that it is in.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import BinaryIO
from xml.parsers import expat

import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.text import _
from bongsu.read.lock_entry import storable
from bongsu.read.mime import parts_of, split_mail
from bongsu.read.raw import Fault, reject_table

STREAM = LogStream("dmarc", "aggregate", "email")
COLUMNS = (
    "date",
    "end",
    "org_name",
    "report_id",
    "policy_domain",
    "policy_p",
    "policy_sp",
    "policy_pct",
    "source_ip",
    "count",
    "disposition",
    "dkim",
    "spf",
    "reasons",
    "header_from",
    "envelope_from",
    "auth_dkim",
    "auth_spf",
)
"""Columns of a record; `auth_dkim` and `auth_spf` are `domain result selector`, parted by commas."""
LARGEST = 64 * 1024 * 1024
_ROOT = re.compile(rb"<(?:\w+:)?feedback[\s>]")
_RECORD = re.compile(r"<(?:\w+:)?record[\s>].*?(?:</(?:\w+:)?record\s*>|\Z)", re.DOTALL)
_SUBJECT = re.compile(rb"(?im)^subject:[^\n]*report[ -]domain")
_CARRIES = re.compile(
    rb"application/(?:x-)?(?:g?zip|gzip-compressed|x-zip-compressed|xml)|text/xml", re.IGNORECASE
)
_CODING = re.compile(rb"<\?xml[^>]{0,200}encoding=[\"']([\w.-]{1,40})[\"']")
_HEAD = {
    "org_name": "org_name",
    "report_id": "report_id",
    "begin": "date",
    "end": "end",
    "domain": "policy_domain",
    "p": "policy_p",
    "sp": "policy_sp",
    "pct": "policy_pct",
}
_PLACES = {
    "row/source_ip": "source_ip",
    "row/count": "count",
    "policy_evaluated/disposition": "disposition",
    "policy_evaluated/dkim": "dkim",
    "policy_evaluated/spf": "spf",
    "identifiers/header_from": "header_from",
    "identities/header_from": "header_from",
    "identifiers/envelope_from": "envelope_from",
}
_DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)
Element = tuple[str, str]
"""Names of an element and of the one it stands in, as `outer/inner`, and its text."""
Row = dict[str, str]


def sniff(head: bytes) -> bool:
    """Whether the head is that of a report, or of a mail that carries one."""
    if _ROOT.search(head[:4096]):
        return True
    return _SUBJECT.search(head) is not None and b"tlsrpt" not in head and _CARRIES.search(head) is not None


def read(file: BinaryIO, *, batch_rows: int) -> Iterator[LogBatch]:
    """Batches of the records; the locator is the line of the XML that a record begins at."""
    source = _found(file.read(LARGEST + 1))
    while part := list(islice(source, batch_rows)):
        kept = [one for one in part if isinstance(one[1], dict)]
        columns = {
            name: pa.array([storable(row.get(name, "")) or None for _line, row in kept], pa.string())
            for name in COLUMNS
        }
        columns["locator"] = pa.array([line for line, _row in kept], pa.int64())
        faults = [one for one in part if not isinstance(one[1], dict)]
        yield LogBatch(STREAM, pa.table(columns), reject_table(faults))


def _found(raw: bytes) -> Iterator[tuple[int, Row] | Fault]:
    reports, why = _reports(raw)
    if why or not reports:
        yield 1, "bad_report", why or _("the file holds no report")
    for report in reports:
        yield from _records(report)


def _reports(raw: bytes) -> tuple[list[bytes], str]:
    """Reports in XML that the bytes are or carry, and why one could not be unpacked."""
    if not raw.startswith((b"\x1f\x8b", b"PK")) and not _ROOT.search(raw[:4096]):
        found, whys = [], ""
        for part in parts_of(*split_mail(raw)):
            if not part.kind.startswith(("text/plain", "text/html")):
                inner, why = _unpacked(part.body)
                found += inner
                whys = whys or why
        return found, whys
    return _unpacked(raw)


def _unpacked(raw: bytes) -> tuple[list[bytes], str]:
    try:
        if raw.startswith(b"\x1f\x8b"):
            return [zlib.decompressobj(31).decompress(raw, LARGEST)], ""
        if raw.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(raw)) as box:
                return [box.open(name).read(LARGEST) for name in box.namelist()[:1]], ""
    except _DAMAGED as error:
        return [], _("the report cannot be unpacked: {why}").format(why=" ".join(str(error).split())[:200])
    return ([raw], "") if _ROOT.search(raw[:4096]) else ([], "")


def _records(report: bytes) -> Iterator[tuple[int, Row] | Fault]:
    text = _text(report)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        yield 1, "has_entities", _("the report defines entities, which none needs, and was not read")
        return
    pieces = list(_RECORD.finditer(text))
    head, why = _head(text[: pieces[0].start()] if pieces else text)
    if why or not pieces:
        yield 1, "bad_report", why or _("the report has no record")
    line, at = 1, 0
    for piece in pieces:
        line += text.count("\n", at, piece.start())
        at = piece.start()
        elements, why = _elements(piece[0])
        row = _row(elements)
        if why or "source_ip" not in row:
            yield line, "bad_record", why or _("the record names no source")
        else:
            yield line, head | row


def _text(report: bytes) -> str:
    met = _CODING.match(report.lstrip())
    try:
        return report.decode(met[1].decode("ascii") if met else "utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        return report.decode("utf-8-sig", errors="replace")


def _head(text: str) -> tuple[Row, str]:
    """Values of a report that all its records share; of a damaged one, those that stand before the damage."""
    start = re.search(r"<(?:\w+:)?feedback[\s>]", text)
    body = text[start.start() :] if start else text
    elements, why = _elements(body, cut=True)
    found = Row()
    for path, value in elements:
        name = _HEAD.get(path.rpartition("/")[2])
        if name and value:
            found.setdefault(name, value)
    for name in ("date", "end"):
        if name in found:
            found[name] = _moment(found[name])
    return found, why


def _moment(stated: str) -> str:
    try:
        return datetime.fromtimestamp(int(stated), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return stated


def _elements(text: str, *, cut: bool = False) -> tuple[list[Element], str]:
    """Elements in the order of their ends, and what is wrong; `cut`: the text ends before its root does."""
    found, names, texts = list[Element](), [""], [""]

    def begin(name: str, _attributes: object) -> None:
        names.append(name.rpartition(":")[2])
        texts.append("")

    def add(data: str) -> None:
        texts[-1] += data if len(texts[-1]) < 10_000 else ""

    def end(_name: str) -> None:
        last = names.pop()
        found.append((f"{names[-1]}/{last}", " ".join(texts.pop().split())))

    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = begin, add, end
    try:
        parser.Parse(text.encode("utf-8", errors="replace"), not cut)
    except expat.ExpatError as error:
        return found, _("the report is damaged: {why}").format(why=expat.ErrorString(error.code))
    return found, ""


def _row(elements: Sequence[Element]) -> Row:
    """Columns of a record."""
    row, held = Row(), Row()
    lists: dict[str, list[str]] = {"auth_dkim": [], "auth_spf": [], "reasons": []}
    for path, value in elements:
        outer, _slash, inner = path.partition("/")
        if path in _PLACES:
            row.setdefault(_PLACES[path], value)
        elif outer in {"dkim", "spf", "reason"}:
            held[inner] = value
        elif path in {"auth_results/dkim", "auth_results/spf"}:
            told = [held.get(name, "") for name in ("domain", "result", "selector")]
            lists[f"auth_{inner}"].append(" ".join(one for one in told if one))
            held = {}
        elif inner == "reason":
            lists["reasons"].append(held.get("type", ""))
            held = {}
    return row | {name: ",".join(one for one in values if one) for name, values in lists.items()}
