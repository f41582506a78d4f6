"""Answers of the DNS that somebody has saved: what is known, what is known to be absent, and the rest."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

RECORD_KINDS = ("A", "AAAA", "MX", "TXT", "CNAME", "NS", "PTR")
"""Kinds of records that mail is judged by."""
_MOST_ALIASES = 8


class DnsRecord(NamedTuple):
    """One record."""

    name: str
    """Lower case, without the last dot."""
    kind: str
    """One of RECORD_KINDS."""
    value: str
    """TXT: its strings joined; MX: preference and host; else a name or an address, as `name`."""


class DnsSource(Protocol):
    """Where records are looked up."""

    def lookup(self, name: str, kind: str) -> tuple[str, ...] | None:
        """Values of the records; empty: there are none; None: it is not known whether there are."""
        ...


class DnsAnswers:
    """Saved records; what is in none of them is unknown, unless a whole zone was saved."""

    def __init__(
        self,
        records: Iterable[DnsRecord] = (),
        absent: Iterable[tuple[str, str]] = (),
        zones: Iterable[str] = (),
    ) -> None:
        """Keeps the records.

        Args:
            records: What was answered.
            absent: Name and kind of what was asked for and is not there; an empty kind: any.
            zones: Names of zones that were saved whole.
        """
        self._values: dict[tuple[str, str], list[str]] = {}
        for one in records:
            self._values.setdefault((one.name, one.kind), []).append(one.value)
        self._absent, self._zones = set(absent), frozenset(zones)
        self._cuts = {name for name, kind in self._values if kind == "NS" and name not in self._zones}

    @property
    def names(self) -> frozenset[str]:
        """Names that have records."""
        return frozenset(name for name, _kind in self._values)

    @property
    def zones(self) -> frozenset[str]:
        """Names of zones that were saved whole."""
        return self._zones

    def lookup(self, name: str, kind: str) -> tuple[str, ...] | None:
        """Values of the records, aliases followed; empty: there are none; None: not known."""
        at = canonical_name(name)
        for _step in range(_MOST_ALIASES):
            if (at, kind) in self._values:
                return tuple(self._values[at, kind])
            alias = self._values.get((at, "CNAME"))
            if alias is None:
                return () if self._is_absent(at, kind) else None
            at = alias[0]
        return None

    def _is_absent(self, name: str, kind: str) -> bool:
        if (name, kind) in self._absent or (name, "") in self._absent:
            return True
        parents = _with_parents(name)
        if any(one in self._cuts for one in parents):
            return False
        wild = any((f"*.{one}", kind) in self._values for one in parents[1:])
        return not wild and any(one in self._zones for one in parents)


def canonical_name(name: str) -> str:
    """The name in lower case without its last dot."""
    return name.strip().rstrip(".").lower()


def _with_parents(name: str) -> list[str]:
    labels = name.split(".")
    return [".".join(labels[place:]) for place in range(len(labels))]
