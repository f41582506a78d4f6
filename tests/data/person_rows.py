"""Made records of people, each person several times with faults; no one is meant."""

import random

import pyarrow as pa

from bongsu.model.person import PERSON_RECORD
from bongsu.rehearse.identity import FAMILY, GIVEN

PLACES = [f"town {number}" for number in range(40)]


def made_records(people, *, copies=3, seed=5):
    """Records in PERSON_RECORD, and the person that each is of; ids are `pNNN-copy`."""
    luck = random.Random(seed)
    rows = []
    for person in range(people):
        given, family = luck.choice(GIVEN), luck.choice(FAMILY)
        day = f"19{luck.randrange(50, 99)}-{luck.randrange(1, 13):02d}-{luck.randrange(1, 29):02d}"
        place, code = luck.choice(PLACES), f"AB{luck.randrange(10, 99)} {luck.randrange(1, 9)}CD"
        for copy in range(copies):
            row = dict.fromkeys(PERSON_RECORD.names, "") | {
                "record": f"p{person:04d}-{copy}",
                "given_name": given,
                "family_name": family,
                "birth_date": day,
                "place": place,
                "postal_code": code,
            }
            if copy and luck.random() < 0.5:
                field = luck.choice(["given_name", "birth_date", "place", "postal_code"])
                row[field] = "" if field in ("place", "postal_code") else row[field][:-1] + "7"
            rows.append(row)
    return pa.Table.from_pylist(rows, PERSON_RECORD)


def with_rows(records, *rows):
    """The records and some more."""
    empty = dict.fromkeys(PERSON_RECORD.names, "")
    return pa.concat_tables([records, pa.Table.from_pylist([empty | row for row in rows], PERSON_RECORD)])
