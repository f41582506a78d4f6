import json
import sys

import pytest
from tests.read.mail_samples import DMARC
from tests.read.test_zone_file import ZONE
from typer.testing import CliRunner

from bongsu.app.cli.mail_posture import app, print_posture

for name in ("dns", "tldextract"):
    pytest.importorskip(name)


@pytest.fixture
def command(tmp_path):
    (tmp_path / "zone").write_text(ZONE.replace("example.com", "firm.example"))
    (tmp_path / "r.xml").write_bytes(DMARC)
    return app, ["firm.example", "--answers", str(tmp_path / "zone"), "--reports", str(tmp_path / "r.xml")]


def test_piped_it_is_one_line_of_json(command):
    app, arguments = command
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["senders"]["passed"] == 7


def test_on_a_terminal_records_to_publish_are_shown_in_order(command, capsys, monkeypatch):
    app, arguments = command
    document = json.loads(CliRunner().invoke(app, arguments).stdout)
    document["rejects"] = [{"file": "odd.xml", "locator": 1, "rule": "x", "message": "no report"}]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_posture(document)
    shown = capsys.readouterr()
    assert "  2. [high] there is no DMARC record" in shown.out
    assert '     _dmarc.firm.example. TXT "v=DMARC1; p=none' in shown.out
    assert "1 reports, 9 mails, 7 passed" in shown.out
    assert "203.0.113.7" in shown.out and "proves evil.example" in shown.out
    assert "odd.xml:1: no report" in shown.err
