"""A regular series is worth something only where nothing plain explains it."""

import pytest

from bongsu.analyze.beacon_reason import Series, weigh
from bongsu.analyze.beacon_rhythm import Rhythm
from bongsu.model.detection import LEVELS

CLOCK = Rhythm(288, 86_000.0, 300.0, 1.0, 0.0, 1.0, 24, 120, 1.0)


def series(**other):
    made = Series("http", "10.0.0.1", "odd.example", "80", "Mozilla/5.0", 1, 200)
    return made._replace(**other)


def test_a_rare_destination_that_nothing_explains_is_medium():
    found = weigh(series(), CLOCK)
    assert found.level == "medium"
    assert "one each 300 seconds" in found.why[0]
    assert "1 of 200 sources ask it: rare" in found.why


@pytest.mark.parametrize(
    ("other", "level", "why"),
    [
        ({"destination": "au.download.windowsupdate.com"}, "informational", "Windows update"),
        ({"agent": "Microsoft-CryptoAPI/10.0", "asked_by": 90}, "informational", "status of certificates"),
        ({"agent": "Microsoft-CryptoAPI/10.0"}, "low", "can be borrowed"),
        ({"kind": "conn", "destination": "198.51.100.7", "port": "123"}, "informational", "clock"),
        ({"destination": "10.0.0.9"}, "informational", "inside"),
        ({"destination": "printer"}, "informational", "inside"),
        ({"kind": "dns"}, "low", "expire"),
        ({"asked_by": 60}, "low", "popular"),
        ({"asked_by": 60, "agent": "x WindowsPowerShell/5.1"}, "medium", "script interpreter"),
        ({"destination": "notwindowsupdate.com"}, "medium", "rare"),
        ({"kind": "conn", "destination": "198.51.100.7", "port": "443"}, "medium", "rare"),
    ],
)
def test_innocent_causes_are_context(other, level, why):
    found = weigh(series(**other), CLOCK)
    assert found.level == level
    assert why in " ".join(found.why)


def test_a_stream_is_low_and_no_beacon_is_ever_above_medium():
    assert weigh(series(), CLOCK._replace(interval=2.0)).level == "low"
    assert (
        weigh(series(), CLOCK._replace(regularity=0.8, coverage=0.5, size=-1, size_regularity=0)).level
        == "low"
    )
    assert LEVELS.index(weigh(series(agent="python-requests"), CLOCK).level) <= LEVELS.index("medium")
