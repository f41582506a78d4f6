"""Applications as tracking systems export them: one row or object an application.

Names, schools, languages and birthplaces are not read, whatever the file has; of the text of a résumé only
hashes of passages are kept, without the words that begin with a capital.
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
        "line_type": ("phone line type", "line type", "phone type"),
        "zone": ("time zone", "timezone", "utc offset"),
        "town": ("city", "current location", "location"),
        "agency": ("staffing agency", "recruiter", "placed by"),
        "resume": ("resume text", "résumé", "cv", "cv text"),
        "skills": ("skills with years", "technologies", "experience with"),
        "jobs": ("employment", "positions", "work history"),
    },
    required=("application", "applied", "email"),
)
"""Reader of applications."""
