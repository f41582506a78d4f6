import importlib.resources
import json
from datetime import UTC, datetime

import jsonschema
import pytest
from tests.data.hunt_case import make_everything, make_logs

from bongsu.app.jobs.hunt_indicator import IndicatorFiles
from bongsu.app.jobs.hunt_report import run_hunt, write_hunt
from bongsu.app.jobs.hunt_setup import HuntRequest
from bongsu.errors import InputError

MADE = datetime(2026, 3, 2, tzinfo=UTC)
SCHEMA = json.loads(importlib.resources.files("bongsu.share").joinpath("schema", "hunt-1.json").read_text())


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hunt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        logs, rules = make_logs(folder)
        request = HuntRequest(paths=(logs,), rules=(rules,), shipped_rules=False, processes=1)
        first, second = (run_hunt(request, clock=lambda: MADE) for _time in range(2))
    assert json.dumps(first) == json.dumps(second), "the same bytes from the same inputs"
    return first


def test_the_document_says_what_was_found_with_the_file_and_the_place(document):
    one, other = document["sightings"]
    assert (one["host"], other["host"]) == ("host-2", "host-1")
    (place,) = other["evidence"]
    assert (place["file"], place["locator"], len(place["sha256"])) == ("a.json", "20", 64)
    assert document["summary"]["by_level"]["high"] == 1
    assert (document["summary"]["above_low"], document["summary"]["sightings"]) == (1, 2)
    assert [(row["host"], row["places"]) for row in document["timeline"]] == [("host-2", 2)]
    assert document["marking"] == {"tlp": "TLP:AMBER+STRICT", "releasable_to": None}


def test_the_document_says_what_was_not_searched_and_why(document):
    coverage = document["coverage"]
    assert {one["name"]: bool(one["why"]) for one in coverage["not_searched"]} == {
        "empty.log": True,
        "picture.bin": True,
    }
    assert coverage["rules"]["not_asked"]["by_source"] == {"macos process_creation": 1}
    assert len(coverage["rules"]["not_loaded"]) == 1
    (bad,) = [file for file in coverage["files"] if file["rejects"]]
    assert bad["name"] == "b.json"
    assert bad["first_rejects"][0].startswith("2: ")


def test_the_report_is_one_page_that_holds_it_all(document, tmp_path):
    write_hunt(document, tmp_path / "new" / "hunt.html")
    page = (tmp_path / "new" / "hunt.html").read_text()
    for text in ("Made tool started", "host-2", "picture.bin", "macos process_creation", "TLP:AMBER+STRICT"):
        assert text in page
    assert "<script" not in page


def test_a_report_that_cannot_be_written_is_said(document, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="Cannot write"):
        write_hunt(document, tmp_path / "file" / "hunt.html")


def test_a_document_in_which_everything_is_met_fits_its_schema(document, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    options = make_everything(tmp_path)
    request = HuntRequest(**options | {"indicators": IndicatorFiles(*options["indicators"])})
    found = json.loads(json.dumps(run_hunt(request, clock=lambda: MADE)))
    met = {one["kind"] for one in found["sightings"] if one["alert"]}
    assert met == {"indicator", "detection", "beacon", "mail", "file"}
    assert {one["title"] for one in found["attribution"]["clusters"]} == {"Kimsuky"}
    judge = jsonschema.Draft202012Validator(SCHEMA)
    judge.check_schema(SCHEMA)
    judge.validate(found)
    judge.validate(json.loads(json.dumps(document)))
    assert set(SCHEMA["properties"]) == set(found)
    with pytest.raises(jsonschema.ValidationError, match="extra"):
        judge.validate(found | {"extra": 1})
