"""Raw rows of records of people to events and rejects, by a plan that each source has.

Each different text is looked at once, so that ten million sign-ins cost what their addresses cost.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.event import CODED, EVENT
from bongsu.model.reject import REJECT
from bongsu.model.schema import TIME
from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.identifier_network import canonical_ip
from bongsu.normalize.record_value import canonical_value
from bongsu.normalize.time import parse_time

_DAY = 10
_SHOWN = 80


class Statement(NamedTuple):
    """An event that a row states where its column is filled."""

    kind: str
    thing: str
    column: str
    """Raw column that must be filled; it is the value unless the thing is empty."""
    namespace: str = ""
    """Raw column that says whose value it is, or a constant after an equals sign."""
    note: str = ""
    """Raw column whose text becomes the note."""
    time: str = ""
    """Raw column of its own time; empty: that of the plan."""


class Plan(NamedTuple):
    """How rows of a source become events."""

    subject: tuple[str, ...]
    """Raw columns; the first that is filled is who it is about."""
    time: str
    statements: tuple[Statement, ...]
    ip: str = ""
    device: str = ""
    latitude: str = ""
    longitude: str = ""
    prepare: Callable[[pa.Table], pa.Table] = lambda rows: rows
    """Makes columns that statements name of those that the source has, or leaves rows out."""


class Recorded(NamedTuple):
    """Events of a batch, and rows that could not be used."""

    events: pa.Table
    """Schema `bongsu.model.event.EVENT`."""
    rejects: pa.Table
    """Schema `bongsu.model.reject.REJECT`."""


def normalize_records(rows: pa.Table, plan: Plan, source: str) -> Recorded:
    """Events and rejects of raw rows.

    Args:
        rows: Raw rows of the source's reader, with the column `locator`.
        plan: How they become events.
        source: SHA-256 of the file.
    """
    rows = plan.prepare(rows)
    work = _Work(rows, source)
    subject = pc.coalesce(*(_text(rows[name]) for name in plan.subject))
    named = pc.fill_null(pc.greater(pc.utf8_length(subject), 0), False)
    work.refuse(pc.invert(named), "no_subject", _("the row does not say who it is about"))
    rows, subject = rows.filter(named), subject.filter(named)
    work = _Work(rows, source, work.rejects)
    shared = {"subject": pc.utf8_lower(subject), "ip": work.mapped(plan.ip, _ip)}
    shared |= {"device": work.mapped(plan.device, lambda text: text.strip().casefold())}
    shared |= {name: work.number(column) for name, column in _placed(plan)}
    parts = [work.events(one, plan, shared) for one in plan.statements]
    return Recorded(pa.concat_tables([EVENT.empty_table(), *parts]), work.reject_table())


def _placed(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Event columns of a place with the raw columns that hold them."""
    return ("latitude", plan.latitude), ("longitude", plan.longitude)


