"""Operations on 64-bit words that processors do in one step and Python's operators cannot say.

Putting a product together from 32-bit halves, and counting zeros by halving, made a division by
`bongsu.kernel.wide` half as slow again. Reading text a word at a time made interning three times faster.
"""

from typing import Any

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from bongsu.kernel.jit import unannotated

_tools: Any = cgutils
_types: Any = types
_PAIR = _types.UniTuple(types.uint64, 2)


def _multiply(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
    double, single = _tools.ir.IntType(128), _tools.ir.IntType(64)
    whole = builder.mul(*(builder.zext(value, double) for value in arguments))
    high = builder.lshr(whole, double(64))
    halves = [builder.trunc(half, single) for half in (whole, high)]
    return context.make_tuple(builder, signature.return_type, halves)


def _typed_product(typing: Any, a: Any, b: Any) -> Any:  # noqa: ANN401
    return _PAIR(types.uint64, types.uint64), _multiply


def _count(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
    return builder.ctlz(arguments[0], _tools.ir.IntType(1)(0))


def _typed_count(typing: Any, x: Any) -> Any:  # noqa: ANN401
    return types.uint64(types.uint64), _count


def _load(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
    kind, ir = signature.args[0], _tools.ir
    array = context.make_array(kind)(context, builder, value=arguments[0])
    item = _tools.get_item_pointer(context, builder, kind, array, [arguments[1]], wraparound=False)
    word = builder.load(builder.bitcast(item, ir.IntType(64).as_pointer()))
    word.align = 1
    return builder.bswap(word)


def _typed_load(typing: Any, data: Any, at: Any) -> Any:  # noqa: ANN401
    return types.uint64(data, types.intp), _load


multiply64: Any = intrinsic(unannotated(_typed_product))
"""Product of two uint64 as a pair (low, high): `multiply64(a, b)`. Compiled code only."""
leading_zeros: Any = intrinsic(unannotated(_typed_count))
"""Number of zero bits above the highest set bit of a uint64, 64 for zero. Compiled code only."""
load_word: Any = intrinsic(unannotated(_typed_load))
"""Eight bytes of a uint8 array from a place on, the first highest: `load_word(data, at)`. Compiled code only.

The eight bytes must be there.
"""
