"""Files that are there whole or not at all."""

import errno
import os
import resource
import signal
from pathlib import Path

import pytest

from bongsu.errors import LedgerError
from bongsu.store.durable import whole_file, why_not, write_whole


def test_file_and_its_folder_are_made(tmp_path):
    write_whole(tmp_path / "new" / "a", b"one")
    write_whole(tmp_path / "new" / "a", b"two")
    assert (tmp_path / "new" / "a").read_bytes() == b"two"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a"]


def test_what_fails_half_way_leaves_what_was_before(tmp_path):
    write_whole(tmp_path / "a", b"before")
    with pytest.raises(RuntimeError), whole_file(tmp_path / "a") as aside:
        aside.write_bytes(b"half")
        raise RuntimeError
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"before")]


def test_full_disk_is_an_error_that_a_person_can_mend(tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LedgerError, match="No space left on device") as caught:
        write_whole(tmp_path / "a", b"x")
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_limit_of_the_system_on_file_size_is_the_same_error(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(LedgerError, match="Cannot write"):
            write_whole(tmp_path / "a", b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(tmp_path.iterdir()) == []


def test_what_arrow_says_is_said_without_its_frame():
    framed = OSError(errno.ENOSPC, "Error writing bytes to file. Detail: [errno 28] No space left on device")
    plain = OSError(errno.ENOSPC, "No space left on device")
    assert why_not(framed) == why_not(plain) == "No space left on device"


def test_what_may_not_be_removed_does_not_hide_why(tmp_path, monkeypatch):
    def refuse(*_args, **_more):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(LedgerError, match=r"Cannot write .*: Permission denied"):
        write_whole(tmp_path / "a", b"x")
