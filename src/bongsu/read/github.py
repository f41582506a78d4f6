"""GitHub API JSON, and local history as a table: one row a commit that somebody pushed.

Of the API, events of an account (`PushEvent`) and commits of a repository are read. A local history is a
table with the columns account, sha, author_email and authored, as `git log --format=...` writes it. When the
account was opened is a column of one's own: the API tells it of an account, not of a commit.
"""

from bongsu.read.record_file import RecordFile

COMMITS = RecordFile(
    {
        "account": ("actor.login", "committer.login", "author.login"),
        "sha": ("payload.commits.sha", "sha"),
        "author_email": ("payload.commits.author.email", "commit.author.email", "author email"),
        "authored": ("commit.author.date", "author date", "created_at"),
        "repository": ("repo.name", "repository.full_name", "repo"),
        "fork": ("repo.fork", "repository.fork", "is fork"),
        "registered": ("actor.created_at", "author.created_at", "account created"),
    },
    required=("account", "sha", "author_email"),
    explode="payload.commits",
)
"""Reader of commits."""
