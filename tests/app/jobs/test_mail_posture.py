import pytest
from tests.read.mail_samples import DMARC
from tests.read.test_zone_file import ZONE

from bongsu.app.jobs.mail_posture import PostureRequest, mail_posture
from bongsu.errors import InputError

for name in ("dns", "tldextract"):
    pytest.importorskip(name)


@pytest.fixture
def zone(tmp_path):
    (tmp_path / "zone").write_text(ZONE.replace("example.com", "firm.example"))
    return tmp_path / "zone"


def test_a_zone_is_reviewed_with_what_reports_show(zone, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "r.xml").write_bytes(DMARC)
    (folder / "odd.xml").write_bytes(b"<feedback>")
    found = mail_posture(PostureRequest(domain="Firm.example", answers=(zone,), reports=(folder,)))
    assert found["source"] == "whole zones: firm.example"
    assert found["found"]["SPF"] == "v=spf1 ip4:192.0.2.0/24 -all"
    assert [(one["order"], one["key"]) for one in found["advice"]][:3] == [
        (1, "dkim_missing"), (2, "dmarc_missing"), (3, "dmarc_none"),
    ]  # fmt: skip
    assert "p=reject" in found["advice"][2]["record"]
    assert (found["senders"]["mails"], found["senders"]["passed"]) == (9, 7)
    assert found["senders"]["addresses"][0]["ip"] == "203.0.113.7"
    assert [(one["file"], one["rule"]) for one in found["rejects"]] == [("odd.xml", "bad_report")]


def test_a_file_that_is_whole_is_so_only_where_it_is_said(tmp_path):
    (tmp_path / "rows").write_text('firm.example. 300 IN TXT "v=spf1 -all"\n')
    request = PostureRequest(domain="firm.example", answers=(tmp_path / "rows",))
    assert mail_posture(request)["found"]["DMARC"] == "not among the saved answers"
    whole = PostureRequest(domain="firm.example", answers=(tmp_path / "rows",), whole=True)
    assert mail_posture(whole)["found"]["DMARC"] == "none"
    assert mail_posture(whole)["senders"] is None


@pytest.mark.parametrize(
    "request_", [PostureRequest(domain="firm.example"), PostureRequest(domain="firm", live=True)]
)
def test_with_nothing_to_look_at_it_is_refused(request_):
    with pytest.raises(InputError, match="nothing to look at"):
        mail_posture(request_)


def test_a_report_that_is_not_there_is_refused(zone, tmp_path):
    with pytest.raises(InputError, match="Cannot read"):
        mail_posture(PostureRequest(domain="firm.example", answers=(zone,), reports=(tmp_path / "none",)))
