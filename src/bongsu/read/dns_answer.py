"""Saved answers of the DNS: a zone file, the output of `dig`, or JSON as DNS over HTTPS gives it.

JSON is one object, a list, or one object a line: `{"name", "type", "data"}`, or with the keys `Status`,
`Question` and `Answer`. What was asked for and not there is known to be absent, the rest is unknown.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bongsu.errors import InputError
from bongsu.model.dns import RECORD_KINDS, DnsAnswers, DnsRecord, canonical_name
from bongsu.model.text import _
from bongsu.read.zone_file import read_zone

LARGEST = 256 * 1024 * 1024
_NO_SUCH_NAME = 3
_NUMBERS = {"1": "A", "2": "NS", "5": "CNAME", "12": "PTR", "15": "MX", "16": "TXT", "28": "AAAA"}
_Found = tuple[list[DnsRecord], list[tuple[str, str]]]


def read_answers(paths: Iterable[Path], *, zone: str = "") -> DnsAnswers:
    """Records of all files together.

    Args:
        paths: Files, each of any of the forms.
        zone: Name of the zone that a zone file is of; it is then known whole.

    Raises:
        InputError: When a file cannot be read, or is of none of the forms.
        MissingExtraError: When dnspython is not installed.
    """
    records, absent, zones = list[DnsRecord](), list[tuple[str, str]](), set[str]()
    for path in paths:
        text = _text(path)
        if text.lstrip()[:1] in {"{", "["}:
            found, missing = _json(path, text)
            absent += missing
        else:
            found, whole = _zone(path, text, zone)
            zones |= {whole} - {""}
        records += found
    return DnsAnswers(records, absent, zones)


def record_of(name: str, kind: str, data: str) -> DnsRecord | None:
    """The record in canonical form; None for a kind that mail is not judged by."""
    kind = _NUMBERS.get(kind, kind.upper())
    if kind not in RECORD_KINDS:
        return None
    if kind == "TXT":
        value = _joined(data)
    elif kind in {"A", "AAAA"}:
        value = data.strip().lower()
    else:
        value = " ".join(canonical_name(one) for one in data.split())
    return DnsRecord(canonical_name(name), kind, value)


def _joined(data: str) -> str:
    """Text of a TXT record as it is shown: strings in quotes are one."""
    stripped = data.strip()
    if not stripped.startswith('"'):
        return stripped
    found, within, escaped = [], False, False
    for letter in stripped:
        if escaped:
            found.append(letter)
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == '"':
            within = not within
        elif within:
            found.append(letter)
    return "".join(found)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(_("Cannot read {path}: {why}.").format(path=path, why=error)) from error
    if len(raw) > LARGEST:
        why = _("it is larger than {most} bytes").format(most=LARGEST)
        raise InputError(_("Cannot read {path}: {why}.").format(path=path, why=why))
    return raw.decode("utf-8-sig", errors="replace")


def _refuse(path: Path, why: object) -> InputError:
    return InputError(
        _("Cannot read DNS answers of {path}: {why}.").format(path=path, why=" ".join(str(why).split())),
        hint=_("Give a zone file, the output of `dig +noall +answer`, or JSON as DNS over HTTPS gives it."),
    )


def _json(path: Path, text: str) -> _Found:
    try:
        whole = json.loads(text)
        objects = whole if isinstance(whole, list) else [whole]
    except (ValueError, RecursionError):
        try:
            objects = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError) as error:
            raise _refuse(path, error) from error
    records, absent = list[DnsRecord](), list[tuple[str, str]]()
    for one in objects:
        if not isinstance(one, dict):
            raise _refuse(path, _("an answer is no object"))
        records += _records(one)
        absent += _missing(one)
    return records, absent


def _records(one: dict[str, Any]) -> Iterator[DnsRecord]:
    stated = one.get("Answer", one.get("answer", [one] if "data" in one or "value" in one else []))
    answers = [each for each in stated if isinstance(each, dict)] if isinstance(stated, list) else []
    for answer in answers:
        data = answer.get("data", answer.get("value", ""))
        name, kind = str(answer.get("name", "")), str(answer.get("type", ""))
        made = (record_of(name, kind, str(value)) for value in (data if isinstance(data, list) else [data]))
        yield from (record for record in made if record)


def _missing(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Names and kinds that were asked for and not answered."""
    asked = one.get("Question", one.get("question"))
    answers = one.get("Answer", one.get("answer")) or []
    status = one.get("Status", one.get("status", 0))
    for question in asked if isinstance(asked, list) else []:
        if not isinstance(question, dict) or status not in {0, _NO_SUCH_NAME}:
            continue
        name, kind = canonical_name(str(question.get("name", ""))), str(question.get("type", "")).upper()
        if status == _NO_SUCH_NAME:
            yield name, ""
        elif not answers:
            yield name, _NUMBERS.get(kind, kind)


def _zone(path: Path, text: str, zone: str) -> tuple[list[DnsRecord], str]:
    try:
        found, whole = read_zone(text, zone)
    except ValueError as error:
        raise _refuse(path, error) from error
    made = (record_of(name, kind, data) for name, kind, data in found)
    return [one for one in made if one], whole
