"""Postal addresses: the same words in the same order; conservative, for two streets must never become one."""

import re
import unicodedata

from bongsu.model.identifier import Canonical
from bongsu.model.text import _
from bongsu.normalize.fault import Fault

_WORDS = {
    "apartment": "apt",
    "avenue": "ave",
    "boulevard": "blvd",
    "building": "bldg",
    "circle": "cir",
    "court": "ct",
    "drive": "dr",
    "east": "e",
    "floor": "fl",
    "highway": "hwy",
    "lane": "ln",
    "north": "n",
    "parkway": "pkwy",
    "place": "pl",
    "road": "rd",
    "room": "rm",
    "south": "s",
    "square": "sq",
    "street": "st",
    "strasse": "str",
    "suite": "ste",
    "terrace": "ter",
    "unit": "apt",
    "west": "w",
}
"""Word to its usual short form (USPS Publication 28, appendix C)."""
_UNIT = re.compile(r"#\s*(?=\w)")
_ZIP4 = re.compile(r"\b([0-9]{5})-[0-9]{4}\b")
_SIGNS = re.compile(r"[^\w/-]+")


def canonical_postal_address(text: str) -> Canonical | Fault:
    """Address in lower case, words in their usual short form; refused without a number.

    It is never strong: a household, an agency and a forwarder have one address for many people.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().replace("ß", "ss")
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = _ZIP4.sub(r"\1", _UNIT.sub(" apt ", plain.replace(".", "")))
    plain = unicodedata.normalize("NFC", plain)
    words = [_WORDS.get(word, word) for word in _SIGNS.sub(" ", plain).split()]
    value = " ".join(word for i, word in enumerate(words) if not i or word != "apt" or words[i - 1] != "apt")
    if len(words) < 3 or not any(sign.isdigit() for sign in value):
        return Fault("bad_address", _("it names no house: three words and a number at least"))
    return Canonical("postal_address", value, strength="medium", why=_("several people may have one address"))
