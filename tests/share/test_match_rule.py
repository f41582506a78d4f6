"""Limits of private matches."""

from datetime import UTC, datetime

import pytest

from bongsu.errors import ReleaseError
from bongsu.share.match_rule import MOST_A_DAY, MOST_VALUES, Asked, MatchRefusedError, demand_allowed
from bongsu.share.private_match import Question

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
YESTERDAY = "2026-11-24T12:00:00+00:00"


def asked(count=10, *, shared=None, round_id="r", **more):
    question = Question(
        round=round_id, reveal=shared is not None, kinds=("iban",), count=count, shared=shared, elements=b""
    )
    return Asked(partner="acme", moment=NOON, question=question, **more)


def entry(what, round_id="r", *, partner="acme", at=None, **more):
    return {"at": at or NOON.isoformat(), "partner": partner, "round": round_id, "what": what} | more


def answered(round_id, **more):
    return entry("answered", round_id, **({"reveal": False} | more))


def test_a_question_of_a_few_values_is_answered():
    demand_allowed(asked(MOST_VALUES), [])


@pytest.mark.parametrize("count", [MOST_VALUES + 1, 10**6])
def test_a_search_is_refused(count):
    with pytest.raises(ReleaseError, match="the most is"):
        demand_allowed(asked(count), [])


def test_a_partner_has_few_answers_a_day():
    log = [answered(f"round {n}") for n in range(MOST_A_DAY)]
    with pytest.raises(ReleaseError, match="answers today"):
        demand_allowed(asked(), log)
    demand_allowed(asked(), log[1:])
    demand_allowed(asked(), [one | {"partner": "other"} for one in log])
    demand_allowed(asked(), [one | {"at": YESTERDAY} for one in log])
    demand_allowed(asked(), [one | {"what": "refused"} for one in log])


def test_only_kinds_that_are_served_are_answered_for():
    demand_allowed(asked(kinds=("iban", "wallet")), [])
    with pytest.raises(MatchRefusedError, match="only these kinds") as told:
        demand_allowed(asked(kinds=("wallet",)), [])
    assert (told.value.rule, told.value.why) == ("other_kinds", "only these kinds are answered for: wallet")


def test_a_question_is_answered_once():
    with pytest.raises(ReleaseError, match="answered before"):
        demand_allowed(asked(), [answered("r", at=YESTERDAY)])


COUNTED = entry("counted", shared=2)


@pytest.mark.parametrize(
    ("question", "log", "why"),
    [
        (asked(shared=2), [COUNTED], "nobody has decided"),
        (asked(shared=2, approved_by=" "), [COUNTED], "nobody has decided"),
        (asked(shared=2, approved_by="Kim"), [], "not counted yet"),
        (asked(shared=2, approved_by="Kim"), [COUNTED | {"round": "other"}], "not counted yet"),
        (asked(shared=2, approved_by="Kim"), [COUNTED | {"partner": "other"}], "not counted yet"),
        (asked(shared=3, approved_by="Kim"), [COUNTED], "this side counted 2"),
        (asked(shared=2, approved_by="Kim", at_least=3), [COUNTED], "fewer than 3"),
        (asked(shared=0, approved_by="Kim"), [COUNTED | {"shared": 0}], "fewer than 1"),
    ],
)
def test_values_are_revealed_only_after_both_counted_and_a_person_decided(question, log, why):
    with pytest.raises(ReleaseError, match=why):
        demand_allowed(question, log)
    demand_allowed(asked(shared=2, approved_by="Kim"), [answered("r"), COUNTED])
