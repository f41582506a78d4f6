import json

import pytest
from tests.data.indicator_case import read_all

from bongsu.read import misp_event
from bongsu.read.sniff import read_head

EVENT = {
    "Event": {
        "info": "Kimsuky mail",
        "Orgc": {"name": "A CERT"},
        "Tag": [{"name": "tlp:green"}, {"name": "tlp:amber"}, {"name": 'misp-galaxy:threat-actor="Kimsuky"'}],
        "Galaxy": [{"type": "threat-actor", "GalaxyCluster": [{"value": "Kimsuky"}]}],
        "Attribute": [
            {"type": "domain", "value": "evil.com", "to_ids": True, "comment": "c2",
             "first_seen": "2025-01-01T00:00:00.000000+00:00", "last_seen": 1735776000000000},
            {"type": "ip-dst|port", "value": "1.2.3.4|443", "to_ids": True},
            {"type": "domain|ip", "value": "bad.kr|91.2.3.4", "to_ids": True},
            {"type": "filename|sha256", "value": "a.exe|" + "f" * 64, "to_ids": True},
            {"type": "domain", "value": "victim.kr", "to_ids": False},
            {"type": "comment", "value": "words", "to_ids": False},
            {"type": "md5", "value": "0" * 32, "to_ids": True, "deleted": True},
        ],
        "Object": [
            {"name": "file", "Attribute": [{"type": "sha1", "value": "a" * 40, "to_ids": True,
                                            "Tag": [{"name": "tlp:red"}]}]},
        ],
    }
}  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def run(found):
        path = tmp_path / "event.json"
        path.write_text(json.dumps(found))
        return path

    return run


@pytest.mark.parametrize("found", [EVENT, [EVENT], {"response": [EVENT]}])
def test_attributes_for_detection_are_read(write, found):
    path = write(found)
    assert misp_event.sniff(path, read_head(path))
    rows, rejects = read_all(misp_event, path)
    assert [(row["locator"], row["type"], row["value"][:9]) for row in rows.to_pylist()] == [
        (1, "domain", "evil.com"),
        (2, "ip", "1.2.3.4"),
        (3, "domain", "bad.kr"),
        (3, "ip", "91.2.3.4"),
        (4, "sha256", "f" * 9),
        (8, "sha1", "a" * 9),
    ]
    assert {name: value for name, value in rows.to_pylist()[0].items() if value} == {
        "type": "domain",
        "value": "evil.com",
        "cluster": "Kimsuky",
        "context": "Kimsuky mail; c2",
        "source": "A CERT",
        "first_seen": "2025-01-01T00:00:00.000000+00:00",
        "last_seen": "2025-01-02T00:00:00+00:00",
        "tlp": "tlp:amber",
        "locator": 1,
    }
    assert rows["tlp"].to_pylist()[-1] == "tlp:red"
    assert [(r["locator"], r["rule"]) for r in rejects.to_pylist()] == [(5, "not_for_detection")]


ODD = {"Event": {"Attribute": [1], "Object": 2, "Tag": [3], "Galaxy": [4], "Orgc": "x"}}


@pytest.mark.parametrize("moment", [10**400, -(10**30), True, "soon", [1]])
def test_odd_times_and_broken_letters_break_nothing(write, moment):
    attribute = {"type": "domain", "value": "\ud800.com", "to_ids": True, "first_seen": moment}
    rows, _ = read_all(misp_event, write({"Event": {"Attribute": [attribute]}}))
    assert rows["value"].to_pylist() == ["?.com"]


@pytest.mark.parametrize("found", [{}, [], 1, {"Event": None}, ODD])
def test_odd_events_break_nothing(write, found):
    assert list(misp_event.read(write(found))) == []
