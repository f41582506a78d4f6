"""Employees to events: hire, home, where the laptop went, ids in other sources, team, vendor, time zone."""

from bongsu.normalize.record import Plan, Statement

PLAN = Plan(
    subject=("employee",),
    time="hired",
    statements=(
        Statement("hire", "", "hired"),
        Statement("alias", "account", "work_email"),
        Statement("alias", "account", "application"),
        Statement("alias", "serial", "laptop"),
        Statement("contact", "email", "personal_email"),
        Statement("contact", "phone", "phone", namespace="country"),
        Statement("home", "postal_address", "home"),
        Statement("shipment", "postal_address", "ship_to", time="shipped"),
        Statement("work", "department", "department"),
        Statement("work", "vendor", "vendor"),
        Statement("work", "employer", "employer"),
        Statement("work", "utc_offset", "zone"),
    ),
)
"""How employees become events."""
