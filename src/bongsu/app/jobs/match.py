"""Private matches between organizations, by files that go back and forth."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bongsu.errors import InputError, ReleaseError
from bongsu.model.identifier import IDENTIFIER_KINDS
from bongsu.model.marking import Marking, Tlp
from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.identifier import canonical_identifier
from bongsu.share import private_match as protocol
from bongsu.share.match_rule import MATCH_KINDS, MOST_VALUES, Asked, demand_allowed
from bongsu.share.release import require_release
from bongsu.store.durable import write_whole
from bongsu.store.match_log import append_entry, drop_key, hold_log, keep_key, read_entries, take_key

Document = dict[str, Any]
_SEPARATOR = "\x1f"
NOBODY = Marking(tlp=Tlp.AMBER_STRICT, releasable_to=frozenset())
"""Marking of values of which nobody has said who may learn them."""


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


class ValueSet(NamedTuple):
    """Identifiers of a file that may be matched."""

    values: list[str]
    """Kind, namespace and canonical value in one text, each once, sorted."""
    left_out: dict[str, int]
    """Why rows are not matched, and how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Whose exchange it is."""

    folder: Path
    """Keeps the log, and keys until answers are read."""
    partner: str
    clock: Callable[[], datetime] = now
    seen: Mapping[str, Any] = field(default_factory=dict)
    """What else the log shall have of it, as whence a question came."""

    def note(self, what: str, round_id: str, **more: Any) -> None:  # noqa: ANN401
        """Nothing; the log has it."""
        entry = {"at": self.clock().isoformat(), "partner": self.partner, "round": round_id, "what": what}
        append_entry(self.folder, entry | dict(self.seen) | more)


def read_values(path: Path, kinds: Sequence[str] = MATCH_KINDS) -> ValueSet:
    """Identifiers of a CSV file with columns kind, value and perhaps namespace.

    Weak values (many share them) are left out, for to share one means nothing.

    Raises:
        InputError: When the file cannot be read, lacks a column, or a kind is none.
    """
    unknown = sorted(set(kinds) - set(IDENTIFIER_KINDS))
    if unknown:
        raise InputError(
            _("Cannot match {kinds}: there is no such kind.").format(kinds=", ".join(unknown)),
            hint=_("Known kinds: {names}.").format(names=", ".join(IDENTIFIER_KINDS)),
        )
    found, left_out = set(), Counter[str]()
    for row in _rows(path):
        value, why = _matchable(row, kinds)
        if why:
            left_out[why] += 1
        else:
            found.add(value)
    return ValueSet(sorted(found), dict(sorted(left_out.items())))


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"kind", "value"} <= set(reader.fieldnames or ()):
                raise InputError(
                    _("Cannot read {path}: it lacks a column kind or value.").format(path=path),
                    hint=_("The first line names the columns: kind,value,namespace"),
                )
            return list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            _("Cannot read {path}: {why}.").format(path=path, why=error),
            hint=_("It must be a CSV file in UTF-8 with columns kind, value and perhaps namespace."),
        ) from error


def _matchable(row: dict[str, str], kinds: Sequence[str]) -> tuple[str, str]:
    """The value as it is compared, or why it is not."""
    kind = (row["kind"] or "").strip()
    if kind not in kinds:
        return "", "other_kind" if kind in IDENTIFIER_KINDS else "unknown_kind"
    found = canonical_identifier(kind, row["value"] or "", (row.get("namespace") or "").strip())
    if isinstance(found, Fault):
        return "", found.rule
    if found.strength == "weak":
        return "", "weak"
    return _SEPARATOR.join((found.kind, found.namespace, found.value)), ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for."""

    round: str
    kinds: Sequence[str] = MATCH_KINDS
    reveal: bool = False


def ask_match(exchange: Exchange, path: Path, into: Path, wanted: Wanted) -> Document:
    """What was asked; the question is in the file `into`.

    Raises:
        InputError: When the file cannot be used, or a round is revealed that was not counted.
    """
    question, said = make_question(exchange, path, wanted)
    _write(into, question)
    return said


def make_question(exchange: Exchange, path: Path, wanted: Wanted) -> tuple[Document, Document]:
    """The question, and what is said about it here; its key is kept, and the log has it.

    Raises:
        InputError: When the file cannot be used, or a round is revealed that was not counted.
    """
    if not protocol.is_round(wanted.round):
        raise InputError(
            _("Cannot name a round {round}.").format(round=repr(wanted.round)),
            hint=_("Use up to 64 letters, digits, dots and dashes, the same on both sides."),
        )
    values = read_values(path, wanted.kinds)
    if not 0 < len(values.values) <= MOST_VALUES:
        raise InputError(
            _("Cannot ask with {count} values: from 1 to {most} can be asked.").format(
                count=len(values.values), most=MOST_VALUES
            ),
            hint=_("Rows left out: {why}.").format(why=values.left_out or _("none")),
        )
    shared = _counted(exchange, wanted.round) if wanted.reveal else None
    question, key = protocol.ask(values.values, round_id=wanted.round, kinds=wanted.kinds, shared=shared)
    keep_key(exchange.folder, key_name(wanted.round, reveal=wanted.reveal), key)
    exchange.note(
        "asked", wanted.round, reveal=wanted.reveal, count=question.count, kinds=list(question.kinds)
    )
    said = {"round": wanted.round, "reveal": wanted.reveal, "values": question.count}
    return protocol.question_document(question), said | {"left_out": values.left_out}


