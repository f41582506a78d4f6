"""Cyrillic, Greek and accented Latin in plain Latin letters, and Hangul by the Revised Romanization.

One letter becomes the same letters everywhere (ISO 9 in its spirit, digraphs as passports write them: ICAO
Doc 9303, part 3, section 6); scripts without vowels and Chinese characters are left as they are.
"""

import re
import unicodedata

from bongsu.analyze.hangul import romanize

_CYRILLIC = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "ґ": "g",
    "д": "d",
    "е": "e",
    "є": "ye",
    "ж": "zh",
    "з": "z",
    "и": "i",
    "і": "i",
    "ї": "yi",
    "й": "y",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ў": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ы": "y",
    "ь": "",
    "э": "e",
    "ю": "yu",
    "я": "ya",
    "ђ": "dj",
    "ј": "j",
    "љ": "lj",
    "њ": "nj",
    "ћ": "c",
    "џ": "dz",
    "ө": "o",
    "ү": "u",
}
_GREEK = {
    "α": "a",
    "β": "v",
    "γ": "g",
    "δ": "d",
    "ε": "e",
    "ζ": "z",
    "η": "i",
    "θ": "th",
    "ι": "i",
    "κ": "k",
    "λ": "l",
    "μ": "m",
    "ν": "n",
    "ξ": "x",
    "ο": "o",
    "π": "p",
    "ρ": "r",
    "σ": "s",
    "ς": "s",
    "τ": "t",
    "υ": "y",
    "φ": "f",
    "χ": "ch",
    "ψ": "ps",
    "ω": "o",
}
_LATIN = {
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "ə": "a",
}
_LETTERS = str.maketrans(_CYRILLIC | _GREEK | _LATIN)
_KEPT = str.maketrans({"й": "\ue000", "ї": "\ue001", "ў": "\ue002"})
_BACK = str.maketrans({"\ue000": "y", "\ue001": "yi", "\ue002": "u"})
_HANGUL = re.compile("[가-힣]+")


def to_latin(text: str) -> str:
    """Text in lower case and plain Latin letters, as far as its scripts are known; the rest as it is."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = _HANGUL.sub(lambda found: _spelled(found[0]), text).translate(_KEPT)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", plain.translate(_LETTERS).translate(_BACK))


def _spelled(hangul: str) -> str:
    return (
        romanize(hangul[0], hangul[1:]).lower() if len(hangul) > 1 else romanize(hangul, "").strip().lower()
    )
