"""Every rule of the public regression set fires on the events that its authors made for it."""

import tarfile
from pathlib import Path

import pytest
import yaml

from bongsu.analyze.detect import Detector
from bongsu.app.jobs.hunt_search import Part, Search
from bongsu.read.sigma import find_rule_files, read_rules


@pytest.fixture(scope="module")
def unpacked(real_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sigma")
    for name in ("sigma-rules", "sigma-regression"):
        with tarfile.open(real_data / "logs" / f"{name}.tar.xz") as packed:
            packed.extractall(folder / name, filter="data")
    return folder


@pytest.fixture(scope="module")
def search(unpacked):
    files = find_rule_files((unpacked / "sigma-rules",))
    return Search(Detector([rule for path in files for rule in read_rules(path.read_bytes(), path.name)[0]]))


def cases(folder):
    """Id of a rule, and the folder of events on which it must fire."""
    for path in sorted(Path(folder / "sigma-regression").rglob("info.yml")):
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rule_metadata"]:
            yield rule["id"], path.parent


@pytest.mark.parametrize(("ending", "reader"), [(".evtx", "evtx"), (".json", "windows_json")])
def test_every_rule_fires_on_its_events(unpacked, search, ending, reader):
    silent, asked = [], 0
    for rule, folder in cases(unpacked):
        files = [path for path in folder.iterdir() if path.suffix == ending]
        found = search.run(Part(number, path, reader, None) for number, path in enumerate(files))
        asked += bool(files)
        if files and rule not in {one.rule for one in found.sightings}:
            silent.append((rule, folder.name))
    assert asked == 143
    assert silent == []
