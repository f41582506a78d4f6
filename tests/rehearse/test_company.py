from bongsu.model.event import EVENT
from bongsu.rehearse.company import address_text, make_company


def test_the_same_seed_makes_the_same_company():
    one, same, other = (make_company(500, seed=seed, sign_ins=10) for seed in (1, 1, 2))
    assert one.events.equals(same.events)
    assert not one.events.equals(other.events)
    assert one.events.schema == EVENT
    assert (one.networks, one.traits) == (same.networks, same.traits)


def test_the_truth_names_people_of_the_events():
    company = make_company(500, seed=1, sign_ins=10)
    subjects = {*company.events["subject"].unify_dictionaries().unique().to_pylist()}
    assert len(subjects) == company.people == 500
    assert sum(len(group) for group in company.networks) == 40
    assert frozenset().union(*company.networks, *company.traits.values()) <= subjects
    assert address_text(65_537) == "11.1.0.1"
