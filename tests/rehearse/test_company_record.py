import numpy as np

from bongsu.model.event import EVENT_KINDS, EVENT_THINGS
from bongsu.rehearse.company_luck import draw_cast
from bongsu.rehearse.company_record import home_of, make_records, person_id


def made(seed=1):
    cast = draw_cast(2_000, 40, np.random.default_rng(seed))
    return cast, make_records(cast, np.random.default_rng(seed))


def of(rows, kind, thing):
    found = {}
    for row in rows:
        if (row["kind"], row["thing"]) == (kind, thing):
            found.setdefault(row["subject"], []).append(row["value"])
    return found


def test_rows_are_of_known_kinds_and_everybody_is_there():
    _cast, rows = made()
    assert {row["kind"] for row in rows} <= set(EVENT_KINDS)
    assert {row["thing"] for row in rows} <= set(EVENT_THINGS)
    assert len(of(rows, "home", "postal_address")) == 2_000


def test_a_couple_states_one_home_and_a_hidden_one_two():
    cast, rows = made()
    homes, sent = of(rows, "home", "postal_address"), of(rows, "shipment", "postal_address")
    one, other = (person_id(person) for person in cast.groups["couple"][0].tolist())
    assert homes[one] == homes[other]
    one, other = (person_id(person) for person in cast.groups["hidden_couple"][0].tolist())
    assert (homes[one] == homes[other], sent[one] == sent[other]) == (False, True)


def test_most_laptops_of_a_network_go_to_one_place():
    cast, rows = made()
    sent = of(rows, "shipment", "postal_address")
    group = cast.networks[0].tolist()
    elsewhere = [person for person in group if sent[person_id(person)] != [home_of(person)]]
    assert len(elsewhere) > len(group) / 2
    assert len({sent[person_id(person)][0] for person in elsewhere}) == 1
