"""What records share: equal identifiers, each with what it is worth at most.

Equal is equal: kind, namespace and canonical value. Beside that, one handle at two platforms is a lead and
never more than medium. An identifier that very many records share (a hub), or that a label says is of a
payer, an exchange or a contract, joins nobody; it is listed. A generic handle alone is never above weak.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.union_find import joined_sets
from bongsu.model.identifier import STRENGTHS, weaker
from bongsu.model.label import NEGATIVE, Label
from bongsu.model.person import HUB, LINK, MEMBERSHIP
from bongsu.model.text import _

MOST_SHARING = 50
"""Records that an identifier joins at most; more have it for a reason that is nobody's own."""
METHOD = "equal-identifiers@1"
_ANY_PLATFORM = "*"
_Key = tuple[str, str, str]
_Shared = dict[tuple[str, str], list[tuple[_Key, str]]]


class Sharing(NamedTuple):
    """Links between records by equal identifiers, and identifiers that join nothing."""

    links: pa.Table
    """Schema `bongsu.model.person.LINK`."""
    hubs: pa.Table
    """Schema `bongsu.model.person.HUB`."""


class _Group(NamedTuple):
    """An identifier and the records that state it, ascending."""

    key: _Key
    strength: str
    records: list[str]


def exact_links(
    identifiers: pa.Table, *, leads: frozenset[str] = frozenset(), labels: Iterable[Label] = ()
) -> Sharing:
    """Links between records that share an identifier, one a pair.

    Args:
        identifiers: Schema `bongsu.model.identifier.IDENTIFIER`.
        leads: Records that were asked for: their links are listed also where a hub joins nobody, as weak.
        labels: Labels of addresses; what is of a category in `bongsu.model.label.NEGATIVE` joins nobody.

    Cost: a sort of the identifiers, and a row a pair that shares one.
    """
    negative = {
        (_every_evm(label.chain), label.address): label.category
        for label in labels
        if label.category in NEGATIVE
    }
    shared: _Shared = defaultdict(list)
    hubs = []
    for group in [*_groups(identifiers), *_groups(_any_platform(identifiers))]:
        category = _labelled(group.key, negative)
        pairs: Iterable[tuple[str, str]] = combinations(group.records, 2)
        strength = group.strength
        if category or len(group.records) > MOST_SHARING:
            hubs.append(_hub(group, category))
            pairs, strength = ([] if category else _lead_pairs(group.records, leads)), "weak"
        for pair in pairs:
            shared[pair].append((group.key, strength))
    rows = [_link(pair, shared[pair]) for pair in sorted(shared)]
    hubs.sort(key=lambda hub: (hub["kind"], hub["namespace"], hub["value"]))
    return Sharing(pa.Table.from_pylist(rows, LINK), pa.Table.from_pylist(hubs, HUB))


def joined_records(links: pa.Table, *, least: str = "strong") -> pa.Table:
    """Groups of records that links of this strength join: schema `bongsu.model.person.MEMBERSHIP`.

    They share something; that they are one person, or know each other, nobody has said.
    """
    allowed = pa.array(STRENGTHS[STRENGTHS.index(least) :])
    kept = links.filter(pc.is_in(links["strength"], value_set=allowed))
    names = pa.array(sorted({*kept["left"].to_pylist(), *kept["right"].to_pylist()}), pa.string())
    left, right = (
        pc.index_in(kept[side], value_set=names).to_numpy().astype(np.int64) for side in ("left", "right")
    )
    roots, _fate = joined_sets(left, right, np.zeros(len(names), dtype=np.int64), most=max(1, len(names)))
    columns = [names, names.take(pa.array(roots)), pa.repeat(METHOD, len(names))]
    return pa.table(dict(zip(MEMBERSHIP.names, columns, strict=True)), MEMBERSHIP)


def _groups(identifiers: pa.Table) -> Iterator[_Group]:
    """Identifiers that two records and more state, with the least that any of them is worth."""
    keys = ["kind", "namespace", "value"]
    counted = identifiers.group_by(keys).aggregate([("record", "count_distinct")])
    counted = counted.filter(pc.greater(counted["record_count_distinct"], 1)).select(keys)
    rows = identifiers.select([*keys, "record", "strength"]).join(counted, keys, join_type="inner")
    found: dict[_Key, tuple[str, set[str]]] = {}
    for row in rows.to_pylist():
        key = (row["kind"], row["namespace"], row["value"])
        strength, records = found.setdefault(key, ("strong", set()))
        records.add(row["record"])
        found[key] = (weaker(strength, row["strength"]), records)
    for key in sorted(found):
        yield _Group(key, found[key][0], sorted(found[key][1]))


def _any_platform(identifiers: pa.Table) -> pa.Table:
    """Handles as if all were of one platform, medium at most."""
    handles = identifiers.filter(pc.equal(identifiers["kind"], "handle"))
    namespace = pa.repeat(_ANY_PLATFORM, handles.num_rows)
    strength = pc.if_else(pc.equal(handles["strength"], "weak"), "weak", "medium")
    table = handles.set_column(handles.schema.get_field_index("namespace"), "namespace", namespace)
    return table.set_column(table.schema.get_field_index("strength"), "strength", strength)


def _labelled(key: _Key, negative: dict[tuple[str, str], str]) -> str:
    """Category of a label that says that an address is no one person's; empty where there is none."""
    kind, chain, value = key
    return negative.get((_every_evm(chain), value), "") if kind == "wallet" else ""


def _every_evm(chain: str) -> str:
    """The chain; for one of the EVM kind all of them, for one key has one address on all."""
    return "eip155:*" if chain.startswith("eip155:") else chain


def _hub(group: _Group, category: str) -> dict[str, object]:
    kind, namespace, value = group.key
    why = _("more than {most} records have it").format(most=MOST_SHARING)
    if category:
        why = _("a label says: {category}; many people deal with it").format(category=category)
    row = {"kind": kind, "namespace": namespace, "value": value}
    return row | {"records": len(group.records), "why": why}


def _lead_pairs(records: list[str], leads: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a hub that one of the leads is in."""
    asked = [record for record in records if record in leads]
    seen = set()
    for one in asked:
        seen.add(one)
        yield from ((min(one, other), max(one, other)) for other in records if other not in seen)


def _link(pair: tuple[str, str], found: list[tuple[_Key, str]]) -> dict[str, object]:
    """Link of two records by all that they share; a platform's own handle says it before `any platform`."""
    handles = {key[2] for key, _strength in found if key[0] == "handle" and key[1] != _ANY_PLATFORM}
    kept = [(k, s) for k, s in found if not (k[1] == _ANY_PLATFORM and k[2] in handles)]
    return {
        "left": pair[0],
        "right": pair[1],
        "method": METHOD,
        "basis": ",".join(sorted({f"{kind}/{namespace}".rstrip("/") for (kind, namespace, _v), _s in kept})),
        "strength": max((strength for _key, strength in kept), key=STRENGTHS.index),
        "weight": 0.0,
        "why": [_reason(key, strength) for key, strength in kept],
    }


def _reason(key: _Key, strength: str) -> str:
    kind, namespace, value = key
    if namespace == _ANY_PLATFORM:
        return _("Both have the handle {value}, not at one known platform ({strength}).").format(
            value=value, strength=strength
        )
    return _("Both state {kind} {value} ({strength}).").format(kind=kind, value=value, strength=strength)
