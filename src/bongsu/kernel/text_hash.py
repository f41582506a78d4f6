"""Numbers that stand for texts: 64 bits of each, the same in every process."""

from typing import Any

import numpy as np

from bongsu.kernel.intern import Texts
from bongsu.kernel.jit import compiled

Array = np.ndarray[Any, Any]
_ODD, _MIX_1, _MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


@compiled
def _hash_texts(texts: Texts, found: Array) -> None:
    """Nothing; each number is mixed with its text."""
    for text in range(len(found)):
        hashed = found[text]
        for at in range(texts.first[text], texts.first[text + 1]):
            hashed = (hashed ^ np.uint64(texts.data[at])) * np.uint64(_ODD)
            hashed ^= hashed >> np.uint64(29)
        hashed = (hashed ^ (hashed >> np.uint64(30))) * np.uint64(_MIX_1)
        hashed = (hashed ^ (hashed >> np.uint64(27))) * np.uint64(_MIX_2)
        found[text] = hashed ^ (hashed >> np.uint64(31))


def hash_texts(texts: Texts, seeds: Array) -> Array:
    """Hash of each text, uint64: of 10^7 different ones two are the same with a chance of 3 in a million.

    Args:
        texts: Texts.
        seeds: uint64, one a text: what came before it, for instance the hash of another column.

    Cost: some 2 ns a byte.
    """
    found = seeds.astype(np.uint64, copy=True)
    _hash_texts(texts, found)
    return found
