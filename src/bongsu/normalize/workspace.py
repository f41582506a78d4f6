"""Google Workspace logins to events: those that succeeded."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.normalize.record import Plan, Statement


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows of the application `login` that are successful logins."""
    login = pc.equal(pc.fill_null(rows["application"], ""), "login")
    return rows.filter(pc.and_(login, pc.equal(pc.fill_null(rows["event"], ""), "login_success")))


PLAN = Plan(
    subject=("user",),
    time="time",
    ip="ip",
    prepare=_prepare,
    statements=(Statement("sign_in", "", "user"),),
)
"""How logins become events."""
