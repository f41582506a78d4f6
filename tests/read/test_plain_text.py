"""Any text, and nothing else."""

import pytest
from tests.data.log_read import log_rejects, log_rows, read_log
from tests.data.log_sample import SAMPLES

from bongsu.read import log_line
from bongsu.read.plain_text import sniff


def test_each_line_is_a_message():
    assert [row for _stream, row in log_rows(read_log("plain_text", SAMPLES["plain_text"]))] == [
        {"message": "one line", "locator": 1},
        {"message": "second 한 글 line", "locator": 3},
        {"message": "last", "locator": 4},
    ]


def test_batches_are_no_larger_than_asked_and_bad_bytes_are_replaced():
    batches = read_log("plain_text", b"\xff\n" * 25, batch_rows=10)
    assert [batch.rows.num_rows for batch in batches] == [10, 10, 5]
    assert log_rows(batches)[0][1]["message"] == "\ufffd"


def test_a_line_that_never_ends_is_told(monkeypatch):
    monkeypatch.setattr(log_line, "MOST_LINE", 5)
    batches = read_log("plain_text", b"a\nxxxxxxxxxx")
    assert [row["message"] for _stream, row in log_rows(batches)] == ["a", "xxxxx"]
    assert log_rejects(batches) == [(2, "bad_row")]


@pytest.mark.parametrize("content", [b"", b"  \n", b"MZ\x90\x00\x03", b"\x7fELF\x02", bytes(range(256))])
def test_binary_content_does_not_fit(content):
    assert not sniff(content)


def test_text_of_any_script_fits():
    for text in ("plain", "한국어 로그", "caf\u00e9"):
        assert sniff(text.encode())
    assert sniff("caf\u00e9 au lait".encode("latin-1"))
    assert sniff(b"\x1b[31mred\x1b[0m")
