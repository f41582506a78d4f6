"""A detection rule as it is run: tests of fields, and how they combine."""

from dataclasses import dataclass
from typing import NamedTuple

LEVELS = ("informational", "low", "medium", "high", "critical")
"""What a hit is worth, ascending, as Sigma names it."""
OPERATORS = (
    "equals",
    "contains",
    "startswith",
    "endswith",
    "like",  # glob: `*` any text, `?` one character, `\\` before a literal one
    "regex",
    "cidr",
    "lt",
    "lte",
    "gt",
    "gte",
    "null",  # the field is absent or empty
    "exists",
    "same",  # equals the field that the value names
    "ends_same",  # ends with the value of the field that the value names
    "starts_same",
)
"""How a value is compared. Text is compared without regard to case unless the test is `cased`."""
Tree = tuple[str, tuple["Tree", ...]] | int
"""`("and" | "or", parts)`, `("not", (part,))`, or the place of a test in the rule's list."""


class Comparison(NamedTuple):
    """One comparison."""

    field: str
    """Name as the log has it; empty: any field of the event (a keyword)."""
    operator: str
    """One of OPERATORS."""
    value: str
    """Lower case, unless `cased` or a regular expression."""
    cased: bool = False
    flags: str = ""
    """Of a regular expression: letters of i, m, s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """A rule, whoever wrote it."""

    id: str
    title: str
    level: str
    """One of LEVELS."""
    status: str
    techniques: tuple[str, ...]
    """ATT&CK ids, upper case."""
    tactics: tuple[str, ...]
    """ATT&CK tactics, as words with underscores."""
    product: str
    category: str
    service: str
    """Log source as the rule names it; empty: any."""
    tests: tuple[Comparison, ...]
    tree: Tree
    innocent: tuple[str, ...]
    """What else explains a hit, as the rule's author states."""
    file: str
    """Name of the rule's file."""
    sha256: str
    """Of the rule's file."""
