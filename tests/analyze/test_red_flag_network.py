import pytest
from tests.data.event_rows import event, hits_of, sign_ins, subjects

FARM = [row for name in "abcde" for row in sign_ins(name, "9.9.9.9", range(30))]


def test_laptops_behind_one_connection_for_weeks():
    hits = hits_of(*FARM, *sign_ins("z", "8.8.8.8", range(30)), flag="E06")
    assert subjects(hits) == list("abcde")
    assert {hit.strength for hit in hits} == {"high"}


def test_a_few_days_at_one_hotel_are_none():
    rows = [row for name in "abcde" for row in sign_ins(name, "9.9.9.9", range(5))]
    assert hits_of(*rows, flag="E06") == []


def test_people_who_share_an_office_have_a_home_too():
    home = [row for i, name in enumerate("abcde") for row in sign_ins(name, f"8.8.8.{i}", range(30))]
    assert hits_of(*FARM, *home, flag="E06") == []


def test_a_carrier_is_a_hub():
    rows = [row for i in range(30) for row in sign_ins(f"p{i}", "9.9.9.9", range(25))]
    hits = hits_of(*rows, flag="E06")
    assert subjects(hits) == []
    assert len(subjects(hits, explained=True)) == 30


def test_sign_ins_without_an_address_or_time_are_left_out():
    assert hits_of(*sign_ins("a", "", range(30)), *sign_ins("b", "", range(30)), flag="E06") == []
    assert hits_of(*(row | {"time": None} for row in FARM), flag="E06") == []


@pytest.mark.parametrize(("hours", "found"), [(1, 6), (10, 0)])
@pytest.mark.parametrize("column", ["ip", "device"])
def test_a_burst_of_applications(column, hours, found):
    rows = [event(f"p{i}", "application", day=i * hours / 24, **{column: "9.9.9.9"}) for i in range(6)]
    assert len(hits_of(*rows, flag="A13")) == found


def test_one_phone_under_other_mailboxes():
    rows = [event(name, "application") for name in "abcd"]
    rows += [event(name, "contact", "phone", "+1555") for name in "abcd"]
    boxes = [event(name, "contact", "email", f"{name}@x.example") for name in "abcd"]
    assert subjects(hits_of(*rows, *boxes, flag="A01")) == list("abcd")
    one = [event(name, "contact", "email", "me@x.example") for name in "abcd"]
    assert hits_of(*rows, *one, flag="A01") == []


def test_people_whose_laptops_went_to_their_own_homes_may_have_one_carrier():
    def placed(name, to):
        home = event(name, "home", "postal_address", f"{name} st 1")
        return [home, event(name, "shipment", "postal_address", to)]

    own = [row for name in "abcde" for row in placed(name, f"{name} st 1")]
    assert {hit.strength for hit in hits_of(*FARM, *own, flag="E06")} == {"medium"}
    most_elsewhere = [*own[:4], *(row for name in "cde" for row in placed(name, "5 far rd"))]
    assert {hit.strength for hit in hits_of(*FARM, *most_elsewhere, flag="E06")} == {"high"}
