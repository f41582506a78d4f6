"""Movements by pool."""

from typing import Any, NamedTuple

import numpy as np


class Index(NamedTuple):
    """Movements of each pool: rows of pool p are row[first[p]:first[p + 1]], ascending."""

    first: np.ndarray[Any, Any]
    """uint32, shape (pools + 1,)."""
    row: np.ndarray[Any, Any]
    """uint32, shape (n,)."""
