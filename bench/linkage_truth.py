"""Published records whose truth is known, and how well pairs and groups agree with it.

A pair counts in the half that its first record's cluster falls into by hash: what was chosen by looking at
labels was chosen on the first half, and the second is what is reported.
"""

import csv
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bongsu.analyze.same_person import Known
from bongsu.model.person import PERSON_RECORD

Array = np.ndarray[Any, Any]
_HISTORICAL = {
    "record": "unique_id",
    "name": "full_name",
    "given_name": "first_name",
    "family_name": "surname",
    "birth_date": "dob",
    "place": "birth_place",
    "postal_code": "postcode_fake",
    "occupation": "occupation",
}
_FAKE = {
    "record": "unique_id",
    "given_name": "first_name",
    "family_name": "surname",
    "birth_date": "dob",
    "place": "city",
    "email": "email",
}


class Truth(NamedTuple):
    """Records, and the number of the person that each is of."""

    records: pa.Table
    """Schema PERSON_RECORD."""
    person: Array
    """int64, shape (records,)."""
    half: Array
    """0 or 1 for each record, by the hash of its cluster's name."""


class Score(NamedTuple):
    """Pairs found, and how many of them and of all are true."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class NamePair(NamedTuple):
    """Two names, whether a published list calls them one, and the half that the pair is in."""

    left: str
    right: str
    same: bool
    half: int


def stated_people(truth: Truth) -> list[Known]:
    """What each record states, as a screening knows it of a subject."""
    return [
        Known(
            row["record"],
            frozenset({row["name"] or f"{row['given_name']} {row['family_name']}".strip()} - {""}),
            frozenset({row["birth_date"]} - {""}),
            frozenset({("email", row["email"])} if row["email"] else ()),
        )
        for row in truth.records.to_pylist()
    ]


def linkage_folder() -> Path:
    """Folder of linkage truth, as BONGSU_TEST_DATA names it."""
    return Path(os.environ["BONGSU_TEST_DATA"]).resolve() / "itworkers" / "linkage"


def historical() -> Truth:
    """50,578 made-worse records of historical persons (Wikidata)."""
    return _truth(pq.read_table(linkage_folder() / "historical_50k.parquet").to_pylist(), _HISTORICAL)


def fake() -> Truth:
    """1,000 made records with typing errors."""
    return _truth(_rows("fake_1000.csv"), _FAKE)


def name_pairs() -> list[NamePair]:
    """826 pairs of names of persons and companies, some of one, some not."""
    rows = _rows("nomenklatura_name_bench_cases.csv")
    return [
        NamePair(
            r["name1"], r["name2"], r["is_match"] == "true", half_of(f"{r['name1']}|{r['name2']}".encode())
        )
        for r in rows
    ]


def half_of(name: bytes) -> int:
    """Half that a name falls into."""
    return int(hashlib.sha256(name).hexdigest(), 16) % 2


def pair_score(truth: Truth, left: Iterable[str], right: Iterable[str], half: int) -> Score:
    """How well pairs of records agree with the truth in a half."""
    place = {record: number for number, record in enumerate(truth.records["record"].to_pylist())}
    ends = [np.array([place[record] for record in side], dtype=np.int64) for side in (left, right)]
    first, other = np.minimum(*ends), np.maximum(*ends)
    counted = truth.half[first] == half
    true = truth.person[first[counted]] == truth.person[other[counted]]
    return _score(int(true.sum()), len(true), truth, half)


def group_score(truth: Truth, groups: pa.Table, half: int) -> Score:
    """How well all pairs within groups (columns record, group) agree with the truth in a half."""
    named = dict(zip(groups["record"].to_pylist(), groups["group"].to_pylist(), strict=True))
    names = [named.get(record, record) for record in truth.records["record"].to_pylist()]
    group = np.unique(np.array(names), return_inverse=True)[1]
    both = Counter(zip(group.tolist(), truth.person.tolist(), truth.half.tolist(), strict=True))
    true = sum(count * (count - 1) // 2 for (_g, _p, part), count in both.items() if part == half)
    order = np.argsort(group, kind="stable")
    later = np.searchsorted(group[order], group[order], side="right") - np.arange(len(order)) - 1
    return _score(true, int(later[truth.half[order] == half].sum()), truth, half)


def name_score(pairs: list[NamePair], likeness: Mapping[tuple[str, str], float], least: float) -> Score:
    """How well names that are at least so much alike agree with the list."""
    said = [likeness[pair.left, pair.right] >= least for pair in pairs]
    true = sum(one and pair.same for one, pair in zip(said, pairs, strict=True))
    return Score(true / max(1, sum(said)), true / sum(pair.same for pair in pairs))


def _score(true: int, found: int, truth: Truth, half: int) -> Score:
    sizes = Counter(truth.person[truth.half == half].tolist())
    total = sum(count * (count - 1) // 2 for count in sizes.values())
    return Score(true / max(1, found), true / total)


def _rows(name: str) -> list[dict[str, str]]:
    with (linkage_folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _truth(rows: list[dict[str, Any]], columns: dict[str, str]) -> Truth:
    records = [{n: row.get(columns.get(n, "")) or "" for n in PERSON_RECORD.names} for row in rows]
    clusters = np.array([str(row["cluster"]) for row in rows])
    names, person = np.unique(clusters, return_inverse=True)
    halves = np.array([half_of(name.encode()) for name in names.tolist()])
    return Truth(pa.Table.from_pylist(records, PERSON_RECORD), person, halves[person])
