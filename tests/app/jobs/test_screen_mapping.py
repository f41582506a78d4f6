import json

import pytest
from tests.data.person_file import write_csv
from tests.data.screen_case import write_company

from bongsu.app.jobs.screen_mapping import propose_mapping, read_mapping
from bongsu.errors import FormatError

SECRETS = [(f"N{i}", f"B{i}", f"L{i}", f"S{i}", f"C{i}") for i in range(5)]


def test_a_mapping_says_what_is_read_and_what_never_is(tmp_path):
    hris, _pay = write_company(tmp_path, excluded=SECRETS)
    found = propose_mapping(hris)
    assert (found["source"], found["missing"]) == ("hris", [])
    assert found["columns"]["ship_to"] == "ship to"
    assert found["linking_only"] == {"name": "name"}
    assert found["never_read"] == ["birthplace", "language", "school", "nationality"]


def test_the_nearest_source_is_proposed_with_what_is_missing(tmp_path):
    path = write_csv(tmp_path / "x.csv", ("employee id", "to", "iban"), ("E1", "x", "y"))
    found = propose_mapping(path)
    assert (found["source"], found["missing"], found["not_read"]) == ("payroll", ["paid"], ["to"])
    assert propose_mapping(path, "hris")["missing"] == ["hired"]


def test_what_was_proposed_is_read_again(tmp_path):
    hris, pay = write_company(tmp_path)
    path = tmp_path / "map"
    path.write_text("\n".join(json.dumps(propose_mapping(one)) for one in (hris, pay)) + "\n\n")
    assert list(read_mapping(path)) == ["hris.csv", "pay.csv"]


@pytest.mark.parametrize("text", ["{", "[1]", '{"file": "x"}'])
def test_what_is_no_mapping_is_refused(tmp_path, text):
    path = tmp_path / "map"
    path.write_text(text)
    with pytest.raises(FormatError, match="Cannot use mapping"):
        read_mapping(path)


def test_a_platform_is_told_with_what_is_never_read(tmp_path):
    head = ("freelancer id", "timestamp", "login ip", "device fingerprint", "full name", "language", "mood")
    found = propose_mapping(write_csv(tmp_path / "x.csv", head, ("F1", "x", "y", "z", "N", "L", "M")))
    assert (found["source"], found["missing"]) == ("platform", [])
    assert found["columns"] == dict(zip(("account", "time", "ip", "device"), head, strict=False))
    assert (found["not_read"], found["never_read"]) == (["mood"], ["full name", "language"])
