"""How alike two names are as written: spelling, order, short forms, Korean spellings; for linking only.

The figure says how likely two texts are one name, never that two records are one person; names are often
borrowed, so a name alone joins nothing, and no score of a person reads it. Method: each word of the shorter
name is paired with one of the longer by the best sum of similarities; the name is as alike as its worst pair,
less a little for words that are left over. Short forms and particles come from `facts/data/names/forms.yaml`.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import permutations
from typing import Any

from bongsu.analyze.hangul import is_hangul
from bongsu.analyze.latin_letters import to_latin
from bongsu.analyze.person_name import same_korean_name
from bongsu.facts.word_table import load_table, load_words
from bongsu.model.extra import load_extra

NAME_THRESHOLD = 0.77
"""From it on two names are taken for one; chosen on half of a published list, see reference/linkage.md."""
_DOTTED = re.compile(r"\b(\w)\.(?=\w\b|\s|$)")
_APOSTROPHES = re.compile("['’‘`ʻʼʿʾ´\"]")
_SIGNS = re.compile(r"[^\w\s]+")
_INITIAL = 0.9
_SHORT_FORM = 0.95
_KOREAN = 0.95
_OTHER_SYLLABLE = 0.5
_LEFT_OVER = 0.03
_MOST_ORDERED = 5


def name_likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1.

    Raises:
        MissingExtraError: When the extra `screen` is not installed.
    """
    left, right = name_words(one), name_words(other)
    if not left or not right:
        return 0.0
    if sorted(left) == sorted(right) or "".join(left) == "".join(right):
        return 1.0
    likeness = max(_paired(left, right), _joined(left, right))
    if same_korean_name(one, other):
        return max(likeness, _KOREAN)
    return min(likeness, _OTHER_SYLLABLE) if is_hangul(one) and is_hangul(other) else likeness


def is_same_name(one: str, other: str) -> bool:
    """Whether two texts are taken for one name.

    Raises:
        MissingExtraError: When the extra `screen` is not installed.
    """
    return name_likeness(one, other) >= NAME_THRESHOLD


@lru_cache(maxsize=65_536)
def name_words(name: str) -> tuple[str, ...]:
    """Words of a name in plain Latin letters, without titles, particles and forms of company.

    A name of nothing else keeps them.
    """
    text = _APOSTROPHES.sub("", to_latin(unicodedata.normalize("NFKC", name).casefold()))
    text = text.replace("&", " and ").replace("-", " ").replace("_", " ")
    words = _SIGNS.sub(" ", _DOTTED.sub(r"\1", text)).split()
    text = " ".join(words)
    for form, short in _company_forms():
        text = re.sub(rf"(^| ){form}(?= |$)", rf"\1{short}", text)
    words = text.split()
    kept = tuple(word for word in words if word not in _dropped())
    return kept or tuple(words)


def _paired(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Likeness of the worst pair in the best pairing of words."""
    short, long = sorted((left, right), key=lambda words: (len(words), words))
    pairs = _best_pairs(short, long)
    whole = sum(len(word) for word in short)
    mean = sum(like * len(word) for like, word in zip(pairs, short, strict=True)) / whole
    left_over = len(long) - len(short)
    if left_over and len(short) == 1:
        return min(0.5, *pairs)
    return (2 * min(pairs) + mean) / 3 - _LEFT_OVER * left_over


def _best_pairs(short: tuple[str, ...], long: tuple[str, ...]) -> list[float]:
    """Likeness of each word of the shorter name with its own word of the longer."""
    table = [[_word_likeness(a, b) for b in long] for a in short]
    if len(long) <= _MOST_ORDERED:
        chosen = max(permutations(range(len(long)), len(short)), key=lambda p: _total(table, p))
        return [table[row][column] for row, column in enumerate(chosen)]
    found, free = [0.0] * len(short), set(range(len(long)))
    order = sorted((-table[r][c], r, c) for r in range(len(short)) for c in free)
    open_rows = set(range(len(short)))
    for less, row, column in order:
        if row in open_rows and column in free:
            found[row] = -less
            open_rows.discard(row)
            free.discard(column)
    return found


def _total(table: list[list[float]], columns: tuple[int, ...]) -> float:
    return sum(table[row][column] for row, column in enumerate(columns))


def _joined(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Likeness of the names without spaces, where a word is split in one of them."""
    if len(left) == len(right):
        return 0.0
    return _spelled("".join(left), "".join(right))


@lru_cache(maxsize=262_144)
def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    if min(len(one), len(other)) == 1:
        return _INITIAL if one[0] == other[0] else 0.0
    if _short_forms().get(one, frozenset((one,))) & _short_forms().get(other, frozenset((other,))):
        return _SHORT_FORM
    return max(_spelled(one, other), _spelled(_sound(one), _sound(other)) * _SHORT_FORM)


def _spelled(one: str, other: str) -> float:
    """Likeness by edits, a swap being one; short words lose more by each."""
    distance: Any = load_extra("rapidfuzz.distance", "screen").OSA
    edits = distance.distance(one, other)
    length = max(len(one), len(other))
    return (
        float(max(0.0, 1 - edits / length)) if edits * 4 <= length + 2 else float(0.5 * (1 - edits / length))
    )


@lru_cache(maxsize=65_536)
def _sound(word: str) -> str:
    """Word with letters that many languages swap made one."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", word)


_SOUNDS = (
    ("sch", "sh"),
    ("tch", "ch"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "i"),
    ("ie", "i"),
    ("ai", "ay"),
    ("iy", "y"),
    ("q", "k"),
    ("w", "v"),
    ("x", "ks"),
    ("y", "i"),
    ("o", "u"),
    ("e", "a"),
    ("z", "s"),
    ("dj", "j"),
    ("c", "k"),
)


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """Given name or short form to the names that it stands for."""
    found: dict[str, set[str]] = {}
    for name, forms in load_table("names", "forms", "given").items():
        for form in (name, *forms):
            found.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in found.items()}


@cache
def _company_forms() -> tuple[tuple[str, str], ...]:
    """Forms of company in several words, the longest first, and their short form."""
    pairs = [
        (form.replace("_", " "), short)
        for short, forms in load_table("names", "forms", "legal").items()
        for form in forms
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _dropped() -> frozenset[str]:
    tables = ("legal", "particles", "titles")
    return frozenset[str]().union(*(load_words("names", "forms", table) for table in tables))
