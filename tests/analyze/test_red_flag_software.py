import pytest
from tests.data.event_rows import event, hits_of, subjects

from bongsu.analyze.damping import ScreenContext

TWO = [event("a", "software", "software", name) for name in ("anydesk 7.1", "teamviewer host")]


def test_two_remote_control_programs():
    (hit,) = hits_of(*TWO, flag="E01")
    assert hit.why == "Remote-control programs on the laptop: anydesk, teamviewer."
    assert hits_of(TWO[0], flag="E01") == []
    twice = event("a", "software", "software", "AnyDesk MSI")
    assert hits_of(TWO[0], twice, flag="E01") == []


def test_what_it_installed_and_the_help_desk():
    assert hits_of(*TWO, flag="E01", context=ScreenContext(approved=frozenset({"anydesk"}))) == []
    desk = event("a", "work", "department", "it support")
    assert subjects(hits_of(*TWO, desk, flag="E01"), explained=True) == ["a"]
    sales = event("a", "work", "department", "sales")
    assert subjects(hits_of(*TWO, sales, flag="E01")) == ["a"]


@pytest.mark.parametrize(("name", "flag"), [("Mouse Jiggler", "E08"), ("ManyCam 8", "E11")])
def test_awake_and_camera_are_low(name, flag):
    (hit,) = hits_of(event("a", "software", "software", name), event("b", "software", "software", "editor"))
    assert (hit.flag, hit.strength) == (flag, "low")
