"""Raw rows of indicators to indicators: canonical values, scopes, validity, and rejects for the rest."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.indicator import INDICATOR
from bongsu.model.marking import Tlp
from bongsu.model.reject import REJECT
from bongsu.model.schema import TIME
from bongsu.model.text import _
from bongsu.model.version_range import VersionRange
from bongsu.normalize.fault import Fault
from bongsu.normalize.indicator_value import Known, canonical_indicator
from bongsu.normalize.time import parse_time
from bongsu.normalize.warning_list import WarningLists

CONFIDENCE = 50
"""Confidence of a row whose source states none: nobody vouched for it."""
_CONFIDENCE_WORDS = {"high": 85, "medium": 50, "moderate": 50, "low": 15, "none": 0, "confirmed": 95}
_CLOSED = Tlp.RED.label
"""Label of a row whose marking is not understood."""
_ECOSYSTEMS = {
    "node": "npm",
    "npmjs": "npm",
    "pip": "pypi",
    "python": "pypi",
    "golang": "go",
    "crates": "cargo",
    "crates.io": "cargo",
    "rust": "cargo",
    "composer": "packagist",
}
"""Other names of ecosystems."""
Disputes = Mapping[tuple[str, str], str]
"""Kind and canonical value to why it is disputed."""


class Indicators(NamedTuple):
    """What became of a batch of raw rows."""

    indicators: pa.Table
    """Schema INDICATOR."""
    rejects: pa.Table
    """Schema REJECT, source empty."""


class IndicatorMaker:
    """Makes indicators of raw rows under a user's disputes and warning lists.

    Args:
        warnings: Shipped lists and the user's own.
        disputes: Values that are disputed.
        tlp: Label of rows that state none.
    """

    def __init__(
        self, warnings: WarningLists, disputes: Disputes | None = None, *, tlp: str = Tlp.AMBER.label
    ) -> None:
        self.warnings = warnings
        self.disputes = disputes or {}
        self.tlp = tlp

    def make(self, rows: pa.Table) -> Indicators:
        """Indicators of raw rows (the schema of `bongsu.read.indicator_row`) and rejects, in their order.

        A row whose time or marking cannot be read is kept without the time, or with the strictest marking,
        and noted as a reject too. Cost: some 10 microseconds a row.
        """
        column = {name: _texts(rows, name) for name in rows.column_names if name != "locator"}
        places = rows["locator"].to_pylist()
        faults: list[dict[str, Any]] = []
        kept, known = self._values(column, places, faults)
        pick = pa.array(kept, pa.int64())
        taken = {name: values.take(pick) for name, values in column.items()}
        held = [places[i] for i in kept]
        told: dict[str, Any] = {name: taken[name] for name in ("cluster", "reference", "source")}
        spaces = list(map(_namespace, known, taken["namespace"].to_pylist()))
        told |= self._judged(known, spaces, taken["note"].to_pylist())
        told |= {
            "namespace": pa.array(spaces, pa.string()),
            "versions": taken["versions"],
            "context": _context(taken["context"], taken["ports"]),
            "first_seen": _mapped(taken["first_seen"], lambda text: _when(text, 0), TIME),
            "last_seen": _mapped(taken["last_seen"], lambda text: _when(text, 1), TIME),
            "confidence": _mapped(taken["confidence"], _confidence, pa.int8()),
            "tlp": _mapped(taken["tlp"], self._marking, pa.string()),
            "locator": pa.array(held, pa.int64()),
        }
        faults += _unread(taken, told, held)
        table = pa.table([told[name] for name in INDICATOR.names], schema=INDICATOR)
        return Indicators(table, pa.Table.from_pylist(faults, schema=REJECT))

    def _values(
        self, column: dict[str, pa.Array], places: list[int], faults: list[dict[str, Any]]
    ) -> tuple[list[int], list[Known]]:
        kept, values = [], []
        stated = (column[name].to_pylist() for name in ("type", "value", "versions"))
        for i, (word, text, versions) in enumerate(zip(*stated, strict=True)):
            found = canonical_indicator(word, text)
            if versions and not _are_versions(versions):
                found = Fault("bad_versions", _("{text} are no versions").format(text=versions[:40]))
            if isinstance(found, Fault):
                faults.append(_reject(places[i], found.rule, f"{found.why}: {text[:80]}"))
                continue
            kept.append(i)
            values.append(found)
        return kept, values

    def _judged(self, known: list[Known], spaces: list[str], notes: list[str]) -> dict[str, pa.Array]:
        scopes, disputed = [], []
        for one, space, note in zip(known, spaces, notes, strict=True):
            # A package of any ecosystem may be a harmless one of another.
            anywhere = one.kind == "package" and not space
            scopes.append("weak" if anywhere else self.warnings.scope(one, note))
            disputed.append(self._disputed(one, note))
        return {
            "kind": pa.array([one.kind for one in known], pa.string()),
            "value": pa.array([one.value for one in known], pa.string()),
            "scope": pa.array(scopes, pa.string()),
            "disputed": pa.array(disputed, pa.string()),
        }

    def _disputed(self, known: Known, note: str) -> str:
        stated = self.disputes.get(known, "")
        if stated:
            return stated
        if note.startswith("popular:"):
            return _("its source notes that it is on a list of popular names ({list})").format(
                list=note.partition(":")[2]
            )
        return self.warnings.benign(known)

    def _marking(self, text: str) -> str:
        if not text:
            return self.tlp
        plain = text.upper().removeprefix("TLP:").replace("WHITE", "CLEAR").replace("_", "+")
        return next((one.label for one in Tlp if one.label == f"TLP:{plain}"), _CLOSED)


def disputes_of(rows: pa.Table) -> tuple[dict[tuple[str, str], str], pa.Table]:
    """Disputes of raw rows (type, value, reason), and rejects.

    A disputed public suffix is no reject: it never becomes an indicator.
    """
    found: dict[tuple[str, str], str] = {}
    faults = []
    for row in rows.to_pylist():
        known = canonical_indicator(row["type"] or "", row["value"] or "")
        if not isinstance(known, Fault):
            found[known] = row["reason"] or _("it is on your list of disputed indicators")
        elif known.rule != "public_suffix":
            faults.append(_reject(row["locator"], known.rule, f"{known.why}: {row['value']}"))
    return found, pa.Table.from_pylist(faults, schema=REJECT)


def _are_versions(text: str) -> bool:
    try:
        VersionRange(text)
    except ValueError:
        return False
    return True


def _texts(rows: pa.Table, name: str) -> pa.Array:
    column = rows[name].combine_chunks() if rows[name].num_chunks != 1 else rows[name].chunk(0)
    return pc.fill_null(column, "")


def _reject(place: int, rule: str, message: str) -> dict[str, Any]:
    return {"source": "", "locator": place, "rule": rule, "message": message}


def _namespace(known: Known, word: str) -> str:
    plain = word.strip().lower()
    return _ECOSYSTEMS.get(plain, plain) or ("npm" if known.kind == "package_alias" else "")


def _context(context: pa.Array, ports: pa.Array) -> pa.Array:
    said = pc.binary_join_element_wise("; ports ", ports, "", "")
    with_ports = pc.binary_join_element_wise(context, said, "")
    return pc.if_else(pc.equal(ports, ""), context, with_ports)


def _mapped(column: pa.Array, read: Callable[[str], object], dtype: pa.DataType) -> pa.Array:
    """What each text means; each distinct one is read once."""
    coded = column.dictionary_encode()
    return pa.array([read(text) for text in coded.dictionary.to_pylist()], dtype).take(coded.indices)


def _when(text: str, days: int) -> datetime | None:
    """Time; of a bare day its beginning, or `days` later: the end of validity includes its day."""
    if not text:
        return None
    found = parse_time(text)
    if not isinstance(found, Fault):
        return found
    try:
        return datetime.combine(date.fromisoformat(text.strip()), datetime.min.time(), UTC) + timedelta(
            days=days
        )
    except ValueError:
        return None


def _confidence(text: str) -> int:
    plain = text.strip().lower().removesuffix("%")
    if plain.isdecimal() and int(plain) <= 100:
        return int(plain)
    return _CONFIDENCE_WORDS.get(plain, CONFIDENCE)


def _unread(taken: dict[str, pa.Array], told: dict[str, Any], places: list[int]) -> list[dict[str, Any]]:
    """Notes on what rows state that could not be read."""
    notes = []
    for name in ("first_seen", "last_seen"):
        bad = pc.and_(pc.not_equal(taken[name], ""), pc.is_null(told[name]))
        for i in pc.indices_nonzero(bad).to_pylist():
            message = _("{text} is no time; the indicator is kept without it").format(
                text=taken[name][i].as_py()[:40]
            )
            notes.append(_reject(places[i], "bad_time", message))
    odd = pc.and_(
        pc.equal(told["tlp"], _CLOSED), pc.invert(pc.match_substring(taken["tlp"], "RED", ignore_case=True))
    )
    for i in pc.indices_nonzero(pc.and_(odd, pc.not_equal(taken["tlp"], ""))).to_pylist():
        message = _("{text} is no TLP label; the strictest is taken").format(
            text=taken["tlp"][i].as_py()[:40]
        )
        notes.append(_reject(places[i], "bad_tlp", message))
    return notes
