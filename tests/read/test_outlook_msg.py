import pytest
from tests.read.lock_samples import batches_of, rejects_of, rows_of
from tests.read.mail_samples import MSG
from tests.read.ole_file import ole_file

from bongsu.read import outlook_msg
from bongsu.read.log_registry import sniff_log

pytest.importorskip("olefile")


def test_transport_headers_text_and_attachments_are_read():
    found = batches_of("outlook_msg", MSG)
    names = ("locator", "from", "subject", "attachments", "url_hosts")
    assert rows_of(found, *names) == [
        (1, "hong@thinktank.example", "Interview request", "questions.zip", "drive.example")
    ]
    assert not rejects_of(found)


def test_without_transport_headers_it_is_what_outlook_keeps():
    kept = {"0037": "Lunch", "5D01": "lee@firm.example"}
    body = ole_file({f"__substg1.0_{code}001F": text.encode("utf-16-le") for code, text in kept.items()})
    assert rows_of(batches_of("outlook_msg", body), "from", "subject") == [("lee@firm.example", "Lunch")]


def test_another_ole_file_is_not_ours_and_damage_is_a_reject():
    assert sniff_log(ole_file({"WordDocument": b"x"})) == ""
    assert sniff_log(MSG) == "outlook_msg"
    assert rejects_of(batches_of("outlook_msg", MSG[:700])) == [(1, "bad_file")]
    assert rejects_of(batches_of("outlook_msg", ole_file({"WordDocument": b"x"}))) == [(1, "bad_file")]


def test_without_the_package_the_file_is_listed_as_not_searched(monkeypatch):
    monkeypatch.setattr(outlook_msg, "find_spec", lambda name: None)
    assert rejects_of(batches_of("outlook_msg", MSG)) == [(1, "not_searched")]
