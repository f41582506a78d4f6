"""Blocks of a made ledger: how many rows each has, and when it was."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]

FIRST_BLOCK, BLOCK_TRANSFERS, BLOCK_SECONDS = 20_000_000, 150, 12
DAY_BLOCKS = 24 * 60 * 60 // BLOCK_SECONDS
FIRST_TIME = datetime(2030, 1, 1, tzinfo=UTC)
"""In the future, so that nobody takes a made ledger for a real one."""


class Pace(NamedTuple):
    """So many blocks have so many rows, evenly."""

    blocks: int
    rows: int

    def numbers(self, rows: Array) -> Array:
        """Number of each row's block, from 0."""
        found: Array = rows * self.blocks // self.rows
        return found

    def places(self, rows: Array) -> Array:
        """Place of each row in its block, from 0."""
        first = -(-self.numbers(rows) * self.rows // self.blocks)
        found: Array = rows - first
        return found

    def rows_in(self, days: int) -> int:
        """Rows of so many days."""
        return days * DAY_BLOCKS * self.rows // self.blocks


def pace_of(transfers: int, *, days: int = 0) -> Pace:
    """Pace of a ledger: blocks are as full as Ethereum's, or emptier, so that it lasts as many days."""
    usual, asked = -(-transfers // BLOCK_TRANSFERS), days * DAY_BLOCKS
    return Pace(1, BLOCK_TRANSFERS) if usual >= asked else Pace(asked, transfers)


def block_times(numbers: Array) -> Array:
    """Microseconds since 1970 of blocks."""
    first = np.int64(FIRST_TIME.timestamp()) * 10**6
    times: Array = first + numbers * (BLOCK_SECONDS * 10**6)
    return times
