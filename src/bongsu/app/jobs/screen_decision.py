"""What a person decides on a case, and what the one concerned says against it.

A decision has who and why, or it is none. Until one is made nobody may let the person know, and what the
law asks before is told first. An adverse decision opens the appeal log: an appeal names who wrote it down and
what was said, and waits for another decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bongsu.app.jobs.screen_duty import demand_countries, duties_document
from bongsu.errors import InputError
from bongsu.model.text import _
from bongsu.share.dossier import person_name, read_dossiers, rewrite_dossier
from bongsu.store.decision_log import append_decision, read_decisions

Document = dict[str, Any]
OUTCOMES = ("adverse", "cleared", "more_evidence")
AFTER = ("after_decision", "sanctions", "report", "victim")
"""Phases of duties that are told after an adverse decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as its maker states it."""

    by: str
    outcome: str
    """One of OUTCOMES."""
    why: str
    countries: tuple[str, ...] = ()
    """Whose law is told; empty: the countries of the dossier."""


def rules_before(folder: Path, subject: str, countries: Sequence[str] = ()) -> list[str]:
    """What must be known before anybody decides: no tip-off, and what the law asks, in sentences.

    Raises:
        InputError: When there is no dossier of the subject, or a country's law is not known.
    """
    case = _case(folder, subject)
    duties = _duties(case, countries, datetime.now(UTC).date())
    told = [_sentence(one) for one in duties if one["phase"] == "before_decision"]
    return [*case["person"].get("avoid", []), *told]


def decide(folder: Path, subject: str, decided: Decided, *, now: datetime | None = None) -> Document:
    """The decision as it stands in the log, with what the law asks next; the dossier shows it.

    Raises:
        InputError: When nobody or no reason is named, the outcome is not known, there is no dossier of the
            subject, or the log was changed.
    """
    by, why = _stated("--by", decided.by), _stated("--why", decided.why)
    if decided.outcome not in OUTCOMES:
        raise InputError(
            _("Cannot use --decision {outcome}: it is not known.").format(outcome=decided.outcome or "''"),
            hint=_("Known: {names}.").format(names=", ".join(OUTCOMES)),
        )
    case, moment = _case(folder, subject), now or datetime.now(UTC)
    duties = _duties(case, decided.countries, moment.date())
    earlier = history(folder, subject)
    head = {"at": moment.isoformat(timespec="seconds"), "kind": "decision", "outcome": decided.outcome}
    entry = append_decision(folder, head, {"subject": subject, "by": by, "says": why})
    show_decisions(folder, subject)
    adverse = decided.outcome == "adverse"
    return entry_document(entry) | {
        "appeal": "open" if adverse else "closed",
        "notes": [*_notes(earlier, by), *([] if duties or not adverse else [_no_country()])],
        "duties": [one for one in duties if one["phase"] in AFTER] if adverse else [],
    }


def appeal(folder: Path, subject: str, by: str, says: str, *, now: datetime | None = None) -> Document:
    """The appeal as it stands in the log; the dossier shows it.

    Raises:
        InputError: When nobody or nothing is named, or no adverse decision stands against the subject.
    """
    by, says = _stated("--by", by), _stated("--says", says)
    _case(folder, subject)
    head = {
        "at": (now or datetime.now(UTC)).isoformat(timespec="seconds"),
        "kind": "appeal",
        "outcome": "waits",
    }

    def allowed(entries: list[Document]) -> None:
        decisions = [one for one in _of(entries, subject) if one["kind"] == "decision"]
        if not decisions or decisions[-1]["outcome"] != "adverse":
            raise InputError(
                _("Cannot take an appeal of {subject}: no adverse decision stands.").format(subject=subject),
                hint=_("The appeal log opens with `bongsu screen decide ... --decision adverse`."),
            )

    entry = append_decision(folder, head, {"subject": subject, "by": by, "says": says}, allowed)
    show_decisions(folder, subject)
    return entry_document(entry)


def appeals(folder: Path) -> list[Document]:
    """All decisions and appeals of a folder, oldest first, each appeal with whether it waits.

    Raises:
        InputError: When the folder is none or the log was changed.
    """
    if not folder.is_dir():
        raise InputError(_("Cannot read {path}: it is not a folder.").format(path=folder))
    entries = read_decisions(folder)
    waiting = open_appeals(entries)
    return [entry_document(one) | _state(one, waiting) for one in entries]


def history(folder: Path, subject: str) -> list[Document]:
    """Decisions and appeals of one subject, oldest first."""
    return _of(read_decisions(folder), subject)


def open_appeals(entries: Sequence[Document]) -> frozenset[str]:
    """Subjects whose last entry is an appeal: no decision answered it."""
    last = {one["body"]["subject"]: one["kind"] for one in entries if one["body"]}
    return frozenset(subject for subject, kind in last.items() if kind == "appeal")


def show_decisions(folder: Path, subject: str) -> None:
    """Nothing; the dossier of the subject shows what was decided and said."""
    told = [entry_document(one) for one in history(folder, subject)]
    rewrite_dossier(folder / f"{person_name(subject)}.json", {"decisions": told})


def entry_document(entry: Document) -> Document:
    """An entry as a person reads it; of a minimized one what stays."""
    body = entry["body"] or {"subject": None, "by": None, "says": None}
    shown = {key: entry[key] for key in ("number", "at", "kind", "outcome", "digest")}
    return shown | {key: body[key] for key in ("subject", "by", "says")}


def _state(entry: Document, waiting: frozenset[str]) -> Document:
    if entry["kind"] != "appeal" or not entry["body"]:
        return {}
    return {"state": "open" if entry["body"]["subject"] in waiting else "answered"}


def _of(entries: Sequence[Document], subject: str) -> list[Document]:
    return [one for one in entries if one["body"] and one["body"]["subject"] == subject]


def _case(folder: Path, subject: str) -> Document:
    name = f"{person_name(subject)}.json"
    for path, content in read_dossiers(folder):
        if path.name == name and "person" in content:
            return content
    raise InputError(
        _("Cannot decide on {subject}: {folder} has no dossier of that id.").format(
            subject=subject, folder=folder
        ),
        hint=_("Write dossiers with `bongsu screen FILE... --into FOLDER`; ids are in lower case."),
    )


def _duties(case: Document, countries: Sequence[str], day: date) -> list[Document]:
    if not countries:
        return list(case.get("duties", []))
    demand_countries(countries)
    return duties_document(countries, day)


def _stated(option: str, text: str) -> str:
    if not text.strip():
        raise InputError(
            _("Cannot decide: {option} says nothing.").format(option=option),
            hint=_("A person decides, and says who and why; nobody is turned down by a program."),
        )
    return text.strip()


def _notes(earlier: Sequence[Document], by: str) -> list[str]:
    """What a reviewer would ask of a decision that answers an appeal."""
    if not earlier or earlier[-1]["kind"] != "appeal":
        return []
    first = [one["body"]["by"].casefold() for one in earlier if one["kind"] == "decision"]
    if by.casefold() in first:
        return [_("The person who decided before also decided on the appeal; let another person look.")]
    return []


def _no_country() -> str:
    return _("No country was named, so no duty is told; say --country, and ask a lawyer.")


def _sentence(duty: Document) -> str:
    force = {"must": _("must"), "must_not": _("must not"), "may": _("may")}[duty["force"]]
    until = f" {_('Until:')} {duty['deadline']}." if duty["deadline"] else ""
    return f"{duty['country']} · {force}: {duty['what']}{until} ({duty['law']})"
