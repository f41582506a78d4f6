from tests.data.company_part import EVERY_WAY, cast_of, flags_of, ids, written

from bongsu.rehearse.company_freelance import write_freelance


def made():
    cast = cast_of(6_000)
    return cast, *flags_of(written(write_freelance, cast, [EVERY_WAY] * len(cast.networks)))


def test_networks_leave_evidence_and_so_do_innocent_people_who_look_alike():
    cast, found, strong = made()
    workers = ids(cast.workers)
    for flag in ("P05", "P06", "P07", "P08"):
        assert found[flag] & workers, flag
    for flag in ("P06", "P07", "P08"):
        assert found[flag] - workers, flag
    assert strong["P07"] - workers == ids(cast.lone["banned_and_moved"])


def test_what_explains_it_is_no_hit():
    cast, found, strong = made()
    barter = {one for group in cast.groups["barter"] for one in ids(group)}
    desks = {one for group in cast.groups["hot_desk"] for one in ids(group)}
    studios = {one for group in cast.groups["studio"] for one in ids(group)}
    assert not found["P05"] & barter
    assert not strong["P06"] & desks - studios
    assert not found["P08"] & ids(cast.lone["newcomer"]) - ids(cast.lone["hurried_newcomer"])
    assert not found["P07"] & ids(cast.lone["locked_out"]) - ids(cast.lone["moved_contract"]) - ids(
        cast.lone["banned_and_moved"]
    )
