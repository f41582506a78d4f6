import io
import tarfile
import zipfile

import pytest
from tests.read.lock_samples import batches_of, rejects_of, rows_of
from tests.read.mail_samples import DMARC, DMARC_MAIL

from bongsu.read.log_registry import sniff_log

WHAT = ("locator", "source_ip", "count", "disposition", "dkim", "spf", "header_from")


def zipped(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("r.xml", body)
    return out.getvalue()


def test_records_carry_what_their_report_says():
    found = batches_of("dmarc_report", DMARC)
    assert rows_of(found, *WHAT) == [
        (13, "192.0.2.10", "7", "none", "pass", "pass", "firm.example"),
        (19, "203.0.113.7", "2", "quarantine", "fail", "fail", "firm.example"),
    ]
    assert rows_of(found, "date", "org_name", "policy_domain", "policy_p", "policy_pct")[1] == (
        "2024-06-03T00:00:00Z",
        "receiver.example",
        "firm.example",
        "none",
        "100",
    )
    assert rows_of(found, "auth_dkim", "auth_spf", "reasons") == [
        ("firm.example pass s1", "firm.example pass", None),
        (None, "evil.example pass", "forwarded"),
    ]


@pytest.mark.parametrize("body", [zipped(DMARC), DMARC_MAIL, DMARC_MAIL.replace(b"\n", b"\r\n")])
def test_reports_are_unpacked_and_taken_from_mail(body):
    assert rows_of(batches_of("dmarc_report", body), *WHAT) == rows_of(
        batches_of("dmarc_report", DMARC), *WHAT
    )


def test_damage_takes_the_record_that_it_is_in():
    found = batches_of("dmarc_report", DMARC.replace(b"<count>7</count>", b"<count>7<count>"))
    assert rejects_of(found) == [(13, "bad_record")]
    assert rows_of(found, "source_ip", "policy_p") == [("203.0.113.7", "none")]
    found = batches_of("dmarc_report", DMARC.replace(b"<p>none</p>", b"<p>none<"))
    assert rejects_of(found) == [(1, "bad_report")]
    assert rows_of(found, "source_ip", "policy_domain") == [
        ("192.0.2.10", "firm.example"),
        ("203.0.113.7", "firm.example"),
    ]


@pytest.mark.parametrize("body", [b"\x1f\x8bxx", b"PK\x03\x04xx", b"<feedback></feedback>", b"From: x\n\n"])
def test_what_is_no_report_is_a_reject(body):
    assert [rule for _line, rule in rejects_of(batches_of("dmarc_report", body))] == ["bad_report"]


def test_entities_are_not_followed():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + DMARC
    assert rejects_of(batches_of("dmarc_report", bomb)) == [(1, "has_entities")]


def test_is_told_by_content():
    assert sniff_log(DMARC) == sniff_log(DMARC_MAIL) == "dmarc_report"


def test_public_samples_are_read(real_data, tmp_path):
    with tarfile.open(real_data / "logs" / "dmarc-samples.tar.xz") as box:
        box.extractall(tmp_path, filter="data")
    found = {
        path.name: batches_of("dmarc_report", path.read_bytes())
        for folder in ("aggregate", "extract_report")
        for path in (tmp_path / "samples" / folder).iterdir()
    }
    counts = {name: sum(one.rows.num_rows for one in batches) for name, batches in found.items()}
    assert len(counts) == 17
    assert {name for name, count in counts.items() if not count} == {"invalid_xml.xml"}
    assert rejects_of(found["invalid_xml.xml"])
    assert sum(counts.values()) == 75
