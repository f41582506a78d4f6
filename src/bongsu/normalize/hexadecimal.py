"""Columns of hexadecimal text, checked and made canonical at memory speed."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.intern import Texts
from bongsu.kernel.sequence import all_hex


def lower_hex(texts: pa.Array, digits: int) -> tuple[pa.Array, npt.NDArray[np.bool_]]:
    """The column in lower case, and which rows are `0x` and that many hexadecimal digits.

    A null is not. Cost: about 0.1 ns a character.
    """
    fast = _all_right(texts, digits)
    if not fast:
        texts = pc.ascii_lower(texts)
        fast = _all_right(texts, digits)
    if fast:
        return texts, np.ones(len(texts), dtype=np.bool_)
    matches = pc.match_substring_regex(texts, rf"\A0x[0-9a-f]{{{digits}}}\z")
    return texts, pc.fill_null(matches, False).to_numpy(zero_copy_only=False)


def _all_right(texts: pa.Array, digits: int) -> bool:
    """Whether every row is canonical already."""
    if texts.null_count or not len(texts):
        return not len(texts)
    first = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = texts.buffers()[2]
    return data is not None and all_hex(Texts(first, np.frombuffer(data, dtype=np.uint8)), digits)
