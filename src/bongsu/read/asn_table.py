"""A user's own table of networks: a prefix, or first and last address, with number, name, kind and dates."""

from bongsu.read.record_file import RecordFile

ASN_TABLE = RecordFile(
    {
        "cidr": ("prefix", "network", "range"),
        "start": ("range start", "first", "ip from", "start ip"),
        "end": ("range end", "last", "ip to", "end ip"),
        "asn": ("as number", "autonomous system number", "as"),
        "name": ("as name", "organization", "as description", "autonomous system organization", "org"),
        "kind": ("type", "usage", "usage type"),
        "valid_from": ("from", "first seen", "since"),
        "valid_until": ("until", "last seen", "valid to"),
    },
    required=("asn",),
)
"""Reader of tables of networks."""
