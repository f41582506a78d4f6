"""Exact unsigned amounts in compiled code, in two widths that share one source.

Narrow: one uint64, arrays of shape (n,). Wide: a pair (low, high) of uint64, arrays of shape
(n, 2), which is the layout of Arrow's decimal128. A kernel written with these functions works on
both; the type of its arrays decides. Nothing here checks for overflow: `fits_narrow` and
`fits_wide` prove beforehand that no sum can leave the width.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import types

from bongsu.kernel import wide
from bongsu.kernel.jit import chosen_by_type, unannotated

Amount = Any
"""A narrow or wide amount inside compiled code."""
Amounts = np.ndarray[Any, np.dtype[np.uint64]]
"""Many amounts: shape (n,) narrow or (n, 2) wide, dtype uint64."""

NARROW_LIMIT = 2**63
WIDE_LIMIT = 2**127
_ZERO, _ONE = np.uint64(0), np.uint64(1)


def is_wide(kind: Any) -> bool:  # noqa: ANN401
    """Whether a compiled type is a pair or an array of pairs."""
    return isinstance(kind, types.BaseTuple) or getattr(kind, "ndim", 1) == 2


def get(amounts: Amounts, index: int) -> Amount:
    """Amount at an index."""
    raise TypeError("compiled code only")


def put(amounts: Amounts, index: int, value: Amount) -> None:
    """Nothing; stores an amount at an index."""
    raise TypeError("compiled code only")


def zero(amounts: Amounts) -> Amount:
    """Zero in the width of an array or an amount."""
    raise TypeError("compiled code only")


def one(like: Amounts) -> Amount:
    """One in the width of an array or an amount."""
    raise TypeError("compiled code only")


def plus(a: Amount, b: Amount) -> Amount:
    """Sum of two amounts."""
    raise TypeError("compiled code only")


def minus(a: Amount, b: Amount) -> Amount:
    """Difference of two amounts; b is at most a."""
    raise TypeError("compiled code only")


def below(a: Amount, b: Amount) -> bool:
    """Whether a is less than b."""
    raise TypeError("compiled code only")


def is_zero(a: Amount) -> bool:
    """Whether an amount is zero."""
    raise TypeError("compiled code only")


def least(a: Amount, b: Amount) -> Amount:
    """Smaller of two amounts."""
    raise TypeError("compiled code only")


def share(a: Amount, part: Amount, whole: Amount) -> tuple[Amount, Amount]:
    """Quotient and remainder of a * part / whole with part at most whole; exact."""
    raise TypeError("compiled code only")


@chosen_by_type(get)
def _get(amounts: Any, index: Any) -> Callable[..., Any]:  # noqa: ANN401
    if is_wide(amounts):
        return lambda amounts, index: (amounts[index, 0], amounts[index, 1])
    return lambda amounts, index: amounts[index]


@chosen_by_type(put)
def _put(amounts: Any, index: Any, value: Any) -> Callable[..., Any]:  # noqa: ANN401
    if is_wide(amounts):

        def put_pair(amounts: Any, index: Any, value: Any) -> None:  # noqa: ANN401
            amounts[index, 0] = value[0]
            amounts[index, 1] = value[1]

        return unannotated(put_pair)

    def put_one(amounts: Any, index: Any, value: Any) -> None:  # noqa: ANN401
        amounts[index] = value

    return unannotated(put_one)


@chosen_by_type(zero)
def _zero(amounts: Any) -> Callable[..., Any]:  # noqa: ANN401
    if is_wide(amounts):
        return lambda amounts: (_ZERO, _ZERO)
    return lambda amounts: _ZERO


@chosen_by_type(one)
def _one(like: Any) -> Callable[..., Any]:  # noqa: ANN401
    if is_wide(like):
        return lambda like: (_ONE, _ZERO)
    return lambda like: _ONE


@chosen_by_type(plus)
def _plus(a: Any, b: Any) -> Callable[..., Any]:  # noqa: ANN401
    return (lambda a, b: wide.add(a, b)) if is_wide(a) else (lambda a, b: a + b)


@chosen_by_type(minus)
def _minus(a: Any, b: Any) -> Callable[..., Any]:  # noqa: ANN401
    return (lambda a, b: wide.subtract(a, b)) if is_wide(a) else (lambda a, b: a - b)


@chosen_by_type(below)
def _below(a: Any, b: Any) -> Callable[..., Any]:  # noqa: ANN401
    return (lambda a, b: wide.less(a, b)) if is_wide(a) else (lambda a, b: a < b)


@chosen_by_type(is_zero)
def _is_zero(a: Any) -> Callable[..., Any]:  # noqa: ANN401
    return (lambda a: a[0] | a[1] == _ZERO) if is_wide(a) else (lambda a: a == _ZERO)


@chosen_by_type(least)
def _least(a: Any, b: Any) -> Callable[..., Any]:  # noqa: ANN401
    if is_wide(a):
        return lambda a, b: a if wide.less(a, b) else b
    return lambda a, b: a if a < b else b


@chosen_by_type(share)
def _share(a: Any, part: Any, whole: Any) -> Callable[..., Any]:  # noqa: ANN401
    if is_wide(a):
        return lambda a, part, whole: wide.multiply_divide(a, part, whole)
    return lambda a, part, whole: wide.multiply_divide64(a, part, whole)


def total(amounts: Amounts) -> int:
    """Exact sum of many amounts as a Python integer; cost one pass."""
    limbs = amounts if amounts.ndim == 2 else amounts[:, np.newaxis]
    result = 0
    for column in range(limbs.shape[1]):
        low = int((limbs[:, column] & np.uint64(0xFFFFFFFF)).sum(dtype=np.uint64))
        high = int((limbs[:, column] >> np.uint64(32)).sum(dtype=np.uint64))
        result += (low + (high << 32)) << (64 * column)
    return result


def fits_narrow(amounts: Amounts) -> bool:
    """Whether every sum over these amounts stays below 2**63, so that narrow kernels are exact."""
    return total(amounts) < NARROW_LIMIT


def fits_wide(amounts: Amounts) -> bool:
    """Whether every sum over these amounts stays below 2**127, so that wide kernels are exact."""
    return total(amounts) < WIDE_LIMIT


def to_narrow(amounts: Amounts) -> Amounts:
    """Low limbs of wide amounts, contiguous; only after `fits_narrow`."""
    return np.ascontiguousarray(amounts[:, 0])


def to_wide(values: list[int]) -> Amounts:
    """Wide array of Python integers below 2**128."""
    raw = b"".join(value.to_bytes(16, "little") for value in values)
    return np.frombuffer(raw, dtype="<u8").reshape(-1, 2).copy()


def to_integers(amounts: Amounts) -> list[int]:
    """Python integers of an array of amounts."""
    if amounts.ndim == 1:
        return [int(value) for value in amounts.tolist()]
    return [low + (high << 64) for low, high in amounts.tolist()]


def widened(amounts: Amounts) -> Amounts:
    """Amounts in the wide layout, contiguous: shape (n, 2)."""
    if amounts.ndim == 2:
        return np.ascontiguousarray(amounts)
    return np.stack([amounts, np.zeros_like(amounts)], axis=1)
