"""Folders and archives become members in a fixed order; nothing is left out in silence."""

import gzip
import hashlib
import io
import os
import tarfile

import pytest
from tests.read.test_log_archive import zip_of

from bongsu.errors import InputError
from bongsu.read import log_archive
from bongsu.read.log_archive import Limits
from bongsu.read.log_file import LogMember, NotSearched, log_members


def found_at(path, spool, **limits):
    members, left = {}, {}
    for one in log_members(path, spool, Limits(**limits)):
        if isinstance(one, NotSearched):
            left[one.name] = one.why
            continue
        assert isinstance(one, LogMember)
        with one.open() as file:
            assert file.seekable()
            members[one.name] = file.read()
        one.close()
    return members, left


@pytest.fixture
def spool(tmp_path):
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


@pytest.fixture
def logs(tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    return folder


def test_files_come_by_name_with_what_archives_hold(logs, spool):
    (logs / "b.log").write_bytes(b"b")
    (logs / "a").mkdir()
    (logs / "a" / "z.log.gz").write_bytes(gzip.compress(b"z"))
    (logs / "c.zip").write_bytes(zip_of(**{"in/x.log": b"x", "y.gz": gzip.compress(b"y")}))
    members, left = found_at(logs, spool)
    assert list(members.items()) == [
        ("a/z.log.gz", b"z"), ("b.log", b"b"), ("c.zip!in/x.log", b"x"), ("c.zip!y.gz", b"y"),
    ]  # fmt: skip
    assert left == {}
    assert list(spool.iterdir()) == []
    assert sorted(path.name for path in logs.iterdir()) == ["a", "b.log", "c.zip"]


def test_evidence_cites_the_outer_file(logs, spool):
    content = zip_of(**{"x.log": b"x"})
    (logs / "c.zip").write_bytes(content)
    (member,) = log_members(logs / "c.zip", spool)
    assert (member.name, member.sha256) == ("c.zip!x.log", hashlib.sha256(content).hexdigest())
    assert member.temporary


def test_tar_in_xz_and_text_in_utf16_are_opened(logs, spool):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:xz") as archive:
        entry = tarfile.TarInfo("d/a.txt")
        content = "\ufeffhello".encode("utf-16-le")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    (logs / "t.tar.xz").write_bytes(held.getvalue())
    assert found_at(logs, spool) == ({"t.tar.xz!d/a.txt": b"hello"}, {})


def test_what_is_not_searched_is_listed_with_the_reason(logs, spool):
    (logs / "empty").write_bytes(b"")
    (logs / "deep").write_bytes(gzip.compress(gzip.compress(gzip.compress(b"x"))))
    (logs / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(20))
    (logs / "broken.gz").write_bytes(gzip.compress(os.urandom(5000))[:-400])
    (logs / "gone").symlink_to(logs / "nowhere")
    (logs / "loop").symlink_to(logs)
    os.mkfifo(logs / "pipe")
    (logs / "na\nme").write_bytes(b"ok")
    members, left = found_at(logs, spool, most_layers=2)
    assert set(members) == {"broken.gz", "na?me"}
    assert set(left) == {"empty", "deep", "a.7z", "broken.gz", "gone", "loop", "pipe"}
    assert "beginning" in left["broken.gz"]
    assert "deeper than 2" in left["deep"]
    assert list(spool.iterdir()) == []


def test_a_bomb_is_listed_and_the_rest_is_searched(logs, spool, monkeypatch):
    monkeypatch.setattr(log_archive, "_ALWAYS_ALLOWED", 1000)
    (logs / "bomb.zip").write_bytes(zip_of(bomb=bytes(10_000_000), fine=b"fine"))
    members, left = found_at(logs, spool, most_ratio=50)
    assert members == {"bomb.zip!fine": b"fine"}
    assert list(left) == ["bomb.zip!bomb"]


def test_nothing_there_is_an_error(tmp_path, spool):
    with pytest.raises(InputError, match="no such file"):
        list(log_members(tmp_path / "none", spool))


def test_real_archives_are_opened(real_data, spool):
    members, left = 0, []
    for one in log_members(real_data / "logs" / "otrf", spool):
        if isinstance(one, LogMember):
            members += 1
            one.close()
        else:
            left.append(one)
    assert members >= 74
    assert {one.why for one in left} == {
        "only its beginning was searched: something else stands after its end"
    }
    assert all(one.name.endswith(".tar.gz") for one in left)
