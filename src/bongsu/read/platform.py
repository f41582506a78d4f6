"""Records of a freelance platform: one row a registration, bid, login, payout, payment or support request.

A row fills the columns of what it is about, or says it in `record`. Names and languages are not read.
"""

from bongsu.read.record_file import RecordFile

RECORDS = RecordFile(
    {
        "account": ("account id", "freelancer", "freelancer id", "platform account", "client id", "payer"),
        "time": ("timestamp", "occurred at", "created at", "date"),
        "record": ("record type", "event type", "event"),
        "email": ("e-mail", "email address"),
        "phone": ("phone number",),
        "country": ("phone country",),
        "agency": ("agency name", "team"),
        "ip": ("ip address", "login ip"),
        "device": ("device id", "device fingerprint", "visitor id"),
        "project": ("project id", "job id", "posting"),
        "proposal": ("bid text", "cover letter", "proposal text"),
        "accepted": ("won", "hired", "bid status"),
        "payee": ("paid to", "recipient account", "to account"),
        "amount": ("value", "amount usd"),
        "wallet": ("payout wallet", "wallet address"),
        "chain": ("blockchain", "wallet chain"),
        "iban": ("payout iban",),
        "routing": ("routing number",),
        "bank_account": ("account number", "payout account"),
        "emoney": ("paypal", "payoneer id", "payout platform account"),
        "service": ("payout service",),
        "request": ("request type", "ticket category", "topic"),
        "text": ("message", "ticket text", "body"),
    },
    required=("account", "time"),
)
"""Reader of records of a platform."""
TELLING = (
    "record", "email", "phone", "ip", "device", "project", "proposal", "payee", "wallet", "iban", "emoney",
    "request", "text",
)  # fmt: skip
"""Columns one of which a file must have: what a row is about."""


def is_platform(picks: dict[str, str]) -> bool:
    """Whether a file says what its rows are about, and not only whose they are and when."""
    return any(picks[raw] for raw in TELLING)
