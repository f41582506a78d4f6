"""Audit logs of code hosts: one row or object an action on a repository, such as `git.clone`."""

from bongsu.read.record_file import RecordFile

ACTIONS = RecordFile(
    {
        "user": ("actor", "user name", "author", "external_identity_nameid"),
        "created": ("@timestamp", "created_at", "time", "date"),
        "action": ("event", "event name"),
        "repository": ("repo", "project", "repository name"),
        "visibility": ("repository visibility", "public_repo"),
        "destination": ("target account", "forked to", "remote owner", "destination account"),
    },
    required=("user", "created", "action", "repository"),
)
"""Reader of audit logs."""
