"""The form in which people enter red flags that they saw: subject, flag, observer and time."""

from bongsu.read.record_file import RecordFile

FORM = RecordFile(
    {
        "subject": ("person", "employee id", "application id"),
        "flag": ("red flag", "flag id"),
        "observer": ("observed by", "seen by"),
        "observed": ("observed at", "when", "date"),
    },
    required=("subject", "flag", "observer", "observed"),
)
"""Reader of the form."""
