"""Every exception that a person can mend.

```
BongsuError
├── InputError           a file or value that was given cannot be used
│   ├── FormatError      a file's format is unknown or not as declared
│   └── AddressError     text that is not an address of its chain
├── FactsError           a fact file breaks its schema, or a fact is unknown
├── LedgerError          a ledger folder is missing, damaged or of another layout
├── LeadError            the lead names nothing that the ledger holds
├── ConservationError    a trace does not add up; names the first movement that breaks it
├── ReleaseError         a marking forbids that this leaves
└── MissingExtraError    an optional part is not installed; names the extra
```

Bad rows are not here: they are stored as `bongsu.model.reject.Reject` and counted. A programming
mistake is a built-in exception.
"""


class BongsuError(Exception):
    """`Cannot <verb> <what>: <why>.` with a hint that says what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputError(BongsuError):
    """A file or value that was given cannot be used."""


class FormatError(InputError):
    """A file's format is unknown or not as declared."""


class AddressError(InputError):
    """Text that is not an address of its chain; `rule` names the reject that it makes of a row."""

    def __init__(self, message: str, *, hint: str = "", rule: str = "bad_address") -> None:
        super().__init__(message, hint=hint)
        self.rule = rule


class FactsError(BongsuError):
    """A fact file breaks its schema, or a fact is unknown."""


class LedgerError(BongsuError):
    """A ledger folder is missing, damaged or of another layout."""


class LeadError(BongsuError):
    """The lead names nothing that the ledger holds."""


class ConservationError(BongsuError):
    """A trace does not add up; the message names the first movement that breaks it."""


class ReleaseError(BongsuError):
    """A marking forbids that this leaves."""


class MissingExtraError(BongsuError):
    """An optional part is not installed; the hint names the extra to install."""
