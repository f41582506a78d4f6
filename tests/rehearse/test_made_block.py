from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from bongsu.rehearse.made_block import BLOCK_TRANSFERS, DAY_BLOCKS, FIRST_TIME, block_times, pace_of


@given(transfers=st.integers(1, 10**9), days=st.integers(0, 2000), first=st.integers(0, 10**9))
@example(transfers=10**9, days=2000, first=10**9)
@example(transfers=149, days=0, first=0)
def test_rows_fill_blocks_in_order_and_places_count_from_zero(transfers, days, first):
    pace = pace_of(transfers, days=days)
    rows = np.arange(first, first + 500, dtype=np.int64)
    numbers, places = pace.numbers(rows), pace.places(rows)
    assert (np.diff(numbers) >= 0).all()
    assert (places >= 0).all()
    assert (places <= BLOCK_TRANSFERS).all()
    assert np.array_equal(np.diff(places) == 1, np.diff(numbers) == 0)
    assert (places[1:][np.diff(numbers) > 0] == 0).all()


@given(transfers=st.integers(1, 10**9), days=st.integers(1, 2000))
def test_a_ledger_lasts_as_long_as_asked(transfers, days):
    pace = pace_of(transfers, days=days)
    last = int(pace.numbers(np.array([transfers], dtype=np.int64))[0])
    assert last >= days * DAY_BLOCKS - 1
    assert abs(pace.rows_in(days) - min(transfers, days * DAY_BLOCKS * BLOCK_TRANSFERS)) < BLOCK_TRANSFERS


def test_without_days_blocks_are_full():
    rows = np.arange(1000, dtype=np.int64)
    pace = pace_of(1000)
    assert np.array_equal(pace.numbers(rows), rows // BLOCK_TRANSFERS)
    assert np.array_equal(pace.places(rows), rows % BLOCK_TRANSFERS)


def test_times_are_of_the_chain():
    (start, day) = block_times(np.array([0, DAY_BLOCKS], dtype=np.int64)).tolist()
    assert datetime.fromtimestamp(start // 10**6, UTC) == FIRST_TIME
    assert timedelta(microseconds=day - start) == timedelta(days=1)
