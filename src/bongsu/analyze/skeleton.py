"""Names as an eye takes them in: what looks like a letter, of any script, digit or pair, is that letter.

Source of the letters: Unicode Technical Standard 39, as facts.
"""

import re
import unicodedata
from functools import cache

from bongsu.facts.word_table import load_table

_LEAST_RUN = 6
_RUN = re.compile(r"(.)\1+")


def skeleton(name: str) -> str:
    """What a name looks like; two names that an eye confuses have the same.

    In a name that is not short runs of a letter are one letter, for nobody counts them.

    Args:
        name: A label in lower case; punycode is decoded.
    """
    shown = decoded_label(name)
    if not shown.isascii():
        plain = unicodedata.normalize("NFKD", shown)
        shown = "".join(_letters().get(one, one) for one in plain if not unicodedata.combining(one))
    for written, taken in _shapes():
        shown = shown.replace(written, taken)
    return _RUN.sub(r"\1", shown) if len(shown) >= _LEAST_RUN else shown


def decoded_label(label: str) -> str:
    """The label in its script; one that is no punycode stays as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


@cache
def _letters() -> dict[str, str]:
    table = load_table("mail_signs", "look-alike", "letters")
    return {other: letter for letter, others in table.items() for other in others}


@cache
def _shapes() -> tuple[tuple[str, str], ...]:
    table = load_table("mail_signs", "look-alike", "shapes")
    return tuple((written, taken[0]) for written, taken in table.items())
