"""Commits to events: the account that pushed, and the mailbox of the author."""

from bongsu.normalize.record import Plan, Statement

PLAN = Plan(
    subject=("account",),
    time="authored",
    statements=(
        Statement("account", "handle", "account", namespace="=github"),
        Statement("commit", "email", "author_email"),
    ),
)
"""How commits become events."""
