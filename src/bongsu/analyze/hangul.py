"""Hangul syllables and their Latin spellings, by the tables of `facts/data/names/korean-romanization.yaml`.

A syllable of Unicode is initial x vowel x final (The Unicode Standard, section 3.12), so a table of letters
spells all 11,172.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product

from bongsu.facts.word_table import Table, load_table

SYSTEMS = ("revised", "mccune_reischauer")
"""Systems of romanization; the form of each letter is the table's first and second."""
_FIRST, _BLOCK, _FINALS = 0xAC00, 588, 28
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_ENDS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SOUNDS = str.maketrans(
    {"ㄲ": "ㄱ", "ㅋ": "ㄱ", "ㄳ": "ㄱ", "ㄺ": "ㄱ"}
    | dict.fromkeys("ㄷㅆㅈㅊㅌㅎ", "ㅅ")
    | dict.fromkeys("ㄵㄶ", "ㄴ")
    | dict.fromkeys("ㄼㄽㄾㅀ", "ㄹ")
    | {"ㄻ": "ㅁ", "ㄿ": "ㅂ", "ㅄ": "ㅂ", "ㅍ": "ㅂ"}
)
"""Final to the one that is heard at the end of a word (Standard Pronunciation, articles 8 to 11)."""
_NARROW = frozenset("ㅑㅒㅕㅖㅛㅠㅣ")
_VOICED = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}
_BEFORE_VOICED = frozenset(" ㄴㄹㅁㅇ")
_LIAISON = {"ㄱ": "g", "ㅂ": "b", "ㄹ": "r", "ㅅ": "s"}


def is_hangul(text: str) -> bool:
    """Whether the text is Hangul syllables only."""
    return re.fullmatch("[가-힣]+", text) is not None


def initial_sound(text: str, *, narrow_only: bool = False) -> str:
    """Hangul with its first initial as the South writes it: 리 as 이, 로 as 노, 녀 as 여.

    Args:
        text: A surname or a given name in Hangul.
        narrow_only: Leave 라 and 나 apart, as given names do (미라, 라희 are not 미나, 나희).
    """
    initial, vowel, _end = _letters(text[0])
    rest = (ord(text[0]) - _FIRST) % _BLOCK
    if initial in "ㄴㄹ" and vowel in _NARROW:
        return chr(_FIRST + _INITIALS.index("ㅇ") * _BLOCK + rest) + text[1:]
    if initial == "ㄹ" and not narrow_only:
        return chr(_FIRST + _INITIALS.index("ㄴ") * _BLOCK + rest) + text[1:]
    return text


def romanize(family: str, given: str, system: str = "revised") -> str:
    """Latin letters of a surname and a given name in Hangul.

    Args:
        family: Surname, in Hangul.
        given: Given name, in Hangul.
        system: One of SYSTEMS. The revised one writes a name's syllables without the sound changes between
            them (Notification 2014-0042, chapter 3, article 4).
    """
    if system == "revised":
        return f"{_revised(family).title()} {_revised(given).capitalize()}"
    return f"{_reischauer(family).capitalize()} {_reischauer(given).capitalize()}"


@lru_cache(maxsize=16_384)
def spellings(syllable: str) -> frozenset[str]:
    """Spellings in use of one syllable, without accents and apostrophes."""
    initial, vowel, end = _letters(syllable)
    tables = _tables()
    vowels = [_bare(form) for form in tables["vowels"][vowel]]
    if initial == "ㅇ":
        vowels += tables["alone"].get(vowel, ())
    if end != " ":
        vowels += tables["closed"].get(vowel, ())
    heads = {_bare(form) for form in tables["initials"][initial]}
    tails = {_bare(form) for form in tables["finals"].get(end.translate(_SOUNDS), ("",))}
    return frozenset("".join(parts) for parts in product(heads, vowels, tails))


def _letters(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and final of a syllable; a blank where it has no final."""
    initial, rest = divmod(ord(syllable) - _FIRST, _BLOCK)
    vowel, end = divmod(rest, _FINALS)
    return _INITIALS[initial], _VOWELS[vowel], _ENDS[end]


@cache
def _tables() -> dict[str, Table]:
    names = ("initials", "vowels", "alone", "closed", "finals")
    return {name: load_table("names", "korean-romanization", name) for name in names}


def _bare(form: str) -> str:
    """A form without accents, apostrophe, and the dot that stands for no letter."""
    plain = unicodedata.normalize("NFKD", form).replace("'", "").replace(".", "")
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _form(table: str, letter: str, system: int) -> str:
    return _tables()[table].get(letter, ("", ""))[system].replace(".", "")


def _revised(text: str) -> str:
    split = [_letters(syllable) for syllable in text]
    return "".join(
        _form("initials", initial, 0) + _form("vowels", vowel, 0) + _form("finals", end.translate(_SOUNDS), 0)
        for initial, vowel, end in split
    )


def _reischauer(text: str) -> str:
    """Letters by the sound at their place: voiced between voiced ones, nasal before nasal ones."""
    split = [_letters(syllable) for syllable in text]
    ends = [end.translate(_SOUNDS) for _initial, _vowel, end in split]
    found = ""
    for place, (initial, vowel, _end) in enumerate(split):
        before = ends[place - 1] if place else ""
        following = split[place + 1][0] if place + 1 < len(split) else ""
        found += _head(initial, before, vowel) + _form("vowels", vowel, 1) + _tail(ends[place], following)
    return found


def _head(initial: str, before: str, vowel: str) -> str:
    """An initial after a final, a blank for an open syllable, or nothing at the start of a word."""
    if initial == "ㅅ" and vowel == "ㅟ":
        return "sh"
    if before and before in _BEFORE_VOICED and initial in _VOICED:
        return _VOICED[initial]
    if initial == "ㄹ" and before and before not in " ":
        return "l" if before in "ㄴㄹ" else "n"
    if initial == "ㄴ" and before == "ㄹ":
        return "l"
    return _form("initials", initial, 1)


def _tail(end: str, following: str) -> str:
    """A final before the next initial, or nothing at the end of a word."""
    if following == "ㅇ" and end in _LIAISON:
        return _LIAISON[end]
    if following in ("ㄴ", "ㅁ", "ㄹ") and end in ("ㄱ", "ㅂ"):
        return {"ㄱ": "ng", "ㅂ": "m"}[end]
    return "l" if end == "ㄴ" and following == "ㄹ" else _form("finals", end, 1)
