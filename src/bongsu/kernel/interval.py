"""Bounds of a share that was counted."""

import numpy as np
import numpy.typing as npt

from bongsu.kernel.case import Array

Z95 = 1.959963984540054
"""Standard normal quantile of a two-sided 95 % interval."""


def wilson_low(hits: Array, counts: Array) -> npt.NDArray[np.float64]:
    """Lower bound of each share with 95 % confidence; 0 where nothing was counted. Shape as the input.

    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, J. Am. Stat.
    Assoc. 22 (1927).
    """
    n = np.maximum(np.asarray(counts, dtype=np.float64), 1)
    share = np.asarray(hits, dtype=np.float64) / n
    center = share + Z95**2 / (2 * n)
    half = Z95 * np.sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    low = (center - half) / (1 + Z95**2 / n)
    return np.where(np.asarray(counts) > 0, np.maximum(low, 0.0), 0.0)
