"""Meeting logs to events: who joined when, from which address, place and offset of the clock."""

from bongsu.normalize.record import Plan, Statement

PLAN = Plan(
    subject=("user",),
    time="joined",
    ip="ip",
    device="device",
    latitude="latitude",
    longitude="longitude",
    statements=(
        Statement("meeting", "", "joined"),
        Statement("meeting", "utc_offset", "zone"),
    ),
)
"""How meeting logs become events."""
