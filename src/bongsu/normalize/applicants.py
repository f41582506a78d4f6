"""Applications to events: who applied, from where, and how to reach them."""

from bongsu.normalize.record import Plan, Statement

PLAN = Plan(
    subject=("application",),
    time="applied",
    ip="ip",
    device="visitor",
    statements=(
        Statement("application", "", "application"),
        Statement("contact", "email", "email"),
        Statement("contact", "phone", "phone", namespace="country"),
        Statement("account", "handle", "github", namespace="=github"),
        Statement("payout", "wallet", "wallet", namespace="=evm"),
    ),
)
"""How applications become events."""
