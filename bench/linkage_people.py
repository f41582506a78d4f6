"""Published personas among ordinary people who look like them, and the list of Korean names."""

import csv
import json
import os
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from bongsu.analyze.linkage_exact import Sharing, exact_links, joined_records
from bongsu.analyze.person_name import same_korean_name
from bongsu.normalize.identifier import RAW_IDENTIFIER, normalize_identifiers
from bongsu.normalize.identifier_handle import is_generic_handle
from bongsu.rehearse.identity import Near, make_identities

KOREAN_NAMES = Path(__file__).parent.parent / "tests" / "data" / "korean_names.csv"
"""Variants and near-misses, written from public tables."""
ORDINARY, SEED = 100_000, 11
Row = tuple[str, str, str, str]
"""Record, kind, namespace and text of an identifier."""


class Crowd(NamedTuple):
    """Personas and ordinary people."""

    ids: frozenset[str]
    """Records of the personas."""
    identifiers: pa.Table
    rejects: pa.Table

    def shared(self) -> Sharing:
        """What they share; personas are the leads."""
        return exact_links(self.identifiers, leads=self.ids)

    def wanted(self) -> set[tuple[str, str]]:
        """Pairs of personas that share a normalized identifier, counted without the method."""
        having = defaultdict(set)
        for row in self.identifiers.to_pylist():
            if row["record"] in self.ids:
                having[row["kind"], row["namespace"], row["value"]].add(row["record"])
        return {pair for records in having.values() for pair in combinations(sorted(records), 2)}


def persona_rows() -> list[Row]:
    """Identifiers of the published personas, read where they lie."""
    path = Path(os.environ["BONGSU_TEST_DATA"]).resolve() / "itworkers" / "personas.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        (persona["id"], *_kind_of(one["type"]), one["value"])
        for persona in map(json.loads, lines)
        for one in persona["identifiers"]
    ]


def make_crowd(count: int = ORDINARY, seed: int = SEED) -> Crowd:
    """The personas and so many ordinary people, many of whom look like them."""
    personas = persona_rows()
    named = {text.lower().split("@")[0] for _id, kind, _space, text in personas if kind != "wallet"}
    generic = sorted(name for name in named if is_generic_handle(name))
    distinct = sorted(name for name in named if not name.endswith(".eth") and name not in generic)
    made = make_identities(count, seed=seed, near=Near(distinct, generic))
    ordinary = zip(*(made[name].to_pylist() for name in ("record", "kind", "namespace", "text")), strict=True)
    identifiers, rejects = normalize_identifiers(raw_rows([*personas, *ordinary]))
    return Crowd(frozenset(row[0] for row in personas), identifiers, rejects)


def raw_rows(rows: list[Row]) -> pa.Table:
    """Identifiers as a source would give them."""
    names = ("record", "kind", "namespace", "text")
    found = [
        dict(zip(names, row, strict=True)) | {"source": "", "seen": None, "locator": n}
        for n, row in enumerate(rows, 1)
    ]
    return pa.Table.from_pylist(found, RAW_IDENTIFIER)


def korean_pairs(same: bool) -> list[tuple[str, str]]:
    """Pairs of the list: variants of one name, or near-misses."""
    lines = KOREAN_NAMES.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [(row["left"], row["right"]) for row in rows if (row["same"] == "1") == same]


def measure_people() -> list[tuple[str, str]]:
    """What was counted, and the count."""
    variants, misses = korean_pairs(True), korean_pairs(False)
    found = sum(same_korean_name(*pair) for pair in variants)
    false = sum(same_korean_name(*pair) for pair in misses)
    start = time.perf_counter()
    crowd = make_crowd()
    made = time.perf_counter()
    shared = crowd.shared()
    spent = time.perf_counter() - made
    links, wanted = shared.links.to_pylist(), crowd.wanted()
    told = {(row["left"], row["right"]) for row in links}
    mixed = [row for row in links if (row["left"] in crowd.ids) != (row["right"] in crowd.ids)]
    groups = defaultdict(set)
    for row in joined_records(shared.links).to_pylist():
        groups[row["group"]].add(row["record"] in crowd.ids)
    both = sum(len(group) > 1 for group in groups.values())
    handles = {row[3].lower() for row in persona_rows() if row[1] == "handle"}
    return [
        ("Korean names: variants found", f"{found} of {len(variants)}"),
        ("Korean names: near-misses taken for one", f"{false} of {len(misses)}"),
        ("personas, ordinary people", f"{len(crowd.ids)}, {ORDINARY:,}"),
        ("identifiers, rejects", f"{crowd.identifiers.num_rows:,}, {crowd.rejects.num_rows}"),
        ("made and normalized; linked", f"{made - start:.1f} s; {spent:.1f} s"),
        ("pairs of personas that share one, found", f"{len(wanted)}, {len(wanted & told)}"),
        (
            "groups by strong links with both a persona and others",
            str(both),
        ),
        ("links to ordinary people: medium", str(sum(row["strength"] == "medium" for row in mixed))),
        ("links to ordinary people: weak", str(sum(row["strength"] == "weak" for row in mixed))),
        ("handles of personas judged generic", f"{sum(map(is_generic_handle, handles))} of {len(handles)}"),
    ]


def _kind_of(kind: str) -> tuple[str, str]:
    """Kind and namespace of an identifier of the list of personas."""
    if kind == "email":
        return "email", ""
    if kind in ("eth", "sol"):
        return "wallet", kind
    return "handle", "" if kind == "handle" else kind
