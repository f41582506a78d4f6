"""The peer in hunting: rules converted by pysigma-backend-sqlite, each one query over a table of all events.

This is the way of Zircolite: flattened events in SQLite, one SELECT a rule. Log sources are added to rules
as conditions on channel and number, from the same facts that Bongsu goes by.
"""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bongsu.facts.log_source import load_log_sources
from bongsu.read import evtx
from bongsu.read.sigma import find_rule_files

_COLUMN_LIMIT = 1_900


class PeerRun(NamedTuple):
    """What it took, and what was met."""

    events: int
    load_seconds: float
    convert_seconds: float
    query_seconds: float
    rules: int
    failed: int
    met: frozenset[str]


def run_queries(files: list[Path], rules: Path) -> PeerRun:
    """Events loaded, rules converted, and each rule asked by a query of its own."""
    start = time.perf_counter()
    with sqlite3.connect(":memory:") as base:
        events = _load(base, files)
        loaded = time.perf_counter()
        queries = list(_queries(rules))
        converted = time.perf_counter()
        met, failed = set(), 0
        for name, query in queries:
            try:
                if base.execute(query).fetchone() is not None:
                    met.add(name)
                else:
                    base.execute(query).fetchall()
            except sqlite3.OperationalError:
                failed += 1
        end = time.perf_counter()
    seconds = loaded - start, converted - loaded, end - converted
    return PeerRun(events, *seconds, len(queries), failed, frozenset(met))


def _load(base: sqlite3.Connection, files: list[Path]) -> int:
    """Number of events; the table `logs` has a column for each field that any of them has."""
    rows: list[dict[str, Any]] = []
    for path in files:
        with path.open("rb") as file:
            for batch in evtx.read(file, batch_rows=10_000):
                rows += batch.rows.drop_columns(["locator"]).to_pylist()
    names = list({name.lower(): name for row in rows for name in row}.values())[:_COLUMN_LIMIT]
    base.create_function("REGEXP", 2, lambda pattern, value: False)
    columns = ", ".join(f'"{name}" TEXT COLLATE NOCASE' for name in names)
    base.execute(f"CREATE TABLE logs ({columns})")
    marks = ", ".join("?" * len(names))
    base.executemany(
        f"INSERT INTO logs VALUES ({marks})", ([row.get(name) for name in names] for row in rows)
    )
    return len(rows)


def _queries(rules: Path) -> Iterator[tuple[str, str]]:
    """Id and query of each rule about Windows that the backend converts."""
    from sigma.backends.sqlite import sqliteBackend
    from sigma.collection import SigmaCollection
    from sigma.exceptions import SigmaError

    backend = sqliteBackend(_pipeline())
    for path in find_rule_files((rules,)):
        collection = SigmaCollection.from_yaml(path.read_text(encoding="utf-8"))
        for rule in collection.rules:
            if rule.logsource.product != "windows":
                continue
            try:
                (query,) = backend.convert_rule(rule)
            except (SigmaError, NotImplementedError, ValueError):
                continue
            yield str(rule.id), query.replace("<TABLE_NAME>", "logs")


def _pipeline() -> Any:  # noqa: ANN401
    from sigma.processing.conditions import LogsourceCondition
    from sigma.processing.pipeline import ProcessingItem, ProcessingPipeline
    from sigma.processing.transformations import AddConditionTransformation

    sources = load_log_sources("windows")
    assert sources is not None
    items = []
    for channel, services in sources.services.items():
        for service in services:
            items.append((LogsourceCondition(product="windows", service=service), {"Channel": channel}))
    for (channel, number), categories in sources.categories.items():
        if "sysmon" not in channel and "powershell" not in channel:
            continue
        for category in categories:
            condition = LogsourceCondition(product="windows", category=category)
            items.append((condition, {"Channel": channel, "EventID": number}))
    first: dict[str, Any] = {}
    for condition, added in items:  # a source of several channels keeps the first: the peer asks for less
        first.setdefault(f"{condition.category} {condition.service}", (condition, added))
    return ProcessingPipeline(
        items=[
            ProcessingItem(AddConditionTransformation(added), rule_conditions=[condition])
            for condition, added in first.values()
        ]
    )
