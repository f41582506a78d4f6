import pytest
from tests.analyze.test_referral import hit

from bongsu.rehearse.company import make_company
from bongsu.rehearse.company_score import score_company, upper_bound


@pytest.mark.parametrize(
    ("found", "of", "bound"), [(0, 9_960, 0.00030073), (0, 20, 0.1391), (1, 20, 0.2161), (20, 20, 1)]
)
def test_upper_bound_by_the_tables(found, of, bound):
    assert upper_bound(found, of) == pytest.approx(bound, abs=2e-4 if of == 20 else 1e-6)


def test_a_network_is_found_where_half_of_it_is_referred():
    company = make_company(500, seed=1, sign_ins=2)
    first, second = (sorted(group) for group in company.networks[:2])
    innocent = next(one for one in company.traits["traveler"])
    referred = [*first[:5], *second[:3], innocent]
    hits = [hit("P01", subject=first[0]), hit("P01", subject=innocent), hit("P02", subject=second[0])]
    score = score_company(company, referred, hits)
    assert (score.found, score.networks, score.referred_workers) == (1, 6, 8)
    assert score.referred_innocents == (innocent,)
    assert score.recall == pytest.approx(1 / 6)
    money = next(one for one in score.families if one.family == "money")
    assert (money.hit, money.fraudulent, money.precision) == (2, 1, 0.5)
    assert money.recall == pytest.approx(1 / 40)
