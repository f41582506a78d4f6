"""The one place that compiles: typed, cached, without the interpreter lock."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba.extending import overload

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}


def compiled(function: Function) -> Function:
    """Function compiled to machine code at its first call; the code is kept on disk.

    It allocates nothing and gets its arrays from a caller that holds them, so it counts no
    references (`_nrt`): counting them made the taint kernels three times slower.
    """
    return cast(Function, numba.njit(**_OPTIONS)(function))


def unannotated(function: Function) -> Function:
    """Function without annotations: the compiler compares two signatures' annotations too."""
    function.__annotations__ = {}
    return function


def chosen_by_type(stub: Callable[..., Any]) -> Callable[[Function], Function]:
    """Decorator for a function of types that returns the body to compile for the stub."""

    def register(chooser: Function) -> Function:
        overload(stub, inline="never")(unannotated(chooser))
        return chooser

    return register
