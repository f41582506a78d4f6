import pytest
from tests.data.hunt_case import RULE, make_logs

from bongsu.app.jobs import hunt_rule
from bongsu.app.jobs.hunt_rule import load_rules
from bongsu.errors import InputError


@pytest.fixture
def rules(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return make_logs(tmp_path)[1]


def test_rules_are_loaded_and_those_that_are_not_are_named(rules):
    found = load_rules((rules,), shipped=False)
    assert [rule.title for rule in found.detections] == ["Made tool started"] * 2
    assert ["placeholder" in message for _place, _kind, message in found.faults] == [True]


def test_rules_are_read_once(rules, monkeypatch):
    first = load_rules((rules,), shipped=False)
    monkeypatch.setattr(hunt_rule, "read_rules", None)
    assert load_rules((rules,), shipped=False) == first
    (rules / "made.yml").write_text(RULE.replace("high", "low"))
    with pytest.raises(TypeError):
        load_rules((rules,), shipped=False)


def test_of_two_rules_with_one_id_the_first_is_asked_and_the_other_named(rules):
    (rules / "twin.yml").write_text(RULE)
    found = load_rules((rules,), shipped=False)
    assert len(found.detections) == 2
    assert [kind for _place, kind, _message in found.faults] == ["same_id", "unsupported_rule"]


def test_a_folder_that_is_not_there_is_said(rules, tmp_path):
    with pytest.raises(InputError, match="Cannot read rules"):
        load_rules((tmp_path / "none",), shipped=False)
