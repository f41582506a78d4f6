"""Pairs of accounts to events: whom an account follows or works with."""

from bongsu.normalize.record import Plan, Statement

PLAN = Plan(
    subject=("account",),
    time="seen",
    statements=(
        Statement("account", "handle", "account", namespace="=github"),
        Statement("follow", "handle", "other", namespace="=github", note="relation"),
    ),
)
"""How pairs of accounts become events."""
