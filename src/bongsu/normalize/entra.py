"""Microsoft Entra sign-ins to events: those that succeeded."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.normalize.record import Plan, Statement


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows that succeeded: error code 0, or none stated."""
    return rows.filter(pc.equal(pc.fill_null(rows["status"].cast(pa.string()), "0"), "0"))


PLAN = Plan(
    subject=("user",),
    time="created",
    ip="ip",
    device="device",
    latitude="latitude",
    longitude="longitude",
    prepare=_prepare,
    statements=(Statement("sign_in", "", "user"),),
)
"""How sign-ins become events."""
