"""Public profiles and portfolio sites of applicants, as somebody listed them: one row a profile or a file.

Names, pictures, schools and languages are not read, whatever the file has.
"""

from bongsu.read.record_file import RecordFile

PROFILES = RecordFile(
    {
        "subject": ("application id", "applicant id", "candidate id", "employee id", "person"),
        "platform": ("network", "site", "profile of"),
        "handle": ("username", "user name", "profile", "login", "profile url"),
        "created": ("created at", "member since", "profile created", "account created"),
        "updated": ("last updated", "updated at", "last change"),
        "email": ("e-mail", "email address", "profile email"),
        "phone": ("phone number", "profile phone"),
        "country": ("phone country",),
        "town": ("city", "location", "current location"),
        "jobs": ("positions", "employment", "experience"),
        "asset": ("asset hash", "file hash", "sha256"),
    },
    required=("subject", "platform", "handle"),
)
"""Reader of profiles."""
