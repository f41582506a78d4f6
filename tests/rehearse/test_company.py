import numpy as np

from bongsu.model.event import EVENT
from bongsu.rehearse.company import address_text, make_company
from bongsu.rehearse.company_applicant import SEIZED
from bongsu.rehearse.company_luck import draw_cast
from bongsu.rehearse.company_record import make_records


def test_the_same_seed_makes_the_same_company():
    one, same, other = (make_company(500, seed=seed, sign_ins=10) for seed in (1, 1, 2))
    assert one.events.equals(same.events)
    assert not one.events.equals(other.events)
    assert one.events.schema == EVENT
    assert (one.networks, one.traits) == (same.networks, same.traits)


def test_a_seed_makes_the_households_that_it_made_before_there_were_applications():
    company = make_company(500, seed=1, sign_ins=10)
    kinds = {row["kind"] for row in company.events.select(["kind"]).to_pylist()}
    assert {"resume", "profile", "meeting", "clone", "follow", "session", "payment", "company"} <= kinds
    luck = np.random.default_rng(1)
    cast = draw_cast(500, 40, luck)
    rows = make_records(cast, luck)
    assert [row["value"] for row in company.events.slice(0, len(rows)).to_pylist()] == [
        x["value"] for x in rows
    ]
    assert ("domain", SEIZED) in company.listed


def test_the_truth_names_people_of_the_events():
    company = make_company(500, seed=1, sign_ins=10)
    subjects = {*company.events["subject"].unify_dictionaries().unique().to_pylist()}
    assert sum(name.startswith("e") and name[1:].isdigit() for name in subjects) == company.people == 500
    assert sum(len(group) for group in company.networks) == 40
    assert frozenset().union(*company.networks, *company.traits.values()) <= subjects
    assert address_text(65_537) == "11.1.0.1"
