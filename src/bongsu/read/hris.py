"""Employees as a personnel system exports them, with where their laptop was sent.

Names, birth dates, nationalities and languages are not read, whatever the file has.
"""

from bongsu.read.record_file import RecordFile

EMPLOYEES = RecordFile(
    {
        "employee": ("employee id", "worker id", "person id", "employee number"),
        "hired": ("hire date", "start date", "hired on", "date of hire"),
        "work_email": ("work e-mail", "company email", "email", "user principal name"),
        "personal_email": ("private email", "home email"),
        "phone": ("mobile phone", "phone number", "personal phone"),
        "application": ("application id", "applicant id", "candidate id"),
        "home": ("home address", "document address", "address"),
        "ship_to": ("shipping address", "ship to", "laptop address", "delivery address"),
        "shipped": ("shipped on", "ship date", "shipped at"),
        "laptop": ("laptop serial", "asset serial", "serial number"),
        "department": ("team", "org unit"),
        "vendor": ("agency", "staffing vendor", "supplier"),
        "employer": ("company", "legal entity"),
        "zone": ("time zone", "timezone", "utc offset"),
        "country": ("phone country", "work country code"),
    },
    required=("employee", "hired"),
)
"""Reader of employees."""
