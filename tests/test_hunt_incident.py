"""A made office: nothing is found above low in its clean days, and what an incident plants is found."""

import json

import pytest
from tests.data.command import said

from bongsu.app.jobs.hunt_indicator import IndicatorFiles
from bongsu.app.jobs.hunt_report import run_hunt
from bongsu.app.jobs.hunt_setup import HuntRequest


@pytest.fixture(scope="module", params=["clean", "incident"])
def office(request, tmp_path_factory):
    """Whether an incident is in it, its truth, and what a hunt found."""
    folder = tmp_path_factory.mktemp("office")
    planted = ["--incident"] if request.param == "incident" else []
    (made,) = said(
        "rehearse", "office", "--people", 30, "--days", 7, "--seed", 5, *planted, "--into", folder / "logs"
    )
    claims = tuple(sorted(folder.glob("logs.*.csv")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        asked = HuntRequest(paths=(folder / "logs",), processes=1, indicators=IndicatorFiles(claims))
        found = run_hunt(asked)
    truth = json.loads((folder / "logs.truth.json").read_text())
    return request.param == "incident", made, truth, found


def test_every_line_is_read(office):
    _planted, _made, _truth, found = office
    assert found["coverage"]["not_searched"] == []
    assert {kind: 0 for file in found["coverage"]["files"] for kind in file["rejects"]} == {}


def test_clean_days_give_nothing_above_low_and_an_incident_what_it_planted(office):
    planted, _made, truth, found = office
    kinds = {one["kind"] for one in found["findings"]}
    if not planted:
        assert found["summary"]["above_low"] == 0
        return
    assert kinds == {"detection", "beacon", "indicator", "package"}
    places = {(place["file"], int(place["locator"])) for one in found["sightings"] if one["alert"]
              for place in one["evidence"] if place["locator"].isdigit()}  # fmt: skip
    windows = {(one["file"], one["line"]) for one in truth["planted"] if one["file"].startswith("windows/")}
    assert windows <= places
    hosts = {at["host"] for one in found["findings"] if one["kind"] == "detection" for at in one["hosts"]}
    assert len(hosts) == 1


def test_made_names_of_actors_do_not_make_an_attribution_above_weak(office):
    _planted, _made, _truth, found = office
    assert all(one["band"] == "weak" for one in found["attribution"]["clusters"])
