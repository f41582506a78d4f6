"""Applications as tracking systems export them: one row or object an application.

Names, schools, languages and birthplaces are not read, whatever the file has.
"""

from bongsu.read.record_file import RecordFile

APPLICATIONS = RecordFile(
    {
        "application": ("application id", "applicant id", "candidate id", "id"),
        "applied": ("applied at", "applied on", "application date", "submitted at", "created at"),
        "email": ("e-mail", "email address", "candidate email", "email_addresses.value"),
        "phone": ("phone number", "mobile", "phone_numbers.value"),
        "ip": ("ip address", "client ip", "source ip"),
        "visitor": ("visitor id", "device id", "browser fingerprint", "device fingerprint"),
        "github": ("github username", "github login", "github url"),
        "wallet": ("payout wallet", "crypto wallet"),
        "country": ("phone country",),
    },
    required=("application", "applied", "email"),
)
"""Reader of applications."""
