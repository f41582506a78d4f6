"""Okta System Log to events: successful sign-ins, and phones and tokens that were enrolled."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.normalize.record import Plan, Statement

SIGN_INS = ("user.session.start", "user.authentication.sso", "user.authentication.auth_via_mfa")
ENROLLED = ("user.mfa.factor.activate", "user.mfa.factor.update")


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows that succeeded; what was enrolled only where the event says so."""
    rows = rows.filter(pc.equal(pc.fill_null(rows["outcome"], "SUCCESS"), "SUCCESS"))
    event = rows["event"]
    signed = pc.is_in(event, value_set=pa.array(SIGN_INS))
    enrolled = pc.is_in(event, value_set=pa.array(ENROLLED))
    none = pa.scalar(None, pa.string())
    rows = rows.append_column("sign_in", pc.if_else(signed, event, none))
    for name in ("factor_phone", "factor_device"):
        column = pc.if_else(enrolled, rows[name], none)
        rows = rows.set_column(rows.schema.get_field_index(name), name, column)
    return rows


PLAN = Plan(
    subject=("user",),
    time="published",
    ip="ip",
    device="device",
    latitude="latitude",
    longitude="longitude",
    prepare=_prepare,
    statements=(
        Statement("sign_in", "", "sign_in"),
        Statement("second_factor", "phone", "factor_phone"),
        Statement("second_factor", "serial", "factor_device"),
    ),
)
"""How the log becomes events; sign-ins that failed and events of other kinds are left out."""
