"""Mails pass the firm's checks, lockfiles parse, and backups run at night."""

import json
from email import message_from_bytes, policy

from bongsu.rehearse.office import make_office
from bongsu.rehearse.office_text import auth_day, lockfile, mail_day, verdict_text, vpn_day

OFFICE = make_office(40, 1)


def test_mails_have_good_verdicts_and_whole_headers():
    rows = mail_day(OFFICE, 0)
    assert len(rows) >= 10
    for _moment, data in rows:
        mail = message_from_bytes(data, policy=policy.default)
        assert "dmarc=pass" in mail["Authentication-Results"]
        assert mail["From"]
        assert mail["Message-ID"]
        assert mail["Reply-To"] is None
    assert "dmarc=fail" in verdict_text("fail", "a.example")


def test_a_lockfile_is_of_version_three():
    luck = OFFICE.luck(1)
    found = json.loads(lockfile(luck, ("made", "1.0.0")))
    assert found["lockfileVersion"] == 3
    assert found["packages"]["node_modules/made"]["version"] == "1.0.0"
    assert found["packages"][""]["dependencies"]["made"] == "1.0.0"


def test_servers_see_backups_at_night_and_developers_by_day():
    lines = [line for _moment, line in auth_day(OFFICE, 0)]
    backups = [line for line in lines if " for backup from " in line]
    assert len(backups) == 4
    assert all("T02:" in line for line in backups)
    assert any("Accepted publickey for user001" in line for line in lines)
    assert any("Peer Connection Initiated" in line for _moment, line in vpn_day(OFFICE, 0))
