import pytest
from tests.data.event_rows import event, hits_of

from bongsu.analyze.damping import ScreenContext

CLAIM = event("a", "work", "utc_offset", "-300")


def calls(days, offset="540", **more):
    return [event("a", "meeting", "utc_offset", offset, day=day, **more) for day in days]


def places(days, longitude, ip="9.9.9.9"):
    return [event("a", "meeting", day=day, longitude=longitude, latitude=1.0, ip=ip) for day in days]


def test_a_clock_far_from_the_claimed_zone():
    (hit,) = hits_of(CLAIM, *calls(range(2)), flag="I02")
    assert (hit.subject, hit.strength) == ("a", "medium")
    assert hits_of(CLAIM, *calls(range(1)), flag="I02") == []
    assert hits_of(*calls(range(2)), flag="I02") == []  # nothing is claimed


@pytest.mark.parametrize("offset", ["-300", "-240", "-420"])
def test_summer_time_and_the_zone_beside_are_near(offset):
    assert hits_of(CLAIM, *calls(range(9), offset), flag="I02") == []


def test_who_travels_joins_most_calls_from_home():
    assert hits_of(CLAIM, *calls(range(3)), *calls(range(10, 13), "-300"), flag="I02") == []


@pytest.mark.parametrize(("longitude", "found"), [(125.0, 1), (-80.0, 0), (-120.0, 0)])
def test_an_address_far_to_the_east_or_west(longitude, found):
    assert len(hits_of(CLAIM, *places(range(3), longitude), flag="I02")) == found


def test_a_companys_own_exit_is_left_out_and_a_listed_address_is_not():
    own = ScreenContext(own_places=frozenset({"9.9.9.9"}))
    assert hits_of(CLAIM, *places(range(3), 125.0), flag="I02", context=own) == []
    listed = ScreenContext(listed={("ip", "9.9.9.9"): "a list"})
    assert len(hits_of(*places(range(3), None), flag="I02", context=listed)) == 1
