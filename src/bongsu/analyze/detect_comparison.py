"""Outcomes of tests for all events of a block: a test looks at each value once, however many have it."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from ipaddress import ip_address, ip_network
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.detect_plan import StreamPlan, is_literal
from bongsu.analyze.detect_tree import LITERAL, met_by_absence
from bongsu.kernel.intern import Texts
from bongsu.model.detection import Comparison
from bongsu.model.log import LogBlock

Array = np.ndarray[Any, Any]
_ORDER: dict[str, Callable[[float, float], bool]] = {
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
    "gt": lambda one, other: one > other,
    "gte": lambda one, other: one >= other,
}
_GLOB = re.compile(r"\\([*?\\])|([*?])|([^*?\\]+|\\)")


class FieldValues:
    """One column of a block."""

    def __init__(self, column: pa.DictionaryArray) -> None:
        self.values: pa.Array = column.dictionary
        codes = pc.fill_null(column.indices, -1)
        self.codes: Array = codes.to_numpy()

    @cached_property
    def lowered(self) -> pa.Array:
        """Values in lower case."""
        return pc.utf8_lower(self.values)

    @cached_property
    def blank(self) -> Array:
        """Whether each event lacks the field, or has nothing in it."""
        return self.where(pc.equal(self.values, "").to_numpy(zero_copy_only=False)) | (self.codes < 0)

    def where(self, holds: Array) -> Array:
        """Outcome for each event of outcomes for each value; an event without the field has none."""
        padded = np.zeros(len(holds) + 1, bool)
        padded[:-1] = holds
        found: Array = padded[self.codes]
        return found


def text_parts(values: pa.Array) -> Texts:
    """Values as offsets and bytes."""
    if not len(values):
        return Texts(np.zeros(1, np.int32), np.empty(0, np.uint8))
    _valid, offsets, data = values.buffers()
    first = np.frombuffer(offsets, np.int32)[values.offset : values.offset + len(values) + 1]
    return Texts(first, np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8))


class BlockTests:
    """Tests of a plan on one block; each is answered when it is first asked for."""

    def __init__(self, plan: StreamPlan, block: LogBlock) -> None:
        self.plan = plan
        self.rows = block.rows
        # rules write names without the blanks that some events have in theirs
        self.fields = {name.replace(" ", ""): FieldValues(one) for name, one in block.columns.items()}
        self._met = dict(self._literals())
        self._known: dict[int, Array | None] = {}
        self._asked: dict[tuple[int, str], Array] = {}

    @property
    def live(self) -> Iterator[int]:
        """Tests that some event may meet: literals that were found, others whose field some event has."""
        yield from self._met
        for field, tests in self.plan.slow.items():
            if not field or field in self.fields:
                yield from tests

    def outcome(self, number: int, within: Array | None = None) -> Array | None:
        """Outcome of a test for each event; None where no event meets it.

        Args:
            number: Comparison.
            within: Events that matter; a slow test looks at the values of no others. None: all.
        """
        test = self.plan.tests[number]
        if is_literal(test):
            if number not in self._known:
                self._known[number] = self._literal(number)
            return self._known[number]
        if not test.field:
            found = [self._slow(number, test, name, within) for name in self.fields]
            return _any(found)
        return self._slow(number, test, test.field, within)

    def _literals(self) -> Iterator[tuple[int, list[tuple[str, Array]]]]:
        """Literals that stand in some value: test, and in which values of which fields."""
        found: dict[int, list[tuple[str, Array]]] = {}
        for name, field in self.fields.items():
            for asked in (*self.plan.fields.get(name, ()), *self.plan.fields.get("", ())):
                values = field.values if asked.cased else field.lowered
                codes, literals = asked.literals.find(text_parts(values))
                if not len(literals):
                    continue
                order = np.argsort(literals, kind="stable")
                numbers, starts = np.unique(literals[order], return_index=True)
                for one, met in zip(numbers.tolist(), np.split(codes[order], starts[1:]), strict=True):
                    found.setdefault(asked.tests[one], []).append((name, met))
        return iter(found.items())

    def _literal(self, number: int) -> Array | None:
        return _any([self._having(name, codes) for name, codes in self._met.get(number, ())])

    def _having(self, name: str, codes: Array) -> Array:
        holds = np.zeros(len(self.fields[name].values), bool)
        holds[codes] = True
        return self.fields[name].where(holds)

    def _slow(self, number: int, test: Comparison, name: str, within: Array | None) -> Array | None:
        field = self.fields.get(name)
        if field is None:
            return np.ones(self.rows, bool) if test.operator == "null" else None
        if test.operator in {*LITERAL, "null", "exists"}:  # a literal that is asked here is empty
            return field.blank if met_by_absence(test) else ~field.blank
        if test.operator.endswith("same"):
            return self._same(test, field, within)
        return field.where(self._answers((number, name), test, field, within))

    def _answers(
        self, key: tuple[int, str], test: Comparison, field: FieldValues, within: Array | None
    ) -> Array:
        """Whether each value meets a slow test; a value that no event within has may be left out."""
        asked = self._asked.setdefault(key, np.full(len(field.values) + 1, -1, np.int8))
        codes = np.unique(field.codes if within is None else field.codes[within])
        new = codes[(codes >= 0) & (asked[codes] < 0)]
        if len(new):
            asked[new] = _meets(test, field.values.take(pa.array(new)))
        return asked[:-1] > 0

    def _same(self, test: Comparison, field: FieldValues, within: Array | None) -> Array | None:
        other = self.fields.get(test.value)
        if other is None:
            return None
        rows = np.flatnonzero(np.ones(self.rows, bool) if within is None else within)
        rows = rows[(field.codes[rows] >= 0) & (other.codes[rows] >= 0)]
        compare = {"same": pc.equal, "starts_same": pc.starts_with, "ends_same": pc.ends_with}[test.operator]
        one = field.lowered.take(pa.array(field.codes[rows]))
        two = other.lowered.take(pa.array(other.codes[rows]))
        found = np.zeros(self.rows, bool)
        if test.operator == "same":
            found[rows] = compare(one, two).to_numpy(zero_copy_only=False)
        else:
            side = str.startswith if test.operator == "starts_same" else str.endswith
            found[rows] = [side(a, b) for a, b in zip(one.to_pylist(), two.to_pylist(), strict=True)]
        return found


def _any(found: list[Array | None]) -> Array | None:
    held = [one for one in found if one is not None]
    return np.logical_or.reduce(held) if held else None


def _meets(test: Comparison, values: pa.Array) -> Array:
    """Whether each value meets a slow test."""
    if test.operator in {"regex", "like"}:
        pattern = test.value if test.operator == "regex" else glob_pattern(test.value)
        flags = test.flags if test.operator == "regex" else "s" if test.cased else "is"
        found = pc.match_substring_regex(values, f"(?{flags}){pattern}" if flags else pattern)
        return np.asarray(found.to_numpy(zero_copy_only=False), bool)
    if test.operator == "cidr":
        return np.array([_inside(text, test.value) for text in values.to_pylist()], bool)
    limit, holds = float(test.value), _ORDER[test.operator]
    numbers = [_number(text) for text in values.to_pylist()]
    return np.array([number is not None and holds(number, limit) for number in numbers], bool)


def glob_pattern(glob: str) -> str:
    """Regular expression of a glob over a whole value."""
    signs = {"*": ".*", "?": "."}
    parts = [
        re.escape(escaped) if escaped else signs[sign] if sign else re.escape(text)
        for escaped, sign, text in _GLOB.findall(glob)
    ]
    return f"^{''.join(parts)}$"


def _inside(text: str, network: str) -> bool:
    try:
        return ip_address(text.strip()) in ip_network(network)
    except ValueError:
        return False


def _number(text: str) -> float | None:
    try:
        return float(int(text, 0))
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None
