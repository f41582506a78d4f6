"""Who joined a call when and from where, as meeting services export it: one row a participant and time."""

from bongsu.read.record_file import RecordFile

JOINS = RecordFile(
    {
        "user": ("participant email", "user email", "email", "attendee", "application id", "candidate id"),
        "joined": ("join time", "joined at", "join date"),
        "ip": ("ip address", "client ip"),
        "device": ("device id", "client device"),
        "zone": ("time zone", "timezone", "client time zone", "utc offset"),
        "latitude": ("lat",),
        "longitude": ("lon", "lng"),
    },
    required=("user", "joined"),
)
"""Reader of meeting logs."""
