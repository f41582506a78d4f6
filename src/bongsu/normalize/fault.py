"""Why a value cannot be used: rule and explanation, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that breaks a rule."""

    rule: str
    """Stable name of the rule."""
    why: str
    """Explanation for a person; the offending value is added to it."""
