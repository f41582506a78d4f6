import numpy as np

from bongsu.rehearse.company_luck import GROUPS, LONE, NETWORK_SHARES, draw_cast


def test_everybody_of_a_network_is_in_one_and_has_no_trait_of_the_innocent():
    cast = draw_cast(10_000, 40, np.random.default_rng(1))
    assert [len(group) for group in cast.networks] == list(NETWORK_SHARES)
    workers = {*cast.workers.tolist()}
    assert len(workers) == 40
    assert set(cast.lone) == set(LONE)
    assert set(cast.groups) == set(GROUPS)
    for group in [*cast.lone.values(), *(g for groups in cast.groups.values() for g in groups)]:
        assert not workers & {*group.tolist()}


def test_nobody_lives_twice_and_traits_overlap_otherwise():
    cast = draw_cast(10_000, 40, np.random.default_rng(2))
    lived = [
        one for trait in ("couple", "hidden_couple", "flatmates", "carrier") for one in cast.groups[trait]
    ]
    everybody = [person for group in lived for person in group.tolist()]
    assert len(everybody) == len(set(everybody))
    assert {*cast.lone["traveler"].tolist()} & {*cast.lone["night_owl"].tolist()}


def test_no_fraud_is_no_network():
    assert len(draw_cast(200, 0, np.random.default_rng(1)).workers) == 0
