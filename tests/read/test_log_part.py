"""Parts together say what the whole says, at the same lines."""

import pytest
from tests.read.log_samples import NETWORK_SAMPLES, ZEEK_TEXT
from tests.read.reading import events_of

from bongsu.read.log_part import LogPart, count_lines, cut_log, open_part
from bongsu.read.zeek import read

W3C = b"#Fields: date time\n2024-01-01 00:00:00\n" * 3


def whole_and_parts(path, parts):
    with path.open("rb") as file:
        whole = events_of(list(read(file, batch_rows=1000)))
        cut = cut_log(file, parts, least=1)
        found, before = {}, 0
        for part in cut:
            for line, event in events_of(list(read(open_part(file, part), batch_rows=1000))).items():
                found[line - part.head_lines + before] = event
            before += count_lines(file, part)
    return whole, found, cut


@pytest.mark.parametrize("parts", [1, 2, 3, 7])
@pytest.mark.parametrize("text", [NETWORK_SAMPLES["zeek"] * 5, ZEEK_TEXT], ids=["json", "tabs"])
def test_the_parts_are_the_whole(tmp_path, text, parts):
    path = tmp_path / "log"
    path.write_bytes(text.removesuffix(b"\n"))
    whole, found, cut = whole_and_parts(path, parts)
    assert found == whole
    assert len(cut) <= parts
    assert [one.start for one in cut] == [0, *(one.stop for one in cut[:-1])]
    assert cut[-1].stop == len(text) - 1


def test_more_than_one_part_where_there_is_enough(tmp_path):
    path = tmp_path / "log"
    path.write_bytes(NETWORK_SAMPLES["zeek"] * 5)
    with path.open("rb") as file:
        assert len(cut_log(file, 3, least=1)) == 3
        assert len(cut_log(file, 3)) == 1
        assert [count_lines(file, part) for part in cut_log(file, 1)] == [15]


@pytest.mark.parametrize("text", [ZEEK_TEXT * 2, W3C, b""])
def test_a_log_that_says_its_fields_anew_is_one_part(tmp_path, text):
    path = tmp_path / "log"
    path.write_bytes(text)
    with path.open("rb") as file:
        assert cut_log(file, 4, least=1) == [LogPart(0, len(text), b"")]


def test_a_part_can_be_read_in_pieces_and_from_any_place(tmp_path):
    path = tmp_path / "log"
    path.write_bytes(b"#h\n0123\n4567\n")
    with path.open("rb") as file:
        part = open_part(file, LogPart(8, 13, b"#h\n"))
        assert (part.read(2), part.read(), part.read()) == (b"#h", b"\n4567\n", b"")
        assert (part.seek(-3, 2), part.read()) == (5, b"67\n")
