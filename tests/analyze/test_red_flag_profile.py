from tests.data.event_rows import event, hits_of, subjects

APPLIED = event("a", "application", day=0)
CLAIMS = [
    APPLIED,
    event("a", "contact", "email", "a@x.example"),
    event("a", "resume", "town", "springfield"),
    event("a", "resume", "job", "acme 2015-01..2020-01"),
]


def profile(thing, value, day=-100, note="linkedin", name="a"):
    return event(name, "profile", thing, value, day=day, note=note)


OTHER = [
    profile("email", "b@x.example"),
    profile("town", "shelbyville"),
    profile("job", "acme 2018-01..2020-01"),
]


def test_contact_town_or_jobs_that_differ():
    (hit,) = hits_of(*CLAIMS, *OTHER, flag="A03")
    assert (hit.subject, hit.strength, len(hit.rows)) == ("a", "medium", 5)
    assert len(hits_of(*CLAIMS, *OTHER[1:], flag="A03")) == 1


def test_who_moved_or_has_another_mailbox_is_no_hit():
    for one in OTHER:
        assert hits_of(*CLAIMS, one, flag="A03") == []


def test_one_profile_that_agrees_is_enough():
    same = [profile("town", "springfield"), profile("job", "acme 2015-06..2020-06")]
    assert hits_of(*CLAIMS, *OTHER[1:], *same, flag="A03") == []


def test_an_old_profile_says_nothing():
    assert (
        hits_of(*CLAIMS, *(one | {"time": APPLIED["time"].replace(year=2021)} for one in OTHER), flag="A03")
        == []
    )


def test_a_job_that_lasts_or_of_another_firm_agrees():
    lasting = [profile("town", "shelbyville"), profile("job", "acme 2015-02..")]
    assert hits_of(*CLAIMS, *lasting, flag="A03") == []
    assert hits_of(*CLAIMS, profile("town", "x"), profile("job", "other 2001-01..2002-01"), flag="A03") == []


def test_two_profiles_at_one_platform():
    hits = hits_of(profile("handle", "one"), profile("handle", "two"), flag="A04")
    assert [(hit.subject, hit.strength) for hit in hits] == [("a", "medium")]
    apart = [profile("handle", "one"), profile("handle", "one", note="github"), profile("handle", "one")]
    assert hits_of(*apart, flag="A04") == []


def test_all_profiles_weeks_old_is_low_and_one_old_profile_is_enough():
    young = [APPLIED, profile("handle", "one", day=-20), profile("handle", "two", day=-30, note="x")]
    assert [(hit.subject, hit.strength) for hit in hits_of(*young, flag="A04")] == [("a", "low")]
    assert hits_of(*young, profile("handle", "old", day=-900, note="npm"), flag="A04") == []
    assert hits_of(*young[1:], flag="A04") == []  # no application
    assert subjects(hits_of(*young, profile("handle", "n", note="y") | {"time": None}, flag="A04")) == []
