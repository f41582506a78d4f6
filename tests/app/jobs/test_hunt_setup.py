import pickle

import pytest
from tests.data.hunt_case import make_logs

from bongsu.app.jobs.hunt_setup import HuntRequest, check_request, make_search
from bongsu.errors import InputError


def test_a_request_goes_to_other_processes_and_makes_a_search_there(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    logs, rules = make_logs(tmp_path)
    request = pickle.loads(pickle.dumps(HuntRequest(paths=(logs,), rules=(rules,), shipped_rules=False)))
    assert len(make_search(request).detector.rules) == 2


def test_a_request_that_cannot_be_met_is_said_before_any_process_starts(tmp_path):
    with pytest.raises(InputError, match="Cannot read rules"):
        check_request(HuntRequest(paths=(), rules=(tmp_path / "none",)))


def test_yara_rules_are_compiled_before_any_process_starts(tmp_path):
    (tmp_path / "bad.yar").write_text("rule a { condition: $x }")
    with pytest.raises(InputError, match=r"bad\.yar: line 1"):
        check_request(HuntRequest(paths=(), yara=(tmp_path,)))
    (tmp_path / "bad.yar").write_text("rule a { condition: true }")
    assert make_search(HuntRequest(paths=(), yara=(tmp_path,))).scanner.count == 1
    assert make_search(HuntRequest(paths=())).scanner is None
