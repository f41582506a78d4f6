import hypothesis.strategies as st
import pytest
from hypothesis import given

from bongsu.analyze.decoy import beats_chance, wilson


def test_wilson_by_hand():
    # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for hits, count, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(hits, count) == pytest.approx((low, high), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(0, 0) == (0, 1)
    assert wilson(5, 5).high == 1


@pytest.mark.parametrize(("hits", "count"), [(-1, 5), (6, 5)])
def test_what_is_no_rate(hits, count):
    with pytest.raises(ValueError, match="no rate"):
        wilson(hits, count)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_the_rate_is_inside(hits, more):
    low, high = wilson(hits, hits + more)
    assert 0 <= low <= high <= 1
    assert not hits + more or low <= hits / (hits + more) <= high


def test_chance_is_beaten_clearly_or_not_at_all():
    assert beats_chance(50, 100, 20, 2000)
    assert not beats_chance(50, 100, 700, 2000)  # half of it is chance
    assert not beats_chance(2, 100, 0, 100)  # too few
    assert not beats_chance(50, 100, 0, 0)  # no decoy
