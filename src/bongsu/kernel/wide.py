"""128-bit arithmetic on pairs (low, high) of uint64, with 256-bit products.

Division follows Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D. Results
are exact; callers prove that sums stay below 2**128.
"""

from typing import Any

import numpy as np

from bongsu.kernel.jit import compiled
from bongsu.kernel.word import leading_zeros, multiply64

Wide = Any
"""A pair (low, high) of uint64 inside compiled code."""

_MASK = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_BITS = np.uint64(64)
_ONE = np.uint64(1)
_ZERO = np.uint64(0)
_TOP = np.uint64(1 << 63)


@compiled
def add(a: Wide, b: Wide) -> Wide:
    """Sum of two amounts."""
    low = a[0] + b[0]
    return low, a[1] + b[1] + np.uint64(low < a[0])


@compiled
def subtract(a: Wide, b: Wide) -> Wide:
    """Difference of two amounts; b is at most a."""
    return a[0] - b[0], a[1] - b[1] - np.uint64(a[0] < b[0])


@compiled
def less(a: Wide, b: Wide) -> bool:
    """Whether a is less than b."""
    return bool(a[1] < b[1] or (a[1] == b[1] and a[0] < b[0]))


@compiled
def _digit(high: np.uint64, low32: np.uint64, divisor: np.uint64) -> Wide:
    """Quotient digit (32 bits) and remainder of (high, low32) by a normalized divisor."""
    d1, d0 = divisor >> _HALF, divisor & _MASK
    q = high // d1
    r = high - q * d1
    while q > _MASK or q * d0 > ((r << _HALF) | low32):
        q -= _ONE
        r += d1
        if r > _MASK:
            break
    return q, ((high << _HALF) | low32) - q * divisor


@compiled
def divide_pair(high: np.uint64, low: np.uint64, divisor: np.uint64) -> Wide:
    """Quotient and remainder of a pair by a normalized 64-bit divisor that is above high."""
    q1, rest = _digit(high, low >> _HALF, divisor)
    q0, rest = _digit(rest, low & _MASK, divisor)
    return (q1 << _HALF) | q0, rest


@compiled
def multiply_divide64(a: np.uint64, b: np.uint64, c: np.uint64) -> Wide:
    """Quotient and remainder of a * b / c, all 64-bit; the quotient fits because b is at most c."""
    low, high = multiply64(a, b)
    if high == _ZERO:
        return low // c, low % c
    shift = leading_zeros(c)
    if shift > _ZERO:
        high = (high << shift) | (low >> (_BITS - shift))
    quotient, rest = divide_pair(high, low << shift, c << shift)
    return quotient, rest >> shift


@compiled
def _multiply(a: Wide, b: Wide) -> Wide:
    """256-bit product as four limbs, lowest first."""
    p00, p01 = multiply64(a[0], b[0]), multiply64(a[0], b[1])
    p10, p11 = multiply64(a[1], b[0]), multiply64(a[1], b[1])
    middle = add((p00[1], _ZERO), (p01[0], _ZERO))
    middle = add(middle, (p10[0], _ZERO))
    upper = add((p01[1], _ZERO), (p10[1], _ZERO))
    upper = add(upper, p11)
    upper = add(upper, (middle[1], _ZERO))
    return p00[0], middle[0], upper[0], upper[1]


@compiled
def _shift_left(limbs: Wide, shift: np.uint64) -> Wide:
    """Five limbs of a four-limb number shifted by less than 64 bits."""
    if shift == _ZERO:
        return limbs[0], limbs[1], limbs[2], limbs[3], _ZERO
    back = _BITS - shift
    return (
        limbs[0] << shift,
        (limbs[1] << shift) | (limbs[0] >> back),
        (limbs[2] << shift) | (limbs[1] >> back),
        (limbs[3] << shift) | (limbs[2] >> back),
        limbs[3] >> back,
    )


@compiled
def _step(u2: np.uint64, u1: np.uint64, u0: np.uint64, v: Wide) -> Wide:
    """Quotient digit (64 bits) of three limbs by a normalized pair, and the two-limb remainder."""
    v0, v1 = v
    if u2 >= v1:
        q, carried = ~_ZERO, u1 + v1
        overflow = carried < u1
    else:
        q, carried = divide_pair(u2, u1, v1)
        overflow = False
    while not overflow and less((u0, carried), multiply64(q, v0)):
        q -= _ONE
        before = carried
        carried += v1
        overflow = carried < before
    low, high = multiply64(q, v0)
    rest = subtract((u0, u1), (low, high + q * v1))
    return q, rest


@compiled
def multiply_divide(a: Wide, b: Wide, c: Wide) -> Wide:
    """Quotient and remainder (pairs) of a * b / c with b at most c; exact through 256 bits."""
    if a[1] == _ZERO and b[1] == _ZERO and c[1] == _ZERO:
        quotient, rest = multiply_divide64(a[0], b[0], c[0])
        return (quotient, _ZERO), (rest, _ZERO)
    product = _multiply(a, b)
    if c[1] == _ZERO:
        return _divide_by_limb(product, c[0])
    shift = leading_zeros(c[1])
    _, _, v0, v1, _ = _shift_left((_ZERO, _ZERO, c[0], c[1]), shift)
    u = _shift_left(product, shift)
    q1, rest = _step(u[3], u[2], u[1], (v0, v1))
    q0, rest = _step(rest[1], rest[0], u[0], (v0, v1))
    if shift > _ZERO:
        rest = (rest[0] >> shift) | (rest[1] << (_BITS - shift)), rest[1] >> shift
    return (q0, q1), rest


@compiled
def _divide_by_limb(product: Wide, c: np.uint64) -> Wide:
    """Quotient and remainder of a product below 2**128 * c by one limb; the upper limbs are small."""
    shift = leading_zeros(c)
    u = _shift_left(product, shift)
    divisor = c << shift
    q1, rest = divide_pair(u[2], u[1], divisor)
    q0, rest = divide_pair(rest, u[0], divisor)
    return (q0, q1), (rest >> shift, _ZERO)
