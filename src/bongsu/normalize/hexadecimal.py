"""Columns of hexadecimal text, checked and made canonical at memory speed."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_ZERO, _LETTER_A, _LETTER_X = b"0ax"


def lower_hex(texts: pa.Array, digits: int) -> tuple[pa.Array, npt.NDArray[np.bool_]]:
    """The column in lower case, and which rows are `0x` and that many hexadecimal digits.

    A null is not. Cost: about 0.5 ns a character.
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
    """Whether every row is canonical already; looks at the column's bytes as one matrix."""
    width = digits + 2
    if len(texts) == 0:
        return True
    if texts.null_count or pc.min_max(pc.binary_length(texts)).as_py() != {"min": width, "max": width}:
        return False
    start = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset]
    flat = np.frombuffer(texts.buffers()[2], dtype=np.uint8, count=len(texts) * width, offset=start)
    rows = flat.reshape(-1, width)
    # Differences of unsigned bytes wrap, so one comparison tests both ends of a range.
    hexadecimal = (flat - np.uint8(_ZERO) < 10) | (flat - np.uint8(_LETTER_A) < 6)
    prefixed = (rows[:, 0] == _ZERO).all() and (rows[:, 1] == _LETTER_X).all()
    return bool(prefixed and np.count_nonzero(hexadecimal) == len(texts) * (width - 1))
