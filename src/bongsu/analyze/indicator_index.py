"""Indicators made ready to be matched: a key for each value, and tables of keys."""

import ipaddress
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.match import BELOW, Ranges, Table, Texts
from bongsu.kernel.match_table import halves, make_ranges, make_table
from bongsu.model.indicator import INDICATOR_KINDS

Array = npt.NDArray[Any]
GROUPS: dict[str, tuple[str, ...]] = {
    "host": ("domain",),
    "address": ("ipv4", "ipv6"),
    "net": ("cidr",),
    "url": ("url",),
    "path": ("url_path",),
    "digest": ("md5", "sha1", "sha256"),
    "mail": ("email",),
    "name": ("file_name",),
    "pattern": ("file_name_regex",),
    "mutex": ("mutex",),
    "wallet": ("wallet",),
    "package": ("package",),
    "alias": ("package_alias",),
    "handle": ("handle",),
}
"""What is compared together to the kinds of indicators in it."""
RANGED, TABLED = ("address", "net"), ("host", "url", "path", "digest", "mail", "name", "mutex", "wallet")
"""Groups that are ranges of numbers, and groups that are tables of texts."""
_GROUP_OF = {kind: number for number, kinds in enumerate(GROUPS.values()) for kind in kinds}


class IndicatorIndex(NamedTuple):
    """Indicators by key: a key is a value (with its namespace) that one or more rows state."""

    rows: pa.Table
    """Schema INDICATOR, sorted: key k has the rows first[k] to first[k + 1] - 1."""
    first: Array
    """int64, shape (keys + 1,)."""
    base: Mapping[str, int]
    """Group to its first key; keys of a group follow each other."""
    tables: Mapping[str, Table]
    """Groups of TABLED; value v of a table is the key base + v."""
    ranges: Mapping[str, tuple[Ranges, Array]]
    """Groups of RANGED, with the key of each range."""

    @property
    def keys(self) -> int:
        """Number of keys."""
        return len(self.first) - 1

    def span(self, group: str) -> tuple[int, int]:
        """First key of the group, and the one after its last."""
        names = list(GROUPS)
        place = names.index(group) + 1
        return self.base[group], self.base[names[place]] if place < len(names) else self.keys

    def of_key(self, key: int) -> list[dict[str, Any]]:
        """Indicators of the key."""
        first, last = int(self.first[key]), int(self.first[key + 1])
        return self.rows.slice(first, last - first).to_pylist()  # type: ignore[no-any-return]

    def values(self, group: str) -> list[tuple[str, str]]:
        """Namespace and value of each key of the group, in order."""
        first, last = self.span(group)
        picked = self.rows.select(["namespace", "value"]).take(pa.array(self.first[first:last]))
        return list(zip(*(picked[name].to_pylist() for name in picked.column_names), strict=True))

    def arrays(self) -> dict[str, Array]:
        """Everything but the rows, by names that `from_arrays` reads: what a store keeps."""
        found = {"first": self.first, "base": np.array(list(self.base.values()), np.int64)}
        for group, table in self.tables.items():
            found |= {f"{group}.{name}": part for name, part in table._asdict().items()}
        for group, (ranges, key) in self.ranges.items():
            found |= {f"{group}.{name}": part for name, part in ranges._asdict().items()} | {
                f"{group}.key": key
            }
        return found


def from_arrays(rows: pa.Table, arrays: Mapping[str, Array]) -> IndicatorIndex:
    """Index of what `IndicatorIndex.arrays` gave, for instance mapped from files."""
    base = dict(zip(GROUPS, arrays["base"].tolist(), strict=True))
    tables = {group: Table(*(arrays[f"{group}.{name}"] for name in Table._fields)) for group in TABLED}
    ranges = {
        group: (Ranges(*(arrays[f"{group}.{name}"] for name in Ranges._fields)), arrays[f"{group}.key"])
        for group in RANGED
    }
    return IndicatorIndex(rows, arrays["first"], base, tables, ranges)


def build_index(indicators: pa.Table) -> IndicatorIndex:
    """Index of indicators (schema INDICATOR).

    Cost: some 5 seconds and 60 MB besides the rows for 10^6 domains.
    """
    kinds = pc.index_in(indicators["kind"], pa.array(INDICATOR_KINDS))
    group = pa.array([_GROUP_OF[kind] for kind in INDICATOR_KINDS], pa.int8()).take(kinds.combine_chunks())
    text = pc.utf8_lower(pc.binary_join_element_wise(indicators["namespace"], indicators["value"], "\0"))
    sortable = pa.table({"group": group, "text": text})
    order = pc.sort_indices(sortable, [("group", "ascending"), ("text", "ascending")])
    rows, sortable = indicators.take(order).combine_chunks(), sortable.take(order).combine_chunks()
    new = _changes(sortable)
    first = np.append(np.flatnonzero(new), len(new)).astype(np.int64)
    groups = _numpy(sortable["group"])[first[:-1]]
    base = {name: int(np.searchsorted(groups, number)) for number, name in enumerate(GROUPS)}
    index = IndicatorIndex(rows, first, base, {}, {})
    return index._replace(
        tables={group: _table(index, group) for group in TABLED},
        ranges={group: _ranges(index, group) for group in RANGED},
    )


def _numpy(column: pa.ChunkedArray) -> Array:
    return column.to_numpy()  # type: ignore[no-any-return]


def _changes(sortable: pa.Table) -> Array:
    """Whether each row is another key than the one before it."""
    count = sortable.num_rows
    new = np.ones(count, bool)
    if count > 1:
        here, before = sortable.slice(1), sortable.slice(0, count - 1)
        other = [_numpy(pc.not_equal(here[name], before[name])) for name in sortable.column_names]
        new[1:] = np.logical_or.reduce(other)
    return new


def _table(index: IndicatorIndex, group: str) -> Table:
    first, last = index.span(group)
    starts = index.first[first:last]
    lower = pc.utf8_lower(index.rows["value"].take(pa.array(starts)))
    texts = texts_of(lower.combine_chunks() if isinstance(lower, pa.ChunkedArray) else lower)
    ends = np.append(texts.start, texts.stop[-1:] if last > first else 0).astype(np.int64)
    narrow = _numpy(pc.not_equal(index.rows["scope"], "parents"))
    # Where sources differ, the narrowest scope holds.
    flag = np.zeros(last - first, np.uint8)
    if last > first:
        span = slice(int(index.first[first]), int(index.first[last]))
        met = np.logical_or.reduceat(narrow[span], starts - starts[0])
        flag = np.where(met, 0, BELOW).astype(np.uint8)
    data = texts.data[ends[0] : ends[-1]] if last > first else np.zeros(1, np.uint8)
    return make_table(ends - ends[0], data, flag, backward=group == "host")


def _ranges(index: IndicatorIndex, group: str) -> tuple[Ranges, Array]:
    nets = [ipaddress.ip_network(value) for _space, value in index.values(group)]
    lows = [mapped(int(net.network_address), net.version) for net in nets]
    highs = [mapped(int(net.broadcast_address), net.version) for net in nets]
    ranges, order = make_ranges(halves(lows), halves(highs))
    return ranges, order + index.base[group]


def mapped(address: int, version: int) -> int:
    """Number of an address; of an IPv4 address, where IPv6 has it (::ffff:0:0/96)."""
    return address if version == 6 else address | 0xFFFF << 32


def texts_of(column: pa.StringArray) -> Texts:
    """Texts of an Arrow column, over its own bytes; a null is an empty text."""
    _valid, offsets, data = column.buffers()
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1].astype(np.int64)
    held = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
    return Texts(ends[:-1], ends[1:], held)
