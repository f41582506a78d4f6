import pytest

from bongsu.errors import FormatError
from bongsu.model.event import EVENT_KINDS, EVENT_THINGS
from bongsu.normalize.person_registry import PERSON_SOURCES, load_plan


@pytest.mark.parametrize("name", PERSON_SOURCES)
def test_plans_state_known_kinds_of_known_things(name):
    for one in load_plan(name).statements:
        assert one.kind in EVENT_KINDS
        assert one.thing in EVENT_THINGS


def test_what_is_not_known_is_said():
    with pytest.raises(FormatError, match="the source is not known"):
        load_plan("fax")
