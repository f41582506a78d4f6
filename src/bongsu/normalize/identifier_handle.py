"""Handles at platforms; one that many could have thought of is generic, and its match is weak at most."""

import re
import unicodedata

from bongsu.facts.word_table import load_words
from bongsu.model.identifier import Canonical
from bongsu.model.text import _
from bongsu.normalize.fault import Fault

PLATFORMS = {
    "github": re.compile(r"(?!-)[a-z0-9-]{1,39}"),
    "telegram": re.compile(r"[a-z0-9_]{4,32}"),
    "x": re.compile(r"[a-z0-9_]{1,15}"),
    "npm": re.compile(r"[a-z0-9._~-]{1,214}"),
    "ens": re.compile(r"[^\s.]+(\.[^\s.]+)*\.eth"),
}
"""Platform to the form of its names, in lower case; another platform takes any."""
_ANY = re.compile(r"[^\s/@]{2,80}")
_URL = re.compile(r"^(https?://)?(www\.)?([a-z]+\.[a-z]+)/(@|~)?", re.IGNORECASE)
_HOSTS = {"github.com": "github", "t.me": "telegram", "x.com": "x", "twitter.com": "x", "npmjs.com": "npm"}
_MOST_WORDS = 4


def canonical_handle(text: str, platform: str = "") -> Canonical | Fault:
    """Handle in lower case; strong at a named platform, where one account has it, medium without one.

    Args:
        text: A handle, with or without the sign @, or the address of a profile.
        platform: `github`, `telegram`, `x`, `npm`, `ens` or another name; empty where it is not known.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    namespace = platform.strip().casefold()
    found = _URL.match(written)
    if found is not None:
        namespace = namespace or _HOSTS.get(found[3].lower(), found[3].lower())
        written = written[found.end() :].partition("/")[0].partition("?")[0]
    value = written.lstrip("@").casefold()
    form = PLATFORMS.get(namespace, _ANY)
    if form.fullmatch(value) is None:
        return Fault("bad_handle", _("no account of the platform can have this name"))
    if is_generic_handle(value.removesuffix(".eth") if namespace == "ens" else value):
        return Canonical("handle", value, namespace, "weak", _("many people could have chosen this name"))
    if not namespace:
        return Canonical("handle", value, "", "medium", _("the platform is not known"))
    return Canonical("handle", value, namespace)


def is_generic_handle(value: str) -> bool:
    """Whether a handle is common words, given names and digits only (`admin`, `topdev`, `john123`), or short.

    A common word with four digits or more (`john741672`) is left to the platform: few share it.
    """
    bare = re.sub(r"[^a-z0-9]", "", value)
    letters = re.sub(r"[0-9]+$", "", bare)
    digits = len(bare) - len(letters)
    if len(bare) < 4 or not letters:
        return True
    return digits < 4 and _is_words(letters, _MOST_WORDS)


def _is_words(letters: str, most: int) -> bool:
    """Whether the letters can be cut into at most so many common words."""
    if not letters:
        return True
    known = load_words("identifiers", "weak", "words") | load_words("identifiers", "weak", "given")
    ends = [end for end in range(2, len(letters) + 1) if letters[:end] in known]
    return most > 0 and any(_is_words(letters[end:], most - 1) for end in ends)
