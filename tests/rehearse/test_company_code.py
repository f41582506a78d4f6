from tests.data.company_part import cast_of, flags_of, ids, written

from bongsu.rehearse.company_code import FLAGGED, write_code

LISTED = {("handle", one): "a court" for one in FLAGGED}


def test_networks_leave_evidence_and_so_do_innocent_people_who_look_alike():
    cast = cast_of()
    found, strong = flags_of(written(write_code, cast), listed=LISTED)
    workers = ids(cast.workers)
    for flag in ("A09", "A11", "E10"):
        assert found[flag] & workers, flag
        assert found[flag] - workers, flag
    assert set(strong) == {"E10"}
    assert strong["E10"] - workers == ids(cast.lone["leaver_backup"])


def test_what_explains_it_is_no_hit():
    cast = cast_of()
    found, _strong = flags_of(written(write_code, cast), listed=LISTED)
    others = ids(cast.lone["imported_code"])
    assert not found["A09"] & ids(cast.lone["moved_host"]) - others
    assert not found["E10"] & ids(cast.lone["forker"]) - ids(cast.lone["leaver_backup"]) - ids(
        cast.lone["build_engineer"]
    )
