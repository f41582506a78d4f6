"""A made company with known truth: 10,000 people, some networks of fraudulent workers, many odd innocents."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from bongsu.model.event import CODED, EVENT
from bongsu.model.schema import TIME
from bongsu.rehearse.company_applicant import SEIZED, write_applicants
from bongsu.rehearse.company_code import FLAGGED, write_code
from bongsu.rehearse.company_freelance import write_freelance
from bongsu.rehearse.company_habit import draw_habits, draw_ways
from bongsu.rehearse.company_luck import Cast, draw_cast
from bongsu.rehearse.company_record import START, RecordWriter, Row, make_records, person_id
from bongsu.rehearse.company_sign_in import SignIns, make_sign_ins

SOURCE = "made up for rehearsal"
_MORE = 1
"""Second part of the seed of what was added later, so that a seed makes the same people as before."""
SIGN_INS = 1_000
"""Sign-ins of a person in a year."""


class Company(NamedTuple):
    """Events of a year, and the truth."""

    events: pa.Table
    """Schema `bongsu.model.event.EVENT`."""
    networks: tuple[frozenset[str], ...]
    """Fraudulent workers of each network."""
    traits: dict[str, frozenset[str]]
    """Trait to the innocent people who have it."""
    people: int
    listed: dict[tuple[str, str], str]
    """What the user's list has: thing and value to its source."""


def make_company(
    people: int = 10_000, *, seed: int, fraudulent: int = 40, sign_ins: int = SIGN_INS
) -> Company:
    """A company and who is who in it; the same seed makes the same company.

    Args:
        people: Employees.
        seed: Same seed, same company.
        fraudulent: Workers of networks among them.
        sign_ins: Sign-ins of each person.
    """
    luck = np.random.default_rng(seed)
    cast = draw_cast(people, fraudulent, luck)
    records = make_records(cast, luck)
    more = np.random.default_rng((seed, _MORE))
    known = draw_habits(cast, more)
    records += _more_records(known, more)
    made = make_sign_ins(cast, people * sign_ins, luck)
    events = pa.concat_tables([_record_table(records), sign_in_table(made, people)])
    traits = {trait: _ids(group) for trait, group in known.lone.items()}
    traits |= {trait: _ids(np.concatenate(groups)) for trait, groups in known.groups.items() if groups}
    listed = {("handle", handle): SOURCE for handle in FLAGGED} | {("domain", SEIZED): SOURCE}
    return Company(events, tuple(_ids(group) for group in cast.networks), traits, people, listed)


def address_text(number: int) -> str:
    """Network address of a number; made up."""
    return f"11.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def sign_in_table(made: SignIns, people: int) -> pa.Table:
    """Events of sign-ins."""
    count = len(made.person)
    texts = [address_text(number) for number in range(made.addresses)]
    start = int(START.timestamp()) * 1_000_000
    constant = {name: _constant("", count) for name in ("thing", "value", "device", "note")}
    columns = {
        **constant,
        "subject": _coded(made.person, [person_id(person) for person in range(people)]),
        "time": pa.array(made.micros + start, pa.int64()).cast(TIME),
        "kind": _constant("sign_in", count),
        "ip": _coded(made.address, texts),
        "latitude": pa.array(made.latitude[made.address], pa.float32()),
        "longitude": pa.array(made.longitude[made.address], pa.float32()),
        "source": _constant(SOURCE, count),
        "locator": pa.array(np.arange(1, count + 1)),
    }
    return pa.table([columns[name] for name in EVENT.names], EVENT)


def _more_records(cast: Cast, luck: np.random.Generator) -> list[Row]:
    """Rows of applications, code hosts and freelance work."""
    out, ways = RecordWriter(), draw_ways(cast, luck)
    write_applicants(out, cast, ways, luck)
    write_code(out, cast, luck)
    write_freelance(out, cast, ways, luck)
    return out.rows


def _record_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    empty = {"ip": "", "device": "", "latitude": None, "longitude": None, "source": SOURCE}
    stated = [empty | row | {"locator": place} for place, row in enumerate(rows, start=1)]
    return pa.Table.from_pylist(stated, EVENT)


def _coded(codes: np.ndarray[Any, Any], texts: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(texts, pa.string()))


def _constant(text: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([text])).cast(CODED)


def _ids(people: np.ndarray[Any, Any]) -> frozenset[str]:
    return frozenset(person_id(person) for person in people.tolist())
