"""Which records of a screening may be of one person: names are read here, apart from events and flags."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from bongsu.analyze.event_index import EventIndex
from bongsu.analyze.same_person import METHOD, STATED_BITS, Candidate, Known, Likeness, find_same_people
from bongsu.app.jobs.screen_intake import BATCH_ROWS, ReadRecords, ScreenRequest
from bongsu.app.jobs.screen_mapping import LINKED_SOURCES, read_mapping
from bongsu.errors import MissingExtraError
from bongsu.model.person import PERSON_RECORD
from bongsu.model.red_flag import FlagHit
from bongsu.model.text import _
from bongsu.read.person_record import PERSONS
from bongsu.store.link_engine import open_link_engine

Document = dict[str, Any]
_KINDS = ("application", "hire", "contact", "home", "account", "payout")
Things = dict[str, set[tuple[str, str]]]
"""Subject to what it states, each as thing and value."""
_ROW = "{sha256}:{locator}"


def find_likeness(
    request: ScreenRequest, files: list[ReadRecords], events: pa.Table, index: EventIndex
) -> Likeness:
    """Pairs of subjects who may be one person, by what the files of people state.

    Args:
        request: Files and mapping.
        files: Counts of each file, with its source.
        events: Their events, schema `bongsu.model.event.EVENT`.
        index: The same events, with every alias of a subject replaced by its id.
    """
    if not request.likeness:
        return Likeness(notes=(_("Likeness was not asked for: no name was read."),))
    told = read_mapping(request.mapping) if request.mapping else {}
    rows = [row for one in files if one.source in LINKED_SOURCES for row in _rows(one, told)]
    if not any(row["name"] or row["given_name"] or row["family_name"] for row in rows):
        return Likeness(notes=(_("Likeness was not looked at: no file of people states names."),))
    owners, things = _stated(events, index)
    owned = [row for row in rows if row["record"] in owners]
    kept = [row | {"email": _mailbox(things.get(owners[row["record"]], set()))} for row in owned]
    table = pa.Table.from_pylist(kept, PERSON_RECORD)
    try:
        with open_link_engine() as engine:
            return find_same_people(table, owners, _people(kept, owners, things), engine)
    except MissingExtraError as error:
        return Likeness((), len(kept), (str(error),))


def likeness_document(found: Likeness) -> Document:
    """What was compared, as plain data; the pairs stand in the cases."""
    return {
        "method": METHOD,
        "records": found.records,
        "pairs": len(found.candidates),
        "notes": list(found.notes),
    }


def candidate_document(other: str, one: Candidate) -> Document:
    """A pair as the case of one of the two tells it."""
    return {
        "subject": other,
        "probability": one.probability,
        "basis": list(one.basis),
        "why": list(one.why),
    }


def as_edges(found: Likeness) -> list[FlagHit]:
    """The pairs as edges of a path: they are of no flag, and of no strength that joins anybody."""
    return [
        FlagHit(
            flag="",
            subject=one.left,
            family="identity",
            strength="low",
            machine=False,
            kind="person",
            value=one.right,
            others=(one.right,),
            explained="",
            why=_("Possibly one person, probability {probability:.2f}: {why}").format(
                probability=one.probability, why=" ".join(one.why)
            ),
            rows=(),
        )
        for one in found.candidates
    ]


def _rows(one: ReadRecords, told: dict[str, Document]) -> Iterator[Document]:
    """Rows of PERSON_RECORD of a file, without the mail address."""
    empty = dict.fromkeys(PERSON_RECORD.names, "")
    stated = told.get(one.path.name, {})
    columns = stated.get("columns", {}) | stated.get("linking_only", {})
    for batch in PERSONS.read(one.path, batch_rows=BATCH_ROWS, told=columns):
        for row in batch.rows.to_pylist():
            record = _ROW.format(sha256=one.sha256, locator=row.pop("locator"))
            yield empty | {key: value or "" for key, value in row.items()} | {"record": record}


def _stated(events: pa.Table, index: EventIndex) -> tuple[dict[str, str], Things]:
    """Id of a record to its subject, and subject to the things that it states."""
    rows = np.flatnonzero(np.isin(index.kind.codes, [index.kind.code(kind) for kind in _KINDS]))
    cited = events.select(["source", "locator"]).take(pa.array(rows)).to_pylist()
    columns = (index.subject, index.kind, index.thing, index.value)
    coded = zip(*(column.codes[rows].tolist() for column in columns), strict=True)
    owners: dict[str, str] = {}
    things: Things = defaultdict(set)
    for codes, place in zip(coded, cited, strict=True):
        subject, kind, thing, value = (
            column.texts[code] for column, code in zip(columns, codes, strict=True)
        )
        if kind in ("hire", "application"):
            owners[_ROW.format(sha256=place["source"], locator=place["locator"])] = subject
        if thing in STATED_BITS and value:
            things[subject].add((thing, value))
    return owners, things


def _mailbox(things: set[tuple[str, str]]) -> str:
    return min((value for thing, value in things if thing == "email"), default="")


def _people(rows: list[Document], owners: dict[str, str], things: Things) -> list[Known]:
    names: dict[str, set[str]] = defaultdict(set)
    births: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        subject = owners[row["record"]]
        names[subject].add(row["name"] or f"{row['given_name']} {row['family_name']}".strip())
        births[subject].add(row["birth_date"])
    return [
        Known(
            one, frozenset(names[one] - {""}), frozenset(births[one] - {""}), frozenset(things.get(one, ()))
        )
        for one in sorted(names)
    ]
