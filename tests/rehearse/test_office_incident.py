"""What is planted has reserved names and addresses only, and leads from a mail to a beacon."""

import re

from bongsu.facts.technique import load_techniques
from bongsu.rehearse.office import make_office
from bongsu.rehearse.office_incident import BEACON, INDICATORS, PACKAGE, plant, victims

OFFICE = make_office(60, 3)


def test_the_chain_is_whole_and_in_order():
    found = plant(OFFICE, 7)
    assert [one.moment for one in found] == sorted(one.moment for one in found)
    assert {one.file for one in found} == {"windows", "dns", "http", "squid", "mail", "lockfile"}
    assert {one.technique for one in found} <= set(load_techniques())
    assert len([one for one in found if one.indicator == BEACON]) > 1_000
    assert found == plant(OFFICE, 7)
    assert len(victims(found)) == 2


def test_values_are_reserved():
    for kind, value, _cluster, _text in INDICATORS:
        reserved = r"192\.0\.2\.\d+" if kind == "ipv4" else r".*\.example(\.(com|net|org))?"
        assert re.fullmatch(reserved, value), value
    assert PACKAGE[0].startswith("bongsu-rehearsal")


def test_every_listed_value_is_planted():
    found = plant(OFFICE, 7)
    text = " ".join(str(one.content) for one in found)
    assert [value for _kind, value, _cluster, _text in INDICATORS if value not in text] == []
