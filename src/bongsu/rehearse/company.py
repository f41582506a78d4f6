"""A made company with known truth: 10,000 people, some networks of fraudulent workers, many odd innocents."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from bongsu.model.event import CODED, EVENT
from bongsu.model.schema import TIME
from bongsu.rehearse.company_luck import draw_cast
from bongsu.rehearse.company_record import START, make_records, person_id
from bongsu.rehearse.company_sign_in import SignIns, make_sign_ins

SOURCE = "made up for rehearsal"
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
    made = make_sign_ins(cast, people * sign_ins, luck)
    events = pa.concat_tables([_record_table(records), sign_in_table(made, people)])
    traits = {trait: _ids(group) for trait, group in cast.lone.items()}
    traits |= {trait: _ids(np.concatenate(groups)) for trait, groups in cast.groups.items() if groups}
    return Company(events, tuple(_ids(group) for group in cast.networks), traits, people)


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