def _counted(exchange: Exchange, round_id: str) -> int:
    found = [
        int(one["shared"])
        for one in read_entries(exchange.folder)
        if (one["what"], one["partner"], one["round"]) == ("counted", exchange.partner, round_id)
    ]
    if not found:
        raise InputError(
            _("Cannot ask which are shared: how many are is not known yet."),
            hint=_("Ask without --reveal first and read the answer."),
        )
    return found[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person decided about revealing."""

    approved_by: str = ""
    at_least: int = 1
    marking: Marking = NOBODY
    """Of the values."""


NO_CONSENT = Consent()


def answer_match(
    exchange: Exchange, asked: Path, path: Path, into: Path, *, consent: Consent = NO_CONSENT
) -> Document:
    """What was answered; the answer is in the file `into`. A refusal is in the log too.

    Raises:
        InputError: When a file cannot be used.
        ReleaseError: When the question may not be answered.
    """
    answer, said = make_answer(exchange, protocol.read_question(_read(asked)), path, consent=consent)
    _write(into, answer)
    return said


def make_answer(
    exchange: Exchange,
    question: protocol.Question,
    path: Path,
    *,
    consent: Consent = NO_CONSENT,
    kinds: Collection[str] | None = None,
) -> tuple[Document, Document]:
    """The answer, and what is said about it here. Of many questions at once each is decided on alone.

    Args:
        exchange: With whom.
        question: What the other side asks.
        path: CSV file of this side's identifiers.
        consent: What a person decided about revealing.
        kinds: Kinds that are answered for; null: any.

    Raises:
        InputError: When the file cannot be used.
        FormatError: When the question is not what it says.
        ReleaseError: When it may not be answered; the log has it.
    """
    with hold_log(exchange.folder):
        _demand_allowed(exchange, question, consent, kinds)
        values = read_values(path, question.kinds)
        found = protocol.answer(question, values.values)
        said = {"reveal": question.reveal, "count": question.count, "approved_by": consent.approved_by}
        exchange.note("answered", question.round, **said)
    document = {"round": question.round, "reveal": question.reveal, "asked": question.count}
    said = document | {"values": len(values.values), "left_out": values.left_out}
    return protocol.answer_document(found), said


def _demand_allowed(
    exchange: Exchange, question: protocol.Question, consent: Consent, kinds: Collection[str] | None
) -> None:
    asked = Asked(
        partner=exchange.partner,
        moment=exchange.clock(),
        question=question,
        approved_by=consent.approved_by,
        at_least=consent.at_least,
        kinds=kinds,
    )
    try:
        demand_allowed(asked, read_entries(exchange.folder))
        if question.reveal:
            require_release(consent.marking, exchange.partner)
    except ReleaseError as error:
        exchange.note("refused", question.round, reveal=question.reveal, count=question.count, why=str(error))
        raise


def read_match(exchange: Exchange, answered: Path, path: Path) -> Document:
    """How many are shared, or which; the key is used up.

    Raises:
        InputError: When the answer is to no question of this folder, or the file has changed since.
    """
    return take_answer(exchange, protocol.read_answer(_read(answered)), path)


def take_answer(exchange: Exchange, found: protocol.Answer, path: Path) -> Document:
    """How many are shared, or which; the key is used up.

    Raises:
        InputError: When the answer is to no question of this folder, or the file has changed since.
    """
    name = key_name(found.round, reveal=found.reveal)
    key = take_key(exchange.folder, name)
    document: Document = {"round": found.round, "shared": protocol.shared_count(found, key)}
    if found.reveal:
        kinds = _asked_kinds(exchange, found.round)
        shared = protocol.shared_values(found, key, read_values(path, kinds).values)
        names = ("kind", "namespace", "value")
        document["values"] = [dict(zip(names, one.split(_SEPARATOR), strict=True)) for one in shared]
    else:
        exchange.note("counted", found.round, shared=document["shared"])
    drop_key(exchange.folder, name)
    return document


def _asked_kinds(exchange: Exchange, round_id: str) -> list[str]:
    asked = [
        one for one in read_entries(exchange.folder) if one["what"] == "asked" and one["round"] == round_id
    ]
    return list(asked[-1]["kinds"])


def key_name(round_id: str, *, reveal: bool) -> str:
    """Name of the key of a question."""
    return f"{round_id}.{'reveal' if reveal else 'count'}"


def _write(path: Path, document: Document) -> None:
    write_whole(path, json.dumps(document, sort_keys=True).encode() + b"\n")


def _read(path: Path) -> Document:
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(
            _("Cannot read {path}: {why}.").format(path=path, why=error),
            hint=_("Name the file that the other side sent."),
        ) from error
    return document if isinstance(document, dict) else {}
