"""Commits to events: the account that pushed and when it was opened, the mailbox of the author."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.normalize.record import Plan, Statement

_YES = ("true", "yes", "1")


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows with a note of each commit: its hash, its repository, and `fork` where that is one."""
    texts = {name: pc.fill_null(rows[name].cast(pa.string()), "") for name in ("sha", "repository", "fork")}
    forked = pc.is_in(pc.utf8_lower(texts["fork"]), value_set=pa.array(_YES))
    fork = pc.if_else(forked, " fork", "")
    repository = pc.replace_substring_regex(pc.utf8_lower(texts["repository"]), r"\s", "")
    note = pc.binary_join_element_wise(texts["sha"], repository, " ")
    return rows.append_column("commit_note", pc.binary_join_element_wise(note, fork, ""))


PLAN = Plan(
    subject=("account",),
    time="authored",
    prepare=_prepare,
    statements=(
        Statement("account", "handle", "account", namespace="=github"),
        Statement("commit", "email", "author_email", note="commit_note"),
        Statement("register", "", "registered", time="registered"),
    ),
)
"""How commits become events."""
