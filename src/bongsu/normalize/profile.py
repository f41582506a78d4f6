"""Public profiles to events: the account and when it was opened, its contacts, town, jobs and files."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.normalize.claim import claimed_jobs
from bongsu.normalize.record import Plan, Statement
from bongsu.normalize.spread import OWNER, spread


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows with one more for each job, the platform in small letters, and the day of the last change."""
    platform = pc.utf8_lower(pc.utf8_trim_whitespace(rows["platform"].cast(pa.string())))
    rows = rows.set_column(rows.schema.get_field_index("platform"), "platform", platform)
    changed = pc.coalesce(rows["updated"].cast(pa.string()), rows["created"].cast(pa.string()))
    rows = rows.append_column("changed", changed)
    made = {"job": lambda row: claimed_jobs(_text(row, "jobs"))}
    return spread(rows, made, owner="subject", keep=("changed", "platform"))


def _text(row: dict[str, Any], name: str) -> str:
    return str(row[name] or "")


PLAN = Plan(
    subject=("subject", OWNER),
    time="changed",
    prepare=_prepare,
    statements=(
        Statement("profile", "handle", "handle", namespace="platform", note="platform", time="created"),
        Statement("profile", "email", "email", note="platform"),
        Statement("profile", "phone", "phone", namespace="country", note="platform"),
        Statement("profile", "town", "town", note="platform"),
        Statement("profile", "asset", "asset", note="platform"),
        Statement("profile", "job", "job", note="platform"),
    ),
)
"""How profiles become events; the time of what a profile says is that of its last change."""
