"""Microsoft Entra sign-in log: the Graph resource `signIn` as JSON, a table of it, or the portal's CSV."""

from bongsu.read.record_file import RecordFile

SIGN_INS = RecordFile(
    {
        "created": ("createdDateTime", "Date (UTC)"),
        "user": ("userPrincipalName", "Username"),
        "ip": ("ipAddress", "IP address"),
        "status": ("status.errorCode", "errorCode", "Sign-in error code"),
        "latitude": ("location.geoCoordinates.latitude", "latitude"),
        "longitude": ("location.geoCoordinates.longitude", "longitude"),
        "device": ("deviceDetail.deviceId", "deviceId", "Device ID"),
    },
    required=("created", "user", "ip"),
)
"""Reader of sign-ins."""
