"""Sightings of indicators: hits of all blocks of a run, gathered by indicator, field and host."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from bongsu.analyze.indicator_advice import innocent_causes, next_steps
from bongsu.analyze.indicator_index import IndicatorIndex
from bongsu.analyze.indicator_match import Met
from bongsu.analyze.indicator_weight import Seen, clusters_of, provider_of, weigh
from bongsu.analyze.package_match import holds
from bongsu.analyze.sighting import MOST_EVIDENCE
from bongsu.facts.log_field import LogField
from bongsu.model.evidence import Evidence
from bongsu.model.log import LogBlock
from bongsu.model.sighting import Sighting
from bongsu.model.text import _

Array = npt.NDArray[Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_TIME = np.iinfo(np.int64).min


@dataclass(slots=True)
class _Group:
    """What is known of one indicator in one field on one host."""

    value: str
    count: int = 0
    first: int | None = None
    last: int | None = None
    users: set[str] = field(default_factory=set)
    places: list[tuple[str, int, str]] = field(default_factory=list)


class IndicatorTally:
    """Hits under way. Memory: some 500 bytes for each pair of an indicator and a host that met."""

    def __init__(self, index: IndicatorIndex) -> None:
        self.index = index
        self._groups: dict[tuple[int, str, str], _Group] = {}

    def add(self, block: LogBlock, meaning: Mapping[str, LogField], met: Sequence[Met]) -> None:
        """Nothing; counts the hits of a block."""
        if not met:
            return
        hosts, users = (_column(block, _who(block, meaning, kind)) for kind in ("host", "user"))
        times = _times(block)
        for one in met:
            self._add_field(block, one, (hosts, users, times))

    def _add_field(self, block: LogBlock, met: Met, who: tuple[Any, Any, Array]) -> None:
        (names, host), (accounts, user), times = who
        pair = met.key * (len(names) + 1) + host[met.row]
        order = np.argsort(pair, kind="stable")
        row, pair = met.row[order], pair[order]
        starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))
        for start, end in zip(starts, np.append(starts[1:], len(pair)), strict=True):
            key, where = divmod(int(pair[start]), len(names) + 1)
            rows = row[start:end]
            value = met.view.values[int(met.view.code[rows[0]])].as_py()
            group = self._groups.setdefault((key, met.view.field, names[where]), _Group(value))
            group.count += len(rows)
            _widen(group, times[rows])
            group.users |= {accounts[code] for code in np.unique(user[rows])[:2]}
            for at in rows[: MOST_EVIDENCE - len(group.places)]:
                text = met.view.values[int(met.view.code[at])].as_py()
                group.places.append((block.source(at), block.locator[int(at)].as_py(), text))

    def sightings(self) -> Iterator[Sighting]:
        """Sightings, by indicator, field and host."""
        for (key, name, host), group in sorted(self._groups.items()):
            yield _sighting(self.index.of_key(key), group, name=name, host=host)


def _sighting(rows: list[dict[str, Any]], group: _Group, *, name: str, host: str) -> Sighting:
    rows = _meant(rows, group.value)
    head = rows[0]
    first, last = _moment(group.first), _moment(group.last)
    weight = weigh(rows, Seen(first, last, _is_below(head["kind"], head["value"], group.value)))
    clusters = clusters_of(rows)
    named = f"{head['namespace']}/{head['value']}" if head["namespace"] else head["value"]
    users = sorted(group.users - {""})
    return Sighting(
        kind="package" if head["kind"] in {"package", "package_alias"} else "indicator",
        rule=f"{head['kind']} {named}",
        title=_title(head["kind"], named, clusters),
        level=weight.level,
        alert=weight.alert,
        field=name,
        value=group.value,
        host=host,
        user=users[0] if len(users) == 1 else "",
        first=first,
        last=last,
        count=group.count,
        techniques=(),
        clusters=clusters,
        confidence=weight.confidence,
        why=weight.why + _contexts(rows),
        innocent=innocent_causes(head["kind"]),
        next_steps=next_steps(head["kind"]),
        evidence=tuple(
            Evidence(sha256=sha, locator=str(at), what=f"{name}: {text}") for sha, at, text in group.places
        ),
        source="; ".join(sorted({row["source"] for row in rows})),
    )


def _meant(rows: list[dict[str, Any]], met: str) -> list[dict[str, Any]]:
    """Of the rows of a package those that mean the version that was met."""
    if rows[0]["kind"] != "package":
        return rows
    version = met.rpartition("@")[2]
    return [row for row in rows if holds(row["versions"], version)] or rows


def _title(kind: str, value: str, clusters: Sequence[str]) -> str:
    if clusters:
        return _("{kind} {value} was met, which a source ties to an actor ({clusters})").format(
            kind=kind, value=value, clusters="; ".join(clusters)
        )
    return _("{kind} {value} was met, which a source reports").format(kind=kind, value=value)


def _contexts(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What sources say about the value, one sentence each, at most three."""
    said: dict[str, None] = {}
    for row in rows:
        told = "; ".join(text for text in (row["context"], row["reference"]) if text)
        if told:
            said.setdefault(f"{provider_of(row['source'])}: {told}", None)
    return tuple(list(said)[:3])


def _is_below(kind: str, value: str, met: str) -> bool:
    """Whether a name below the domain was met, or an address in the net."""
    if kind == "cidr":
        return True
    return kind == "domain" and f".{value}" in met.lower()


def _widen(group: _Group, times: Array) -> None:
    known = times[times != _NO_TIME]
    if len(known):
        first, last = int(known.min()), int(known.max())
        group.first = first if group.first is None else min(group.first, first)
        group.last = last if group.last is None else max(group.last, last)


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else _EPOCH + timedelta(microseconds=micros)


def _times(block: LogBlock) -> Array:
    """Microseconds since 1970 of each event; _NO_TIME where none is stated."""
    held = block.time.combine_chunks() if hasattr(block.time, "combine_chunks") else block.time
    whole = held.cast("int64")
    return pc.fill_null(whole, _NO_TIME).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _who(block: LogBlock, meaning: Mapping[str, LogField], kind: str) -> str:
    """Field that says whose events they are; of network logs without one, the address that asked."""
    named = [name for name in block.columns if name in meaning and meaning[name].kind == kind]
    named.sort(key=lambda name: meaning[name].ocsf not in {"device.hostname", "actor.user.name"})
    if kind == "host":
        named += [n for n in block.columns if n in meaning and meaning[n].ocsf == "src_endpoint.ip"]
    return named[0] if named else ""


def _column(block: LogBlock, name: str) -> tuple[list[str], Array]:
    """Texts of a column and the place of each event's; the last text is for events without one."""
    if not name:
        return [""], np.zeros(block.rows, np.int64)
    column = block.columns[name]
    texts = [text or "" for text in column.dictionary.to_pylist()] + [""]
    return texts, pc.fill_null(column.indices, len(texts) - 1).to_numpy(zero_copy_only=False).astype(np.int64)
