"""Passages of a text as hashes, so that texts are compared without being kept.

Eight words that stand together are a passage; of every eight passages in a row the one of the least hash is
kept, so that any fifteen words that two texts share leave a passage that both have (Schleimer, Wilkerson and
Aiken, Winnowing, 2003). Words with a capital or a digit in front are left out: names, schools, firms, places
and dates are written so, and neither make two texts alike nor tell them apart.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b

import numpy as np

WORDS = 8
"""Words of a passage."""
WINDOW = 8
"""Passages of which one is kept."""
MOST = 600
"""Passages kept of one text."""
_WORD = re.compile(r"[^\W_][\w'’+#-]*")
_BYTES = 8


def passages_of(text: str) -> list[str]:
    """Hashes of kept passages, sorted, 16 digits each; none of a text of fewer than eight plain words."""
    plain = [word for word in _WORD.findall(text) if not word[0].isupper() and not word[0].isdigit()]
    hashes = np.fromiter(_shingles(plain), np.uint64)
    if not len(hashes):
        return []
    width = min(WINDOW, len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, width)
    return [f"{one:016x}" for one in np.unique(windows.min(axis=1))[:MOST].tolist()]


def text_hash(text: str) -> str:
    """Hash of a whole text's words, in lower case: equal for copies; empty for a text without words."""
    words = _WORD.findall(text.casefold())
    return blake2b(" ".join(words).encode(), digest_size=_BYTES).hexdigest() if words else ""


def _shingles(words: list[str]) -> Iterator[int]:
    for start in range(len(words) - WORDS + 1):
        passage = " ".join(words[start : start + WORDS]).encode()
        yield int.from_bytes(blake2b(passage, digest_size=_BYTES).digest(), "big")
