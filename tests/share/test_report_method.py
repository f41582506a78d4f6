"""Every policy is explained, in one sentence, with a source."""

import pytest
from tests.data.trace_document import POLICIES

from bongsu.analyze.policy import FOR_SEVERAL
from bongsu.share.report_method import policy


@pytest.mark.parametrize("code", [*POLICIES, *FOR_SEVERAL])
def test_policy_has_name_rule_and_source(code):
    found = policy(code)
    assert found.name.lower().replace(" ", "_") == code
    assert found.rule.endswith(".")
    assert found.rule.count(". ") == 0
    assert found.source


def test_unknown_policy_is_its_own_name():
    assert (policy("new").name, policy("new").rule) == ("new", "")
