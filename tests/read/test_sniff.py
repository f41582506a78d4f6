import bz2
import gzip
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bongsu.errors import FormatError, InputError
from bongsu.read.sniff import HEAD_BYTES, Source, read_head, shape_of

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
