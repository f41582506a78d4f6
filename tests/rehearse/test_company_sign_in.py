import numpy as np

from bongsu.rehearse.company_luck import draw_cast
from bongsu.rehearse.company_sign_in import make_sign_ins


def made():
    cast = draw_cast(1_000, 40, np.random.default_rng(1))
    return cast, make_sign_ins(cast, 200_000, np.random.default_rng(2))


def usual(found, person):
    numbers, counts = np.unique(found.address[found.person == person], return_counts=True)
    return {*numbers[counts > 10].tolist()}


def test_everybody_signs_in_as_often_within_a_year_from_addresses_with_a_place():
    cast, found = made()
    assert np.bincount(found.person).tolist() == [200] * cast.people
    assert found.micros.min() > 0
    assert found.micros.max() < 366 * 86_400_000_000
    assert found.address.max() < found.addresses == len(found.latitude) == len(found.longitude)


def test_a_farm_and_a_couple_have_one_connection_and_strangers_have_not():
    cast, found = made()
    one, other = cast.groups["couple"][0].tolist()
    assert usual(found, one) & usual(found, other)
    farm = [usual(found, person) for person in cast.networks[0].tolist()]
    assert sum(bool(farm[0] & rest or farm[1] & rest) for rest in farm) > len(farm) / 2
    still = [person for person in range(cast.people) if person not in {*cast.workers.tolist()}]
    housed = {
        p
        for trait in ("couple", "hidden_couple", "flatmates", "carrier")
        for g in cast.groups[trait]
        for p in g
    }
    lone = [person for person in still if person not in housed][:2]
    assert not {n for n in usual(found, lone[0]) & usual(found, lone[1]) if n > 10}
