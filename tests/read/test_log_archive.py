"""Archives are unpacked within limits; what is not is told."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest
import zstandard

from bongsu.read import log_archive
from bongsu.read.log_archive import Limits, Spool, kind_of, to_utf8, unpack

TEXT = b"one line\n" * 500
PACKED = {
    "gzip": gzip.compress(TEXT),
    "bzip2": bz2.compress(TEXT),
    "xz": lzma.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
}


def zip_of(**entries):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return held.getvalue()


def unpacked(tmp_path, content, **limits):
    path = tmp_path / "packed"
    path.write_bytes(content)
    kind = kind_of(content[:512])
    assert kind
    found = list(unpack(path, kind, Spool(tmp_path, "s", Limits(**limits))))
    return [(one.name, one.path.read_bytes() if one.path else None, one.why) for one in found]


@pytest.mark.parametrize("kind", sorted(PACKED))
def test_streams_are_unpacked_and_a_cut_one_gives_its_beginning(kind, tmp_path):
    assert kind_of(PACKED[kind]) == kind
    assert unpacked(tmp_path, PACKED[kind]) == [("", TEXT, "")]
    assert unpacked(tmp_path, PACKED[kind] * 2) == [("", TEXT * 2, "")]
    ((_name, content, why),) = unpacked(tmp_path, PACKED[kind][:-6])
    assert why or kind == "zstd"
    assert TEXT.startswith(content or b"")


def test_kinds_are_told_by_content():
    assert kind_of(b"plain text") == kind_of(b"") == ""
    assert kind_of(b"7z\xbc\xaf\x27\x1c....") == "closed 7z"
    assert kind_of(zip_of(**{"[Content_Types].xml": b"x"})) == ""
    assert kind_of(zip_of(a=b"x")) == "zip"


def test_entries_of_a_zip_come_in_order_and_an_encrypted_one_is_told(tmp_path):
    content = bytearray(zip_of(b=b"2", a=b"1"))
    assert unpacked(tmp_path, bytes(content)) == [("b", b"2", ""), ("a", b"1", "")]
    for at in (content.find(b"PK\x01\x02") + 8, 6):
        content[at] |= 1
    assert unpacked(tmp_path, bytes(content)) == [("b", None, "it is encrypted"), ("a", b"1", "")]


def test_a_damaged_entry_does_not_stop_the_others(tmp_path):
    content = bytearray(zip_of(a=TEXT, b=TEXT))
    content[40:44] = b"\xff" * 4
    (_one, bad, why), other = unpacked(tmp_path, bytes(content))
    assert (bad, bool(why)) == (None, True)
    assert other == ("b", TEXT, "")
    assert unpacked(tmp_path, b"PK\x03\x04 no zip")[0][1] is None


def test_a_tar_gives_files_and_tells_links(tmp_path):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, kind in (("d", tarfile.DIRTYPE), ("l", tarfile.SYMTYPE), ("f", tarfile.REGTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.size = kind, 2 if name == "f" else 0
            archive.addfile(entry, io.BytesIO(b"ok"))
    found = unpacked(tmp_path, held.getvalue())
    assert [(name, content) for name, content, _why in found] == [("l", None), ("f", b"ok")]
    assert [name for name, _content, _why in unpacked(tmp_path, held.getvalue(), most_entries=2)] == ["l", ""]


def test_bombs_are_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(log_archive, "_ALWAYS_ALLOWED", 1000)
    monkeypatch.setattr(log_archive, "CHUNK_BYTES", 100)
    bomb = gzip.compress(bytes(1_000_000))
    ((_name, content, why),) = unpacked(tmp_path, bomb, most_ratio=20)
    assert (content, "more than 20" in why) == (None, True)
    ((_name, content, why),) = unpacked(tmp_path, bomb, most_bytes=5000)
    assert (content, "5000 bytes" in why) == (None, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["packed"]
    two = unpacked(tmp_path, zip_of(a=TEXT, b=TEXT), most_bytes=6000)
    assert two[0][1] == TEXT
    assert two[1][1] is None
    assert len(unpacked(tmp_path, zip_of(a=b"1", b=b"2"), most_entries=1)) == 2


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf16_becomes_utf8(order, tmp_path, monkeypatch):
    monkeypatch.setattr(log_archive, "CHUNK_BYTES", 3)
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff한 글 \U0001f525").encode(order))
    target, why = to_utf8(path, Spool(tmp_path, "s", Limits()))
    assert (target.read_text(), why) == ("한 글 \U0001f525", "")
    path.write_bytes(b"plain")
    assert to_utf8(path, Spool(tmp_path, "s", Limits())) is None
