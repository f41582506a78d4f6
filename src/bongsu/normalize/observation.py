"""Red flags that people saw to events, each with the observer's name."""

from bongsu.normalize.record import Plan, Statement

PLAN = Plan(
    subject=("subject",),
    time="observed",
    statements=(Statement("observation", "flag", "flag", note="observer"),),
)
"""How observations become events."""
