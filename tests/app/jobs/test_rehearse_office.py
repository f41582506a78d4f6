"""A made week in a folder: the same bytes each time, the truth beside it, nothing overwritten."""

import csv
import json

import pytest

from bongsu.app.jobs.rehearse_office import OfficeFiles, OfficeRequest, make_office_week
from bongsu.errors import InputError
from bongsu.store.durable import digest

REQUEST = OfficeRequest(people=8, days=3, seed=1, incident=True)


def test_files_have_the_hashes_that_the_truth_states(tmp_path):
    said = make_office_week(tmp_path / "week", REQUEST)
    files = OfficeFiles(folder=tmp_path / "week")
    truth = json.loads(files.truth.read_text())
    assert said["planted"] == len(truth["planted"]) > 400
    assert len(truth["files"]) == said["files"]
    for name, sha256 in truth["files"].items():
        assert digest(tmp_path / "week" / name) == sha256
    again = make_office_week(tmp_path / "again", REQUEST)
    assert again["lines"] == said["lines"]
    assert json.loads(OfficeFiles(folder=tmp_path / "again").truth.read_text()) == truth


def test_the_truth_names_lines_of_whole_files(tmp_path):
    make_office_week(tmp_path / "week", REQUEST)
    truth = json.loads(OfficeFiles(folder=tmp_path / "week").truth.read_text())
    lines = (tmp_path / "week" / "zeek" / "http.log").read_text().splitlines()
    found = [one for one in truth["planted"] if one["file"] == "zeek/http.log"]
    assert all(json.loads(lines[one["line"] - 1])["host"] == one["indicator"] for one in found)


def test_lists_fit_the_incident_and_stand_outside_of_the_folder(tmp_path):
    make_office_week(tmp_path / "week", REQUEST)
    files = OfficeFiles(folder=tmp_path / "week")
    with files.indicators.open() as file:
        assert {row["type"] for row in csv.DictReader(file)} == {"domain", "ipv4", "email"}
    with files.packages.open() as file:
        assert [row["ecosystem"] for row in csv.DictReader(file)] == ["npm"]
    make_office_week(tmp_path / "clean", OfficeRequest(people=8, days=1, seed=1))
    assert not OfficeFiles(folder=tmp_path / "clean").indicators.exists()


@pytest.mark.parametrize("wrong", [{"people": 1}, {"days": 0}, {"days": 2}, {"seed": -1}, {"people": 10**6}])
def test_what_cannot_be_made_says_so(tmp_path, wrong):
    asked = {"people": 8, "days": 3, "seed": 1, "incident": True} | wrong
    with pytest.raises(InputError, match="out of range"):
        make_office_week(tmp_path / "week", OfficeRequest(**asked))
    assert not (tmp_path / "week").exists()


def test_a_folder_with_something_in_it_stays(tmp_path):
    (tmp_path / "kept").write_text("x")
    with pytest.raises(InputError, match="something is there"):
        make_office_week(tmp_path, REQUEST)
