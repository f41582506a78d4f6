"""A hint to the processor to fetch a record that a kernel will need a few movements later.

Pools are visited at random, so a kernel spends most of its time waiting for memory; asking early made
the priority kernel more than twice as fast. An address that does not exist is no error for a hint.
"""

from typing import Any

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from bongsu.kernel.jit import unannotated

_tools: Any = cgutils
AHEAD = 16
"""How many movements ahead a kernel asks for a pool."""


def _codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
    kind = signature.args[0]
    array = context.make_array(kind)(context, builder, value=arguments[0])
    place = [arguments[1], *(context.get_constant(types.intp, 0) for _ in range(kind.ndim - 1))]
    item, ir = _tools.get_item_pointer(context, builder, kind, array, place, wraparound=False), _tools.ir
    byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
    hint = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
    function = builder.module.declare_intrinsic("llvm.prefetch", (byte,), hint)
    builder.call(function, [builder.bitcast(item, byte), flag(1), flag(3), flag(1)])
    return context.get_dummy_value()


def _typed(typing: Any, array: Any, index: Any) -> Any:  # noqa: ANN401
    return types.void(array, index), _codegen


prefetch: Any = intrinsic(unannotated(_typed))
"""Asks for the cache line of a row of an array: `prefetch(array, index)`. Compiled code only."""
