import pytest

from bongsu.analyze.indicator_advice import innocent_causes, next_steps
from bongsu.model.indicator import INDICATOR_KINDS


@pytest.mark.parametrize("kind", INDICATOR_KINDS)
def test_every_kind_has_causes_and_steps(kind):
    assert innocent_causes(kind)
    assert next_steps(kind)


def test_a_package_is_answered_by_new_secrets():
    assert "secrets" in next_steps("package")[0]
