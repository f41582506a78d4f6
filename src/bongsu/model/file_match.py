"""A rule about files that a file fits."""

from typing import NamedTuple


class FileMatch(NamedTuple):
    """One rule that fits one file."""

    rule: str
    namespace: str
    """File of the rule, below the path that was named."""
    tags: tuple[str, ...]
    meta: tuple[tuple[str, str], ...]
    """What the rule's author says of it, by name, in the rule's order; a name may come twice."""
    pattern: str
    """Pattern that stands first in the file; empty: the rule fits without one."""
    offset: int
    """Bytes before that place; 0 without a pattern."""
    shown: str
    """Beginning of what stands there, printable."""


class Scanned(NamedTuple):
    """What rules say of a file."""

    matches: tuple[FileMatch, ...]
    why: str
    """Why they were not asked, or not to the end; empty: they were."""
