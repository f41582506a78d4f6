"""Persons' names in Korean and Latin letters, read and compared both ways.

Only for linking records of ONE person. That a name is Korean, and how it is spelled, says nothing about
anybody and never raises a score: nothing here returns one, and no rule of a flag may read it. Names are often
borrowed from innocent people, so a name alone joins nothing (see `bongsu.analyze.linkage`).

A Latin spelling is read as the Hangul syllables that it may stand for; two names may be the same where some
reading of their surnames agrees, and some reading of each syllable of their given names. The tables are facts
(`facts/data/names`). Letters that change between the syllables of a given name (Kyŏngnim for 경림) are not
read back; such a spelling is missed.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from bongsu.analyze.hangul import initial_sound, is_hangul, spellings
from bongsu.facts.word_table import load_table

Syllables = frozenset[str]
"""Hangul syllables that one spelled syllable may stand for."""
_LONGEST = 8
_MOST_GIVEN = 3
_MOST_READINGS = 256
_APOSTROPHES = re.compile("['’‘`ʻʼ´]")
_VOWELS = [chr(code) for code in range(0x314F, 0x3164)]


class KoreanName(NamedTuple):
    """One way to read a name: surname, and the given name by syllables."""

    family: Syllables
    given: tuple[Syllables, ...]


def same_korean_name(one: str, other: str) -> bool:
    """Whether the two may be one Korean name, in any order, script and spelling; for linking only."""
    return any(_agree(a, b) for a, b in product(korean_names(one), korean_names(other)))


def korean_readings(name: str) -> tuple[str, ...]:
    """Hangul that the name may stand for, sorted, at most 256; empty where it is not read as Korean."""
    found: set[str] = set()
    for parsed in korean_names(name):
        choices = product(parsed.family, *parsed.given)
        found.update("".join(choice) for choice, _n in zip(choices, range(_MOST_READINGS), strict=False))
    return tuple(sorted(found)[:_MOST_READINGS])


@lru_cache(maxsize=65_536)
def korean_names(name: str) -> tuple[KoreanName, ...]:
    """All ways to read a name as a Korean one; none where its surname is no Korean surname."""
    text = unicodedata.normalize("NFC", name).strip()
    if is_hangul(re.sub(r"[\s·,]", "", text)):
        return _hangul_names(re.sub(r"[\s·,]", "", text))
    first, comma, rest = text.partition(",")
    words = _words(first), _words(rest)
    if comma and words[1]:
        return tuple(_latin_names(words[0], words[1]))
    found = list(_latin_names(words[0][:1], words[0][1:]))
    if len(words[0]) == 1:
        return tuple(_joined_names("".join(words[0][0])))
    return tuple(found + list(_latin_names(words[0][-1:], words[0][:-1])))


def _agree(one: KoreanName, other: KoreanName) -> bool:
    if len(one.given) != len(other.given) or not one.family & other.family:
        return False
    return all(a & b for a, b in zip(one.given, other.given, strict=True))


def _hangul_names(text: str) -> tuple[KoreanName, ...]:
    """The surname is one syllable, or two where such a surname is known."""
    sizes = [2] if text[:2] in _surnames() and len(text) > 3 else [1, 2] if text[:2] in _surnames() else [1]
    return tuple(
        KoreanName(
            frozenset((initial_sound(text[:size]),)),
            _begun(tuple(frozenset(sign) for sign in text[size:])),
        )
        for size in sizes
        if 1 <= len(text) - size <= _MOST_GIVEN
    )


def _words(text: str) -> list[tuple[str, ...]]:
    """Words of a Latin name, each as its parts between hyphens; accents, dots and apostrophes dropped."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign != ".")
    return [tuple(part for part in word.split("-") if part) for word in plain.split() if word.strip("-")]


def _latin_names(family: list[tuple[str, ...]], given: list[tuple[str, ...]]) -> list[KoreanName]:
    """Ways to read a surname and a given name that stand apart."""
    spelled = _surname_spellings().get("".join("".join(word) for word in family), frozenset())
    parts = [part for word in given for part in word]
    if not spelled or not 1 <= len(parts) <= _MOST_GIVEN:
        return []
    cuts = [cut for cut in product(*(_cuts(part) for part in parts)) if sum(map(len, cut)) <= _MOST_GIVEN]
    return [KoreanName(spelled, _begun(tuple(one for part in cut for one in part))) for cut in cuts]


def _joined_names(text: str) -> list[KoreanName]:
    """Ways to read a name in one word, surname first or last; its given name has two syllables."""
    found = []
    for place in range(1, len(text)):
        head, tail = text[:place], text[place:]
        for family, given in ((head, tail), (tail, head)):
            cuts = [cut for cut in _cuts(given) if len(cut) == 2]
            spelled = _surname_spellings().get(family) if len(family) > 1 else None
            found += [KoreanName(spelled, _begun(cut)) for cut in cuts if spelled]
    return found


def _begun(given: tuple[Syllables, ...]) -> tuple[Syllables, ...]:
    """A given name whose first syllable is as the South writes it: 련희 as 연희."""
    first = frozenset(initial_sound(syllable, narrow_only=True) for syllable in given[0])
    return (first, *given[1:])


@lru_cache(maxsize=65_536)
def _cuts(text: str) -> tuple[tuple[Syllables, ...], ...]:
    """Ways to cut letters into one, two or three spelled syllables."""
    whole = _syllable_spellings().get(text)
    found: list[tuple[Syllables, ...]] = [(whole,)] if whole else []
    for place in range(1, min(len(text), _LONGEST)):
        first = _syllable_spellings().get(text[:place])
        if first:
            found += [(first, *rest) for rest in _cuts(text[place:]) if len(rest) < _MOST_GIVEN]
    return tuple(found)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(load_table("names", "korean-surnames", "surnames"))


@cache
def _surname_spellings() -> dict[str, Syllables]:
    """Spelling to the surnames that are written so."""
    found: dict[str, set[str]] = {}
    for surname, customary in load_table("names", "korean-surnames", "surnames").items():
        parts = [spellings(sign) | spellings(_kept(sign)) for sign in surname]
        for spelled in {*customary, *("".join(choice) for choice in product(*parts))}:
            found.setdefault(spelled, set()).add(initial_sound(surname))
    return {spelled: frozenset(surnames) for spelled, surnames in found.items()}


@cache
def _syllable_spellings() -> dict[str, Syllables]:
    """Spelling to the syllables that are written so; syllables as Sino-Korean readings are built."""
    found: dict[str, set[str]] = {}
    for initial, vowel, final in product(range(19), range(len(_VOWELS)), (0, 1, 4, 8, 16, 17, 19, 21)):
        syllable = chr(0xAC00 + (initial * 21 + vowel) * 28 + final)
        for spelled in spellings(syllable):
            found.setdefault(spelled, set()).add(syllable)
    return {spelled: frozenset(syllables) for spelled, syllables in found.items()}


def _kept(syllable: str) -> str:
    """The syllable with the initial that the North keeps: Ri for I, Ro for No; itself where there is none."""
    initial, rest = divmod(ord(syllable) - 0xAC00, 588)
    return chr(0xAC00 + 5 * 588 + rest) if initial in (2, 11) else syllable
