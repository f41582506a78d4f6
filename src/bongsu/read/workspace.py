"""Google Workspace login audit: activities of the Reports API, application `login`, one event a row."""

from bongsu.read.record_file import RecordFile

LOGINS = RecordFile(
    {
        "time": ("id.time",),
        "application": ("id.applicationName",),
        "user": ("actor.email",),
        "ip": ("ipAddress",),
        "event": ("events.name",),
    },
    required=("time", "application", "user"),
    explode="events",
)
"""Reader of logins."""
