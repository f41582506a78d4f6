"""Payments of a payroll: one row a payment, with the account or wallet that it goes to."""

from bongsu.read.record_file import RecordFile

PAYMENTS = RecordFile(
    {
        "employee": ("employee id", "worker id", "payee id", "contractor id", "employee number"),
        "paid": ("pay date", "payment date", "paid on", "paid at"),
        "destination": ("account", "payout account", "pay to", "payment address", "payout destination"),
        "iban": ("payee iban",),
        "routing": ("routing number", "aba", "aba number"),
        "account": ("account number", "bank account"),
        "wallet": ("wallet address", "payout wallet", "crypto address"),
        "chain": ("network", "blockchain", "wallet chain"),
        "emoney": ("payment platform account", "paypal", "payoneer id", "wise account"),
        "service": ("payment platform", "payout service"),
    },
    required=("employee", "paid"),
)
"""Reader of payments."""
