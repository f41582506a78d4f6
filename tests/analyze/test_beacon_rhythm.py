"""A clock is told from chance, visits and open pages; the rates are those of the page."""

from pathlib import Path

import numpy as np
import pytest
from bench.beacon import SERIES, clock, measure

from bongsu.analyze.beacon_rhythm import FEWEST, regularities, rhythm_of

DAY = 86_400
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "beacons.md"


def of(seconds, sizes=None):
    times = (np.asarray(seconds) * 1_000_000).astype(np.int64)
    sent = np.full(len(times), -1, np.int32) if sizes is None else np.asarray(sizes, np.int32)
    return rhythm_of(times, sent, (0, DAY * 1_000_000))


def test_a_clock_is_regular_in_every_respect():
    found = of(np.arange(0, DAY, 600), [100] * 144)
    assert (found.contacts, found.interval, found.regularity, found.skew) == (144, 600, 1, 0)
    assert (found.coverage, found.longest_run, found.size, found.size_regularity) == (1, 24, 100, 1)
    assert found.regular
    assert found.score == pytest.approx(1)


def test_numbers_by_hand():
    """Gaps of 10 fifteen times, 20 six times, 40 once: median 10, median deviation 0, quartiles 10 and 20."""
    found = of(np.cumsum([0, *[10] * 15, *[20] * 6, 40]))
    assert (found.contacts, found.interval, found.regularity) == (23, 10, 1)
    assert found.skew == 1
    assert not found.regular, "five minutes are too short"


def test_contacts_within_a_second_are_one():
    burst = np.repeat(np.arange(0, DAY, 3600), 50) + np.tile(np.linspace(0, 0.9, 50), 24)
    assert of(burst).contacts == 24
    assert of(np.linspace(0, 0.9, 500)) is None
    assert of(np.arange(FEWEST - 1) * 60) is None


def test_all_groups_at_once_are_as_one_by_one():
    luck = np.random.default_rng(9)
    series = [np.sort(luck.uniform(0, 60 * n, n)) for n in range(1, 81)]
    group = np.repeat(np.arange(80), [len(one) for one in series])
    micros = (np.concatenate(series) * 1_000_000).astype(np.int64)
    contacts, found = regularities(group, micros, 80)
    slow = [of(one) for one in series]
    assert [one.contacts if one else 0 for one in slow] == np.where(contacts >= FEWEST, contacts, 0).tolist()
    assert found == pytest.approx([one.regularity if one else 0 for one in slow])
    assert regularities(np.zeros(0, np.int32), np.zeros(0, np.int64), 2)[1].tolist() == [0, 0]


def test_a_series_that_covers_little_of_the_log_is_not_regular():
    found = of(np.arange(0, 2 * 3600, 60))
    assert found.regularity == 1
    assert not found.regular


def test_the_rates_of_the_page_are_those_that_are_measured():
    said = PAGE.read_text()
    for name, share in measure():
        assert f"| {name} | {100 * share:.1f} % |" in said
    found = dict(measure())
    assert found["every 300 s, jitter 30 %"] > 0.95
    assert max(share for name, share in found.items() if not name.startswith("every")) < 0.01


def test_chance_in_the_order_of_a_beacon_is_no_decoy_that_passes():
    """Decoy: as many contacts as a beacon has, at any time; not one in 300 is called regular."""
    luck = np.random.default_rng(4)
    beacon = [of(clock(300, 0.2)(luck)).regular for _one in range(50)]
    decoy = [of(np.sort(luck.uniform(0, DAY, 288))).regular for _one in range(300)]
    assert sum(beacon) == 50
    assert sum(decoy) == 0
    assert len(SERIES) > 10
