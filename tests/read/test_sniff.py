import bz2
import gzip
import io
import zlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bongsu.errors import FormatError, InputError
from bongsu.read import sniff
from bongsu.read.sniff import HEAD_BYTES, Shape, Source, mend_hint, read_head, say_seen, shape_of

TEXT = b"hash,value\n" + b"".join(b"%d,%d\n" % (i, i * i) for i in range(30_000))


def stored(tmp_path, data: bytes):
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    return path


def seen(tmp_path, data: bytes):
    path = stored(tmp_path, data)
    return shape_of(path, read_head(path))


def lines_of(source: Source) -> list[bytes]:
    return io.BufferedReader(source).read().splitlines()


def zstd_stream(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as out:
        out.write(data)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, zstd_stream])
def test_compression_is_told_by_content(tmp_path, pack):
    path = stored(tmp_path, pack(TEXT))
    assert read_head(path) == TEXT[:HEAD_BYTES]
    with Source(path) as source:
        assert lines_of(source) == TEXT.splitlines()
        assert source.failure == ""


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstd_stream])
def test_a_cut_file_ends_after_a_whole_line(tmp_path, pack):
    packed = pack(TEXT)
    with Source(stored(tmp_path, packed[: len(packed) * 3 // 4])) as source:
        found = lines_of(source)
        assert source.failure
    assert found == TEXT.splitlines()[: len(found)]


def test_a_gzip_that_is_cut_or_damaged_keeps_most_rows(tmp_path):
    packed = gzip.compress(TEXT)
    with Source(stored(tmp_path, packed[:-2000])) as source:
        assert len(lines_of(source)) > 20_000
    damaged = packed[:-8] + b"\0\0\0\0" + packed[-4:]
    with Source(stored(tmp_path, damaged)) as source:
        assert len(lines_of(source)) >= 29_000
        assert "CRC" in source.failure


def test_half_a_header_is_none(tmp_path):
    packer = zlib.compressobj(wbits=31)
    cut = packer.compress(b"a,b\n1,2\n3,") + packer.flush(zlib.Z_SYNC_FLUSH)
    assert read_head(stored(tmp_path, cut)) == b"a,b\n1,2\n"
    assert read_head(stored(tmp_path, b"a,b\n1,2\n3,")) == b"a,b\n1,2\n3,"


def test_a_last_line_without_an_end_is_kept_when_nothing_is_damaged(tmp_path):
    with Source(stored(tmp_path, b"a\nb")) as source:
        assert lines_of(source) == [b"a", b"b"]


@pytest.mark.parametrize(
    ("data", "names", "delimiter"),
    [
        (b"a,b,c\n1,2,3\n", ("a", "b", "c"), ","),
        (b"\xef\xbb\xbfa\tb\n1\t2\n", ("a", "b"), "\t"),
        (b'"a, or x";"b"\r\n1;2\r\n', ("a, or x", "b"), ";"),
        (b"sep=;\na;b\n", ("a", "b"), ";"),
        (b"\n\n a | b \r1|2\r", ("a", "b"), "|"),
        (b"only\n1\n", ("only",), ","),
    ],
)
def test_delimited_headers(tmp_path, data, names, delimiter):
    shape = seen(tmp_path, data)
    assert (shape.kind, shape.names, shape.delimiter) == ("delimited", names, delimiter)


def test_the_first_row_and_the_header_line(tmp_path):
    shape = seen(tmp_path, b"\na,b\n1,2\n")
    assert (shape.header_line, shape.first) == (1, {"a": "1", "b": "2"})


@pytest.mark.parametrize(
    ("data", "kind", "names"),
    [
        (b'{"a": 1, "b": {"c": 2}}\n{"a": 2}\n', "json_lines", ("a", "b")),
        (b'{"a": "' + b"x" * 100_000 + b'"}\n', "json_lines", ("a",)),
        (b'{\n  "a": 1\n}\n', "json", ("a",)),
        (b'[{"a": 1}]', "json", ("a",)),
        (b"", "unknown", ()),
        (b"PK\x03\x04....", "unknown", ()),
        ("a,b\n".encode("utf-16"), "unknown", ()),
        (b"\0\0\0\0\n", "unknown", ()),
        (b"a,\x1b[2Jb\n1,2\n", "unknown", ()),
        (b"sep=;\n", "unknown", ()),
    ],
)
def test_other_kinds(tmp_path, data, kind, names):
    shape = seen(tmp_path, data)
    assert (shape.kind, shape.names) == (kind, names)


def test_parquet_by_its_footer(tmp_path):
    path = tmp_path / "x"
    pq.write_table(pa.table({"a": [1], "t": pa.array([0]).cast(pa.timestamp("us"))}), path)
    shape = shape_of(path, read_head(path))
    assert (shape.kind, shape.names) == ("parquet", ("a", "t"))
    assert shape.first == {"a": "int64", "t": "timestamp[us]"}
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(FormatError, match="footer"):
        shape_of(path, read_head(path))


def test_a_missing_file_is_an_error_with_a_hint(tmp_path):
    with pytest.raises(InputError) as caught:
        read_head(tmp_path / "absent")
    assert caught.value.hint


def test_lines_end_where_the_readers_end_them(tmp_path):
    """Text has more line ends than tables: a form feed or U+2028 is a part of a name."""
    shape = seen(tmp_path, "a\u2028z,b\x0cc\n1,2\n".encode())
    assert shape.first == {"a\u2028z": "1", "b\x0cc": "2"}


def test_data_without_any_line_end_is_handed_on_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(sniff, "_LONGEST_TAIL", 1000)
    monkeypatch.setattr(sniff, "_CHUNK", 300)
    data = bytes(range(32, 127)) * 100
    with Source(stored(tmp_path, data)) as source:
        assert len(source.read(10**6)) < 1500
        assert b"".join(iter(lambda: source.read(10**6), b"")) == data[1200:]


@pytest.mark.parametrize(
    ("data", "said", "hint"),
    [
        (b"", "no content", "empty"),
        (b" \n\n", "20 0a 0a", "empty"),
        (gzip.compress(TEXT)[:15], "no content that can be decompressed", "download it again"),
        (b"\x1f\x8bplain text", "no content that can be decompressed", "download it again"),
        ("a,b\n".encode("utf-16-le"), "61 00 2c", "UTF-16"),
        (bytes(range(256)), "00 01 02", ""),
        (b"x", "78", ""),
        (bytes(50), "00 00", ""),
        (b"\x89PNG\r\n\x1a\n", "89 50 4e 47", ""),
        (b"one,two\n", "the columns one, two", ""),
    ],
)
def test_what_is_no_table_is_named_with_what_to_do(tmp_path, data, said, hint):
    path = stored(tmp_path, data)
    head = read_head(path)
    shape = shape_of(path, head)
    assert said in say_seen(path, shape, head)
    assert hint in mend_hint(path, shape, head)
    assert bool(hint) is bool(mend_hint(path, shape, head))


def test_names_that_are_shown_are_short_and_cannot_steer_a_terminal(tmp_path):
    shape = Shape(kind="delimited", names=("\x1b[2J", "x" * 99, *"abcdefghijklmnopqrstuvwxyz"))
    text = say_seen(tmp_path, shape, b"x")
    assert "\x1b" not in text
    assert "x" * 41 not in text
    assert text.endswith(", r, …")
