"""Rules are run over what they say that they read."""

import dataclasses
from importlib import import_module

import pytest
from tests.data.event_rows import at, event, hits_of, index_of

from bongsu.analyze.damping import Damping, ScreenContext
from bongsu.analyze.red_flag import DETECTORS, Scope, find_red_flags
from bongsu.facts.red_flag import load_red_flags

PAID = [event(name, "payout", "iban", "X") for name in "abcd"]


def test_every_rule_with_a_detector_finds_it_and_the_other_way_round():
    named = {flag.detector for flag in load_red_flags().values() if flag.detector}
    assert named == set(DETECTORS)
    for place in DETECTORS.values():
        module, _colon, name = place.partition(":")
        assert callable(getattr(import_module(module), name))


def test_a_hit_has_everything_a_person_needs():
    hits = hits_of(*PAID, flag="P01")
    assert [hit.subject for hit in hits] == ["a", "b", "c", "d"]
    one = hits[0]
    assert (one.family, one.strength, one.machine, one.kind, one.value) == (
        "money",
        "very_high",
        True,
        "iban",
        "X",
    )
    assert one.others == ("b", "c", "d")
    assert one.rows[0] == 0
    assert one.why == "Pay of 4 people goes to X."


def test_a_detector_gets_nothing_that_its_rule_does_not_read():
    flag = dataclasses.replace(load_red_flags()["P01"], reads=("wallet",))
    scope = Scope(index_of(*PAID), flag, Damping(index_of(*PAID), ScreenContext()), ScreenContext())
    with pytest.raises(ValueError, match="does not read iban"):
        scope.rows("payout", "iban")


@pytest.mark.parametrize(("days", "found"), [(30, 0), (90, 4)])
def test_what_is_older_than_the_expiry_is_not_seen(days, found):
    flag = dataclasses.replace(load_red_flags()["P01"], expiry_days=days)
    hits = find_red_flags(index_of(*PAID, event("z", "hire", day=60)), [flag], ScreenContext())
    assert len(hits) == found


def test_a_slip_in_the_future_ages_nothing():
    slip = event("z", "hire", day=20_000)
    assert hits_of(*PAID, slip, flag="P01") == []
    now = ScreenContext(as_of=int(at(1).timestamp()) * 1_000_000)
    assert len(hits_of(*PAID, slip, flag="P01", context=now)) == 4


def test_what_a_person_saw_is_said_with_the_name_of_the_observer():
    seen = event("a", "observation", "flag", "i06", note="K. Lee")
    (hit,) = hits_of(seen)
    assert (hit.flag, hit.machine, hit.why) == ("I06", False, "K. Lee saw it.")
    assert hits_of(event("a", "observation", "flag", "Z99")) == []
    assert hits_of(event("a", "observation", "flag", "P01")) == []  # a machine's
    assert hits_of(seen, event("b", "hire", day=1000)) == []  # expired
