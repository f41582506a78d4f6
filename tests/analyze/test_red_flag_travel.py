import pytest
from tests.data.event_rows import hits_of, sign_ins, subjects

HERE = {"latitude": 40.7, "longitude": -74.0}
THERE = {"latitude": 41.8, "longitude": 123.4}


def jumps(name, days, gap_hours):
    return [
        *sign_ins(name, "9.9.9.9", range(days), **HERE),
        *sign_ins(name, "8.8.8.8", [day + gap_hours / 24 for day in range(days)], **THERE),
    ]


@pytest.mark.parametrize(("days", "hours", "found"), [(3, 2, ["a"]), (2, 2, []), (3, 12, [])])
def test_three_days_of_jumps_and_no_flight(days, hours, found):
    assert subjects(hits_of(*jumps("a", days, hours), flag="E05")) == found


def test_a_vpn_that_many_use_is_no_place():
    crowd = [row for i in range(30) for row in sign_ins(f"p{i}", "8.8.8.8", [0], **THERE)]
    assert hits_of(*jumps("a", 5, 1), *crowd, flag="E05") == []


def test_sign_ins_without_a_place_are_left_out():
    rows = [row | {"latitude": None, "longitude": None} for row in jumps("a", 5, 1)]
    assert hits_of(*rows, flag="E05") == []
