"""Indicators of a hunt: files of claims made ready once, kept, and mapped by every process."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from bongsu.analyze.indicator_index import IndicatorIndex, build_index, from_arrays
from bongsu.model.indicator import INDICATOR
from bongsu.model.reject import REJECT
from bongsu.model.text import _
from bongsu.normalize.indicator import IndicatorMaker, disputes_of
from bongsu.normalize.warning_list import WarningLists, warned_of
from bongsu.read import dispute_csv
from bongsu.read.indicator_registry import load_indicator_reader, sniff_indicator_format
from bongsu.read.warning_list import read_warning_list
from bongsu.store.durable import digest
from bongsu.store.indicator_set import IndicatorSet, keep_set, open_set, set_key
from bongsu.store.rule_cache import cache_folder
from bongsu.store.table_file import map_table, write_table

METHOD = "indicators@1"
FIRST_REJECTS = 3
_REJECTS = "rejects"


class IndicatorFiles(NamedTuple):
    """Files that indicators are made of."""

    claims: tuple[Path, ...] = ()
    """STIX 2.1, MISP, OpenIOC, CSV, lists."""
    disputes: tuple[Path, ...] = ()
    """Tables of type, value and reason."""
    warnings: tuple[Path, ...] = ()
    """Lists of what is benign: of MISP, or plain."""


class Loaded(NamedTuple):
    """Indicators ready to be compared with."""

    compared: IndicatorIndex
    document: dict[str, Any]
    """Counts for the report: indicators, by source file what was and what was not taken."""


def load_indicators(files: IndicatorFiles, folder: Path | None = None) -> Loaded | None:
    """Indicators of files; None where no file is named.

    Args:
        files: The files.
        folder: Where sets are kept; the user's cache if not given.

    Raises:
        InputError: When a file cannot be read.
        FormatError: When no format of indicators fits a file.

    Cost: some 15 microseconds an indicator the first time; a set that is kept is mapped at once.
    """
    if not files.claims:
        return None
    where = (folder or cache_folder()) / "indicators"
    names = {role: [digest(path) for path in paths] for role, paths in files._asdict().items()}
    sources = {sha: role for role, hashes in names.items() for sha in hashes}
    key = set_key(sources, method=METHOD)
    kept = open_set(where, key)
    beside = where / f"{key}.{_REJECTS}"
    if kept is None or not beside.exists():
        indicators, rejects = _read_all(files)
        index = build_index(indicators)
        where.mkdir(parents=True, exist_ok=True)
        write_table(beside, REJECT, [rejects])
        keep_set(where, key, IndicatorSet(index.rows, index.arrays()))
        kept = open_set(where, key)
        assert kept is not None
    index = from_arrays(kept.rows, kept.arrays)
    return Loaded(index, _document(files, kept.rows, map_table(beside)))


def _read_all(files: IndicatorFiles) -> tuple[pa.Table, pa.Table]:
    """Indicators of all files and rejects; the source of a reject is the file's name."""
    maker = IndicatorMaker(WarningLists(_warned(files)), _disputes(files))
    indicators, rejects = [INDICATOR.empty_table()], [REJECT.empty_table()]
    for path in files.claims:
        reader = load_indicator_reader(sniff_indicator_format(path))
        for batch in reader.read(path):
            made = maker.make(batch.rows)
            indicators.append(made.indicators)
            rejects += [_named(batch.rejects, path), _named(made.rejects, path)]
    return pa.concat_tables(indicators), pa.concat_tables(rejects)


def _named(rejects: pa.Table, path: Path) -> pa.Table:
    place = rejects.schema.get_field_index("source")
    return rejects.set_column(place, REJECT.field("source"), pa.repeat(path.name, rejects.num_rows))


def _disputes(files: IndicatorFiles) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for path in files.disputes:
        for batch in dispute_csv.read(path):
            found |= disputes_of(batch.rows)[0]
    return found


def _warned(files: IndicatorFiles) -> Iterator[Any]:
    for path in files.warnings:
        listed = read_warning_list(path)
        yield from warned_of(listed.rows, _("it is on the list {name}").format(name=listed.name))


def _document(files: IndicatorFiles, rows: pa.Table, rejects: pa.Table) -> dict[str, Any]:
    refused = rejects.select(["source", "locator", "rule", "message"]).to_pylist()
    return {
        "indicators": rows.num_rows,
        "by_kind": dict(sorted(Counter(rows["kind"].to_pylist()).items())),
        "never_alert": rows.num_rows
        - sum(
            scope != "weak" and not why
            for scope, why in zip(rows["scope"].to_pylist(), rows["disputed"].to_pylist(), strict=True)
        ),
        "files": [_file(path, refused) for path in files.claims],
    }


def _file(path: Path, refused: list[dict[str, Any]]) -> dict[str, Any]:
    own = [one for one in refused if one["source"] == path.name]
    return {
        "name": path.name,
        "sha256": digest(path),
        "rejects": dict(sorted(Counter(one["rule"] for one in own).items())),
        "first_rejects": [f"{one['locator']}: {one['message']}" for one in own[:FIRST_REJECTS]],
    }
