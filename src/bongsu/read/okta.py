"""Okta System Log as its API gives it: one LogEvent an object (developer.okta.com, System Log API)."""

from bongsu.read.record_file import RecordFile

SYSTEM_LOG = RecordFile(
    {
        "event": ("eventType",),
        "published": ("published",),
        "user": ("actor.alternateId",),
        "outcome": ("outcome.result",),
        "ip": ("client.ipAddress",),
        "latitude": ("client.geographicalContext.geolocation.lat",),
        "longitude": ("client.geographicalContext.geolocation.lon",),
        "device": ("debugContext.debugData.deviceFingerprint", "device.id"),
        "factor_phone": ("debugContext.debugData.phoneNumber",),
        "factor_device": (
            "debugContext.debugData.authenticatorSerialNumber",
            "debugContext.debugData.factorId",
        ),
    },
    required=("event", "published", "user"),
)
"""Reader of the System Log."""