class _Work:
    """Columns of the rows of a batch, and what was refused of them."""

    def __init__(self, rows: pa.Table, source: str, rejects: list[dict[str, Any]] | None = None) -> None:
        self.rows, self.source = rows, source
        self.rejects: list[dict[str, Any]] = rejects if rejects is not None else []
        self._times: dict[str, tuple[pa.Array, Any]] = {}

    def refuse(self, mask: Any, rule: str, message: str) -> None:  # noqa: ANN401
        """Nothing; rejects the rows of a mask."""
        for locator in self.rows["locator"].filter(mask).to_pylist():
            self.rejects.append({"source": self.source, "locator": locator, "rule": rule, "message": message})

    def reject_table(self) -> pa.Table:
        """All that was refused."""
        return pa.Table.from_pylist(self.rejects, REJECT)

    def mapped(self, column: str, judge: Callable[[str], str | Fault]) -> pa.Array:
        """Coded values of a column; a text that is refused is empty, and its rows are rejected."""
        if not column:
            return _constant("", self.rows.num_rows)
        return self._judged(_text(self.rows[column]), judge, what=column)[0]

    def number(self, column: str) -> pa.Array:
        """Numbers of a column; what is none is null."""
        if not column:
            return pa.nulls(self.rows.num_rows, pa.float32())
        coded = _coded(_text(self.rows[column]))
        found = [_float(text) for text in coded.dictionary.to_pylist()]
        return pa.array(found, pa.float32()).take(coded.indices)

    def times(self, column: str) -> tuple[pa.Array, Any]:
        """Times of a column, and which rows have none that can be read."""
        if column not in self._times:
            texts = _text(self.rows[column])
            found = _parsed_times(texts)
            bad = pc.and_(pc.is_null(found), pc.is_valid(texts))
            self.refuse(bad, "bad_time", _("the time in {column} cannot be read").format(column=column))
            self._times[column] = found, bad
        return self._times[column]

    def events(self, one: Statement, plan: Plan, shared: dict[str, pa.Array]) -> pa.Table:
        """Events of one statement."""
        count = self.rows.num_rows
        filled = pc.is_valid(_text(self.rows[one.column]))
        time, bad = self.times(one.time or plan.time)
        values, good = self._values(one)
        keep = pc.and_(pc.and_(filled, good), pc.invert(bad))
        note = _coded(pc.fill_null(_text(self.rows[one.note]), "")) if one.note else _constant("", count)
        columns = shared | {
            "subject": _coded(shared["subject"]),
            "time": time,
            "kind": _constant(one.kind, count),
            "thing": _constant(one.thing, count),
            "value": values,
            "note": note,
            "source": _constant(self.source, count),
            "locator": self.rows["locator"].combine_chunks(),
        }
        return pa.table([columns[name] for name in EVENT.names], EVENT).filter(keep)

    def _values(self, one: Statement) -> tuple[pa.Array, Any]:
        """Coded values of a statement, and which rows have one."""
        count = self.rows.num_rows
        if not one.thing:
            return _constant("", count), pa.array(np.ones(count, bool))
        texts = _text(self.rows[one.column])
        if not one.namespace or one.namespace.startswith("="):
            space = one.namespace.removeprefix("=")
            return self._judged(texts, lambda text: canonical_value(one.thing, text, space), what=one.column)
        spaces = pc.fill_null(_text(self.rows[one.namespace]), "")
        joined = pc.binary_join_element_wise(texts, spaces, "\0")

        def judge(text: str) -> str | Fault:
            value, _end, space = text.partition("\0")
            return canonical_value(one.thing, value, space)

        return self._judged(joined, judge, what=one.column)

    def _judged(
        self, texts: pa.Array, judge: Callable[[str], str | Fault], *, what: str
    ) -> tuple[pa.Array, Any]:
        coded = _coded(pc.fill_null(texts, ""))
        found = [judge(text) if text.strip("\0 ") else "" for text in coded.dictionary.to_pylist()]
        for place, one in enumerate(found):
            if isinstance(one, Fault):
                written = coded.dictionary[place].as_py().partition("\0")[0][:_SHOWN]
                message = _("{column} {value}: {why}").format(column=what, value=written, why=one.why)
                self.refuse(pc.equal(coded.indices, place), one.rule, message)
        values = ["" if isinstance(one, Fault) else one for one in found]
        fine = np.array([not isinstance(one, Fault) for one in found], bool)
        mask = fine[coded.indices.to_numpy(zero_copy_only=False)] if found else np.zeros(0, bool)
        dictionary = pa.array(values, pa.string())
        return pa.DictionaryArray.from_arrays(coded.indices, dictionary), pa.array(mask)


def _ip(text: str) -> str | Fault:
    """Address; one of a private network is none, and no fault of the row."""
    found = canonical_ip(text)
    if isinstance(found, Fault):
        return "" if found.rule == "private_ip" else found
    return found.value


def _text(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Column as trimmed text, null where it is empty."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    text = pc.utf8_trim_whitespace(whole.cast(pa.string()))
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _parsed_times(texts: pa.Array) -> pa.Array:
    """Times; a day without a time is its beginning."""
    try:
        return texts.cast(pa.timestamp("us", tz="UTC"))
    except pa.ArrowInvalid:
        coded = _coded(texts)
    found = [_moment(text) for text in coded.dictionary.to_pylist()]
    return pa.array(found, TIME).take(coded.indices)


def _moment(text: str) -> Any:  # noqa: ANN401
    found = parse_time(text)
    if isinstance(found, Fault) and found.rule == "bare_date":
        found = parse_time(f"{text.strip()} 00:00:00")
    return None if isinstance(found, Fault) else found


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _coded(texts: pa.Array) -> pa.DictionaryArray:
    coded = texts.dictionary_encode()
    return coded.cast(CODED) if coded.type != CODED else coded


def _constant(text: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([text], pa.string()))
