"""Least-squares fit that never falls."""

import numpy as np
import numpy.typing as npt

from bongsu.kernel.case import Array


def rising(values: Array, weights: Array) -> npt.NDArray[np.float64]:
    """Nondecreasing values nearest to the given ones, weighted squares; shape as the input.

    Pool adjacent violators: neighbors that fall become their weighted mean, until none does.
    Source: Barlow, Bartholomew, Bremner, Brunk, Statistical Inference under Order Restrictions (1972).
    Cost: linear in the number of values.
    """
    means: list[float] = []
    sizes: list[float] = []
    spans: list[int] = []
    for value, weight in zip(np.asarray(values, dtype=float), np.asarray(weights, dtype=float), strict=True):
        mean, size, span = float(value), float(weight), 1
        while means and means[-1] >= mean:
            before, weight_before = means.pop(), sizes.pop()
            both = size + weight_before
            mean = (mean * size + before * weight_before) / both if both else min(mean, before)
            size, span = both, span + spans.pop()
        means.append(mean)
        sizes.append(size)
        spans.append(span)
    return np.repeat(np.array(means, dtype=np.float64), np.array(spans, dtype=np.int64))
