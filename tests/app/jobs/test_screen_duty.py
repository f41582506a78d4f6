"""What the law asks stands beside a case, of countries that are asked for."""

from datetime import date

import pytest

from bongsu.app.jobs.screen_duty import demand_countries, duties_document
from bongsu.errors import InputError

TODAY = date(2026, 11, 25)


def test_duties_are_those_of_the_countries_each_once():
    found = duties_document(["us", "KR", "kr"], TODAY)
    assert {one["country"] for one in found} == {"KR", "US"}
    assert [one["country"] for one in found] == sorted(one["country"] for one in found)
    assert len({(one["country"], one["what"]) for one in found}) == len(found)
    assert duties_document([], TODAY) == []


def test_a_country_that_nothing_ships_of_is_refused_and_not_empty():
    demand_countries(["eu", "GB"])
    with pytest.raises(InputError, match="law of ZZ") as caught:
        demand_countries(["KR", "ZZ"])
    assert "EU, GB, KR, US" in caught.value.hint
