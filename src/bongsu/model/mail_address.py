"""Addresses in a header of a mail, within bounds: a hostile header must not exhaust the stack."""

from email.utils import getaddresses

MOST_COMMENTS = 50
"""Opening brackets in a header; the library goes one call deeper for each that stands in another."""


def addresses_in(text: str) -> list[tuple[str, str]]:
    """Display name and address of each mailbox in a header; none where there are too many brackets.

    Args:
        text: Value of a header.
    """
    return [] if text.count("(") > MOST_COMMENTS else getaddresses([text])
