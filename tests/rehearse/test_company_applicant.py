from tests.data.company_part import EVERY_WAY, cast_of, flags_of, ids, written

from bongsu.model.event import EVENT_KINDS, EVENT_THINGS
from bongsu.rehearse.company_applicant import SEIZED, write_applicants


def made():
    cast = cast_of()
    rows = written(write_applicants, cast, [EVERY_WAY] * len(cast.networks))
    return cast, rows, flags_of(rows, listed={("domain", SEIZED): "a court"})


def test_networks_leave_evidence_and_so_do_innocent_people_who_look_alike():
    cast, rows, (found, _strong) = made()
    workers = ids(cast.workers)
    assert {row["kind"] for row in rows} <= set(EVENT_KINDS)
    assert {row["thing"] for row in rows} <= set(EVENT_THINGS)
    for flag in ("A02", "A03", "A04", "A05", "A06", "A07", "A13", "I02", "N03"):
        assert found[flag] & workers, flag
        assert found[flag] - workers, flag


def test_what_explains_it_is_no_hit():
    cast, _rows, (found, _strong) = made()
    lone, groups = cast.lone, cast.groups
    assert not found["A02"] & ids(lone["template_resume"]) - ids(cast.workers) - {
        one for group in groups["resume_writer"] for one in ids(group)
    }
    assert not found["A07"] & ids(lone["slip_of_the_pen"]) - ids(lone["forerunner"])
    assert not found["I02"] & ids(lone["calls_on_travel"]) - ids(lone["lives_elsewhere"])
    young = {one for group in groups["start_up_vendor"] for one in ids(group)}
    careless = {one for group in groups["careless_vendor"] for one in ids(group)}
    assert not found["N03"] & young - careless
