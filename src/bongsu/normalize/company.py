"""Firms to events: domain and the day of its registration, registrar and host, passages of the text."""

from typing import Any

import pyarrow as pa

from bongsu.normalize.passage import passages_of
from bongsu.normalize.record import Plan, Statement
from bongsu.normalize.spread import OWNER, spread


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows with one more for each passage of the site's text."""
    return spread(rows, {"passage": _passages}, owner="company")


def _passages(row: dict[str, Any]) -> list[str]:
    return passages_of(str(row["text"] or ""))


PLAN = Plan(
    subject=("company", OWNER),
    time="registered",
    prepare=_prepare,
    statements=(
        Statement("company", "domain", "domain"),
        Statement("company", "registrar", "registrar"),
        Statement("company", "hosting", "hosting"),
        Statement("company", "passage", "passage"),
    ),
)
"""How firms become events; the subject is the firm."""
