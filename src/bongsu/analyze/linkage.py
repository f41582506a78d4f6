"""Records of one person, found by names, dates, places and codes together.

A link says that two records may be of one person; a person judges it. Its weight is no score of anybody, and
names, birthplaces and languages enter no score anywhere. A name alone joins nothing: pairs that agree in
nothing but names are taken out, for names are often borrowed from innocent people. What records of different
people share (an account, a device) is `bongsu.analyze.linkage_exact`.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.linkage_feature import features_of
from bongsu.analyze.linkage_group import LEAST_WEIGHT, METHOD, SURE_WEIGHT, group_records
from bongsu.analyze.linkage_model import lessons_of, rules_of, weigh_pairs
from bongsu.model.person import LINK, MEMBERSHIP
from bongsu.model.ports import LinkEngine
from bongsu.model.text import _

LEAST_RECORDS = 100
"""Below, too little is there to learn from: nothing is linked by likeness, only by equal identifiers."""
_NAMES = ("given", "family")


class Linkage(NamedTuple):
    """Links between records, and the groups that they make."""

    links: pa.Table
    """Schema `bongsu.model.person.LINK`."""
    groups: pa.Table
    """Schema `bongsu.model.person.MEMBERSHIP`."""
    note: str = ""
    """Why likeness was not looked at, or not at all of it; empty where it was."""


def link_people(records: pa.Table, engine: LinkEngine) -> Linkage:
    """Records that may be of one person; nothing, and a note, where there is too little to learn from.

    Args:
        records: Schema `bongsu.model.person.PERSON_RECORD`, ids unique.
        engine: Database to work in, as `store` opens it.

    Raises:
        MissingExtraError: When the extra `screen` is not installed.
    """
    features = features_of(records)
    if records.num_rows < LEAST_RECORDS or not lessons_of(features):
        note = _("Too little is there to learn likeness from: records were not compared by name and date.")
        return Linkage(LINK.empty_table(), MEMBERSHIP.empty_table(), note)
    pairs = without_names_alone(weigh_pairs(features, engine))
    pairs = pairs.filter(pc.greater_equal(pairs["weight"], LEAST_WEIGHT))
    groups = group_records(records["record"].to_pylist(), pairs)
    return Linkage(_links(pairs), groups, _left_out(rules_of(features)[1]))


def _left_out(rules: list[tuple[str, ...]]) -> str:
    """Note of the rules that would compare too many pairs."""
    if not rules:
        return ""
    listed = "; ".join(", ".join(columns) for columns in rules)
    return _("Too many records agree in these columns to be compared by them alone: {columns}.").format(
        columns=listed
    )


def without_names_alone(pairs: pa.Table) -> pa.Table:
    """Pairs in which something besides a name speaks for one person."""
    others = [n for n in pairs.column_names if n.startswith("mw_") and n[3:] not in _NAMES]
    speaks = np.zeros(pairs.num_rows, dtype=bool)
    for name in others:
        speaks |= np.nan_to_num(pairs[name].to_numpy()) > 0
    return pairs.filter(pa.array(speaks))


def _links(pairs: pa.Table) -> pa.Table:
    """Links of weighted pairs; the same things shared make the same reasons."""
    names = [name[3:] for name in pairs.column_names if name.startswith("mw_")]
    agree = [np.nan_to_num(pairs[f"mw_{name}"].to_numpy()) > 0 for name in names]
    code = sum((speaks.astype(np.int64) << bit for bit, speaks in enumerate(agree)), np.int64(0))
    codes, place = np.unique(np.broadcast_to(code, pairs.num_rows), return_inverse=True)
    shared = [[name for bit, name in enumerate(names) if value >> bit & 1] for value in codes.tolist()]
    basis = pa.array([",".join(one) for one in shared], pa.string())
    why = pa.array([[_agreement(name) for name in one] for one in shared], pa.list_(pa.string()))
    sure = pc.greater_equal(pairs["weight"], SURE_WEIGHT)
    columns = {
        "left": pairs["left"],
        "right": pairs["right"],
        "method": pa.repeat(METHOD, pairs.num_rows),
        "basis": basis.take(pa.array(place)),
        "strength": pc.if_else(sure, "medium", "weak"),
        "weight": pairs["weight"],
        "why": why.take(pa.array(place)),
    }
    return pa.table(columns, LINK)


def _agreement(name: str) -> str:
    return {
        "given": _("The given names agree, or one is a spelling of the other."),
        "family": _("The family names agree, or one is a spelling of the other."),
        "birth_date": _("The days of birth agree, but for a digit or two."),
        "postal_code": _("The postal codes agree, but for a sign or two."),
        "place": _("The places agree."),
        "occupation": _("The occupations agree."),
        "email": _("The mail addresses agree, but for a sign or two."),
    }[name]
