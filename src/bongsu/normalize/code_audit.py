"""Audit logs of code hosts to events: repositories that were cloned, forked or exported, and where to."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.event import OUTSIDE, PUBLIC
from bongsu.normalize.record import Plan, Statement

_TAKEN = r"(^|[._ ])(clone|fork|export|download|download_zip|migration)"
_YES = ("public", "true", "yes", "1")


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows of clones and the like, with a note of where to."""
    action = pc.utf8_lower(pc.fill_null(rows["action"].cast(pa.string()), ""))
    rows = rows.filter(pc.match_substring_regex(action, _TAKEN))
    owner, goes = (_owner(rows[name]) for name in ("repository", "destination"))
    outside = pc.and_(pc.not_equal(goes, ""), pc.not_equal(goes, owner))
    public = pc.is_in(pc.utf8_lower(rows["visibility"].cast(pa.string())), value_set=pa.array(_YES))
    note = pc.if_else(public, PUBLIC, pc.if_else(outside, OUTSIDE, ""))
    return rows.append_column("where", note)


def _owner(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Part before the slash, in small letters; empty where nothing is stated."""
    text = pc.utf8_lower(pc.fill_null(column.cast(pa.string()), ""))
    plain = pc.replace_substring_regex(text, r"^(https?://)?([^/]*\.[a-z]+/)?", "")
    return pc.replace_substring_regex(pc.utf8_trim_whitespace(plain), r"/.*$", "")


PLAN = Plan(
    subject=("user",),
    time="created",
    prepare=_prepare,
    statements=(Statement("clone", "repository", "repository", note="where"),),
)
"""How audit logs become events; other actions are left out."""
