import gzip

import pytest

from bongsu.errors import FormatError
from bongsu.read.json_document import objects_of, read_json


def test_a_document_is_read_packed_or_not(tmp_path):
    (tmp_path / "a").write_bytes(b'\xef\xbb\xbf{"a": [1]}')
    (tmp_path / "b").write_bytes(gzip.compress(b'{"a": [1]}'))
    assert [read_json(tmp_path / name) for name in "ab"] == [{"a": [1]}] * 2


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe{", b"[" * 100_000, gzip.compress(b'{"a": 1}' * 9)[:-9]]
)
def test_a_broken_one_says_so(tmp_path, data):
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(FormatError, match="it is not JSON"):
        read_json(tmp_path / "a")


def test_parts_of_another_type_are_left_out():
    assert objects_of([{"a": 1}, 2, None]) == [{"a": 1}]
    assert objects_of("text") == objects_of(None) == objects_of({"a": 1}) == []
