"""Consent to reveal is a person's, for one partner and round, until a day."""

from datetime import UTC, datetime, timedelta

import pytest

from bongsu.app.jobs.match import NO_CONSENT, NOBODY, Consent, Exchange
from bongsu.app.jobs.match_consent import Decision, find_consent, record_consent, withdraw_consent
from bongsu.errors import InputError, ReleaseError
from bongsu.model.marking import Marking, Tlp
from bongsu.store.match_log import read_entries

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
FREE = Marking(tlp=Tlp.AMBER, releasable_to=frozenset({"zeta", "other"}))
GIVEN = Consent(approved_by="Kim", at_least=2, marking=FREE)
YES = Decision(consent=GIVEN, until=NOON + timedelta(days=1))


@pytest.fixture
def moment():
    return [NOON]


@pytest.fixture
def side(tmp_path, moment):
    return Exchange(folder=tmp_path / "match", partner="zeta", clock=lambda: moment[0])


def test_what_was_decided_is_found_again_as_it_was_and_is_in_the_log(side):
    side.note("counted", "r", shared=3)
    said = record_consent(side, "r", YES)
    assert said == {
        "round": "r",
        "partner": "zeta",
        "decision": "consented",
        "approved_by": "Kim",
        "until": "2026-11-26T12:00:00+00:00",
        "at_least": 2,
        "tlp": "TLP:AMBER",
        "releasable_to": ["other", "zeta"],
        "shared": 3,
    }
    assert find_consent(side, "r") == GIVEN
    entry = read_entries(side.folder)[-1]
    assert {name: said[name] for name in ("approved_by", "until", "at_least", "tlp")}.items() <= entry.items()
    assert entry["at"] == NOON.isoformat()


def test_it_is_for_one_partner_and_one_round(side):
    record_consent(side, "r", YES)
    assert find_consent(side, "r2") == NO_CONSENT
    assert find_consent(Exchange(folder=side.folder, partner="other", clock=side.clock), "r") == NO_CONSENT


def test_it_ends_with_its_time(side, moment):
    record_consent(side, "r", YES)
    moment[0] = YES.until
    assert find_consent(side, "r") == GIVEN
    moment[0] += timedelta(microseconds=1)
    assert find_consent(side, "r") == NO_CONSENT


def test_the_last_word_counts(side):
    record_consent(side, "r", YES)
    assert withdraw_consent(side, "r", "Lee")["decision"] == "withdrawn"
    assert find_consent(side, "r") == NO_CONSENT
    record_consent(side, "r", YES)
    assert find_consent(side, "r") == GIVEN


def test_public_values_need_no_list(side):
    public = Consent(approved_by="Kim", marking=Marking(tlp=Tlp.CLEAR, releasable_to=None))
    assert record_consent(side, "r", Decision(consent=public, until=YES.until))["shared"] is None
    assert find_consent(side, "r") == public


@pytest.mark.parametrize(
    ("consent", "until", "round_id", "kind"),
    [
        (Consent(approved_by=" ", marking=FREE), YES.until, "r", InputError),
        (GIVEN, NOON, "r", InputError),
        (GIVEN, YES.until, "a/b", InputError),
        (Consent(approved_by="Kim", marking=NOBODY), YES.until, "r", ReleaseError),
        (
            Consent(approved_by="Kim", marking=Marking(tlp=Tlp.RED, releasable_to=frozenset({"zeta"}))),
            YES.until,
            "r",
            ReleaseError,
        ),
    ],
)
def test_what_could_not_be_acted_on_is_not_recorded(side, consent, until, round_id, kind):
    with pytest.raises(kind):
        record_consent(side, round_id, Decision(consent=consent, until=until))
    with pytest.raises(InputError):
        withdraw_consent(side, "r", "")
    assert read_entries(side.folder) == []
