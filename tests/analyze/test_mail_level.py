import itertools

import pytest

from bongsu.analyze.mail_level import confidence_of, level_of, next_steps_of, techniques_of
from bongsu.analyze.mail_reason import Reason
from bongsu.model.detection import LEVELS

ALL = [
    Reason("sender", "dmarc_fail", "", ""),
    Reason("answer", "reply_free_mail", "", ""),
    Reason("pose", "expert_name", "", ""),
    Reason("payload", "attachment_runs", "", ""),
    Reason("context", "first_contact", "", ""),
    Reason("context", "theme", "", ""),
    Reason("context", "policy_none", "", ""),
]
CONTEXT = [one for one in ALL if one.family == "context"]


@pytest.mark.parametrize("one", ALL)
def test_none_alone_is_more_than_low(one):
    assert level_of([one]) in {"", "low"}
    assert level_of([one, one]) in {"", "low"}


def test_context_never_stands_alone():
    assert level_of(CONTEXT) == ""


def test_levels_rise_with_families_and_enough_context():
    assert level_of(ALL[:1] + CONTEXT) == "medium"
    assert level_of([ALL[0], CONTEXT[0], CONTEXT[2]]) == "low"
    assert level_of(ALL[:2]) == "medium"
    assert level_of(ALL[:2] + CONTEXT[:2]) == "high"
    assert level_of(ALL[:3]) == "high"


def test_another_reason_never_lowers():
    order = ["", *LEVELS]
    for count in range(len(ALL)):
        for some in itertools.combinations(ALL, count):
            for one in ALL:
                assert order.index(level_of([*some, one])) >= order.index(level_of(some))
                assert confidence_of([*some, one]) >= confidence_of(some)


def test_confidence_never_says_that_it_is_certain():
    assert confidence_of(ALL) <= 80


@pytest.mark.parametrize(
    ("keys", "links", "expected"),
    [
        (["attachment_runs"], False, ("T1566.001",)),
        (["link_look_alike", "from_look_alike"], True, ("T1566.002", "T1598.003", "T1656")),
        (["expert_name"], False, ("T1598", "T1656")),
        (["reply_free_mail"], True, ("T1598.003",)),
    ],
)
def test_techniques_fit_what_the_mail_brings(keys, links, expected):
    reasons = [Reason("pose", key, "", "") for key in keys]
    assert techniques_of(reasons, links=links, attachments=False, network=False) == expected


def test_a_social_network_is_a_service():
    assert "T1566.003" in techniques_of([ALL[2]], links=True, attachments=False, network=True)


def test_next_steps_fit_the_reasons():
    assert len(next_steps_of([ALL[3]], "a@b.example")) == 3
    assert "a@b.example" in next_steps_of(ALL, "a@b.example")[-1]
