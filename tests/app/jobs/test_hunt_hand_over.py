import json

import pytest
from tests.data.hunt_case import make_logs, started

from bongsu.app.jobs.hunt_hand_over import STIX, hand_over, read_hunt
from bongsu.app.jobs.hunt_indicator import IndicatorFiles
from bongsu.app.jobs.hunt_report import run_hunt
from bongsu.app.jobs.hunt_setup import HuntRequest
from bongsu.app.jobs.lead_file import read_lead
from bongsu.errors import FormatError, InputError

WALLET = "0x00000000000000000000000000000000000000aa"


@pytest.fixture
def hunt(tmp_path, monkeypatch):
    """Document of a hunt that met a rule and a wallet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    logs, rules = make_logs(tmp_path)
    (logs / "c.json").write_text(started(1, f"C:\\\\a.exe --pay {WALLET}") + "\n")
    (tmp_path / "claims.csv").write_text(f"type,value,namespace,source\nwallet,{WALLET},eip155:1,a@1\n")
    request = HuntRequest(
        paths=(logs,), rules=(rules,), shipped_rules=False, processes=1,
        indicators=IndicatorFiles((tmp_path / "claims.csv",)),
    )  # fmt: skip
    path = tmp_path / "hunt.json"
    path.write_text(json.dumps(run_hunt(request)))
    return path


def test_a_wallet_of_a_log_becomes_a_lead_that_trace_takes(hunt, tmp_path):
    told = hand_over(hunt, tmp_path / "out")
    assert set(told["written"]) == {"wallets.json", "listed.csv", STIX}
    lead = read_lead(tmp_path / "out" / "wallets.json")
    assert [account.address for account in lead.lead.thefts[0].sources] == [WALLET]
    assert lead.marking.tlp.label == "TLP:AMBER+STRICT"
    assert json.loads((tmp_path / "out" / STIX).read_text())["type"] == "bundle"


def test_what_is_no_hunt_is_said(tmp_path):
    (tmp_path / "other.json").write_text('{"schema": "bongsu.trace/1"}')
    (tmp_path / "broken.json").write_text("{")
    for name in ("other.json", "broken.json"):
        with pytest.raises(FormatError, match="no document of a hunt"):
            read_hunt(tmp_path / name)
    with pytest.raises(InputError):
        read_hunt(tmp_path / "none.json")
