"""GitHub API JSON, and local history as a table: one row a commit that somebody pushed.

Of the API, events of an account (`PushEvent`) and commits of a repository are read. A local history is a
table with the columns account, sha, author_email and authored, as `git log --format=...` writes it.
"""

from bongsu.read.record_file import RecordFile

COMMITS = RecordFile(
    {
        "account": ("actor.login", "committer.login", "author.login"),
        "sha": ("payload.commits.sha", "sha"),
        "author_email": ("payload.commits.author.email", "commit.author.email", "author email"),
        "authored": ("created_at", "commit.author.date", "author date"),
    },
    required=("account", "sha", "author_email"),
    explode="payload.commits",
)
"""Reader of commits."""
