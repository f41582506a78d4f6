"""Compiled functions stay callable and exact."""

import numpy as np

from bongsu.kernel.jit import compiled, unannotated


@compiled
def doubled(value: np.uint64) -> np.uint64:
    return value + value


def test_compiled_function_wraps_like_the_machine():
    assert doubled(np.uint64(2**63)) == 0
    assert doubled(np.uint64(21)) == 42


def test_annotations_are_gone():
    def annotated(value: int) -> int:
        return value

    assert unannotated(annotated).__annotations__ == {}
