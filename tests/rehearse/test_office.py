"""A made firm has people of all trades, and the same seed makes the same."""

from collections import Counter

from bongsu.rehearse.office import MONDAY, TRADES, make_office, moments, pick, word


def test_the_same_seed_makes_the_same_firm():
    assert make_office(200, 1) == make_office(200, 1)
    assert make_office(200, 1) != make_office(200, 2)


def test_every_trade_is_there_and_hosts_are_each_ones_own():
    people = make_office(200, 1).people
    assert {one.trade for one in people} == {name for name, _share in TRADES}
    assert len({one.host for one in people}) == len({one.ip for one in people}) == 200
    assert {one.trade for one in make_office(2, 5).people} == {"admin", "developer"}


def test_names_of_the_long_tail_are_reserved_and_used_unevenly():
    office = make_office(50, 1)
    assert all(host.rpartition(".")[2] in {"example", "test"} or ".example." in host for host in office.tail)
    luck = office.luck(1)
    counts = Counter(pick(luck, office.tail) for _one in range(20_000))
    assert len(counts) > 1_000
    assert max(counts.values()) > 20 * 20_000 / len(office.tail)


def test_days_have_office_hours_and_ends_of_the_week_are_quiet():
    luck = make_office(2, 1).luck(1)
    found = moments(luck, 0, 1_000)
    assert found == sorted(found)
    assert all(6 <= one.hour < 22 and one.date() == MONDAY.date() for one in found)
    assert len(moments(luck, 5, 120)) == 10
    assert len({one.hour for one in moments(luck, 0, 2_000, night=True)}) == 24
    assert word(luck)
