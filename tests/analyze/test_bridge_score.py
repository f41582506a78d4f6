"""Scores of pairs: a share of all that could explain them."""

from tests.data.bridge_case import ALICE, BOB, deposit, events, split, withdrawal

from bongsu.analyze.bridge_candidate import find_candidates
from bongsu.analyze.bridge_score import score_pairs
from bongsu.analyze.bridge_side import compare_sides

DAY = 86_400


def scored(*rows, most=100):
    sides = compare_sides(*split(events(*rows)), {})
    return score_pairs(sides, find_candidates(sides, 0, most))


def usual(count=60, latency=100):
    """Pairs of amounts that nobody else moves."""
    return [
        row
        for n in range(count)
        for row in (
            deposit(f"u{n}", 10 * DAY + n * DAY, amount=123_456_789 + n),
            withdrawal(f"v{n}", 10 * DAY + n * DAY + latency, amount=123_456_789 + n),
        )
    ]


def own(found):
    """Place of the pair whose withdrawal stands after the usual ones."""
    return found.withdrawal.tolist().index(60)


def test_pair_without_a_rival_is_surer_than_one_of_two():
    alone = scored(*usual(), deposit("a", amount=77), withdrawal("b", amount=77))
    rival = scored(*usual(), deposit("a", amount=77), deposit("r", 1, amount=77), withdrawal("b", amount=77))
    assert alone.score[own(alone)] > 0.99
    assert 0.3 < rival.score[own(rival)] < 0.7
    assert (alone.rivals[own(alone)], rival.rivals[own(rival)]) == (0, 1)


def test_of_two_deposits_the_one_at_the_usual_latency_is_chosen():
    rows = [*usual(), deposit("far", 0, amount=77), deposit("near", 3 * DAY, amount=77)]
    found = scored(*rows, withdrawal("w", 3 * DAY + 100, amount=77))
    assert found.latency[own(found)] == 100
    assert found.deposit[own(found)] == 61


def test_equal_pairs_are_taken_first_come_first_served():
    found = scored(deposit("a", 0), deposit("b", 0), withdrawal("c", 50), withdrawal("d", 60))
    assert list(zip(found.withdrawal.tolist(), found.deposit.tolist(), strict=True)) == [(0, 0), (1, 1)]


def test_deposits_not_looked_at_lower_the_score():
    rows = [*usual(), *(deposit(f"d{n}", n, amount=77) for n in range(50)), withdrawal("w", 100, amount=77)]
    few, all_ = scored(*rows, most=1), scored(*rows)
    assert few.score[own(few)] < 0.1
    assert few.rivals[own(few)] == all_.rivals[own(all_)] == 49


def test_amount_that_others_move_later_too_is_less_telling():
    """What fits but came after cannot be true: it measures chance."""
    rare = scored(*usual(), deposit("a", beneficiary=None), withdrawal("b", beneficiary=None))
    later = [deposit(f"l{n}", DAY + n * 60, beneficiary=None) for n in range(5_000)]
    common = scored(*usual(), deposit("a", beneficiary=None), withdrawal("b", beneficiary=None), *later)
    assert common.score[own(common)] < rare.score[own(rare)]


def test_known_account_is_noted():
    found = scored(
        deposit("a"), withdrawal("b"), deposit("c", amount=5, beneficiary=None), withdrawal("d", amount=5)
    )
    assert found.known.tolist() == [True, False]


def test_no_pairs_no_scores():
    found = scored(deposit("a", beneficiary=ALICE), withdrawal("b", beneficiary=BOB))
    assert len(found.score) == 0
