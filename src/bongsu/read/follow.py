"""Who follows whom, or works on whose repository, at a code host: one row a pair of accounts."""

from bongsu.read.record_file import RecordFile

FOLLOWS = RecordFile(
    {
        "account": ("login", "follower", "actor"),
        "other": ("following", "followed", "follows", "collaborator", "followed account"),
        "seen": ("time", "followed at", "seen at"),
        "relation": ("kind", "type"),
    },
    required=("account", "other"),
)
"""Reader of pairs of accounts."""
