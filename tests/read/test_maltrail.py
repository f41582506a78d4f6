import gzip

import pytest
from tests.data.indicator_case import read_all

from bongsu.normalize.indicator import IndicatorMaker
from bongsu.normalize.warning_list import WarningLists
from bongsu.read import maltrail
from bongsu.read.sniff import read_head

TEXT = r"""# Copyright
# Aliases: a, b

# Reference: https://one.example
# Reference: https://two.example

evil.com
1.2.3.4:8080

bad.kr/a/up.php
/only/path   # seen
# Campaign X https://three.example
\\Temp\\evil;[0-9]\.exe;85
0123456789abcdef0123456789abcdef;a note, with comma
fedcba9876543210fedcba9876543210  1.Brefing.chm
"""


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "apt_kimsuky.txt"
    file.write_text(TEXT)
    return file


def test_lines_are_values_with_what_comments_say(path):
    assert maltrail.sniff(path, read_head(path))
    rows, rejects = read_all(maltrail, path)
    assert rejects.num_rows == 0
    found = [
        (row["locator"], row["type"], row["value"], row["ports"], row["reference"])
        for row in rows.to_pylist()
    ]
    both = "https://one.example https://two.example"
    assert found == [
        (7, None, "evil.com", None, both),
        (8, None, "1.2.3.4", "8080", both),
        (10, None, "bad.kr/a/up.php", None, both),
        (11, None, "/only/path", None, both),
        (13, "file_name_regex", r"\\Temp\\evil;[0-9]\.exe", None, None),
        (14, None, "0123456789abcdef0123456789abcdef", None, None),
        (15, None, "fedcba9876543210fedcba9876543210", None, None),
    ]
    assert set(rows["cluster"].to_pylist()) == {"kimsuky"}
    assert rows["confidence"].to_pylist()[4] == "85"
    assert rows["context"].to_pylist() == [
        "apt_kimsuky", "apt_kimsuky", "apt_kimsuky", "seen", "apt_kimsuky: Campaign X https://three.example",
        "a note, with comma", "1.Brefing.chm",
    ]  # fmt: skip


def test_a_file_that_names_no_actor_has_none(tmp_path):
    file = tmp_path / "hacked_3cx.txt"
    file.write_text("evil.com\n")
    rows, _ = read_all(maltrail, file)
    assert rows.select(["cluster", "context", "source"]).to_pylist() == [
        {"cluster": None, "context": "hacked_3cx", "source": "hacked_3cx.txt"}
    ]


@pytest.mark.parametrize("text", [b"", b"a few words\nand more of them\n", b'{"a.b": 1}', b"a.b\0c.d"])
def test_other_text_is_no_list(tmp_path, text):
    assert not maltrail.sniff(tmp_path / "x", text)


def test_long_lines_and_cut_files_are_told(tmp_path):
    file = tmp_path / "x.txt"
    file.write_text("a" * 5000 + "\nevil.com\n")
    rows, rejects = read_all(maltrail, file)
    assert (rows["value"].to_pylist(), rejects["rule"].to_pylist()) == (["evil.com"], ["too_long"])
    cut = tmp_path / "x.gz"
    cut.write_bytes(gzip.compress(b"evil.com\n" * 90_000)[:-40])
    assert "truncated_file" in read_all(maltrail, cut)[1]["rule"].to_pylist()


@pytest.mark.parametrize(
    ("file", "least", "rejects"),
    [
        ("maltrail/apt_kimsuky.txt", 17_000, 0),
        ("maltrail/apt_lazarus.txt", 4_000, 2),
        ("maltrail/apt_bluenoroff.txt", 1_400, 0),
        ("maltrail/konni.txt", 230, 0),
        ("maltrail/hacked_3cx.txt", 25, 0),
        ("Neo23x0/filename-iocs_dprk.txt", 185, 0),
        ("Neo23x0/hash-iocs_dprk.txt", 190, 0),
        ("Neo23x0/c2-iocs_dprk.txt", 20, 0),
        ("eset/nukesped_lazarus_samples.sha256", 500, 0),
        ("threatlabz/apt37_hashes.txt", 190, 9),
    ],
)
def test_real_lists_load_or_say_why_not(real_data, file, least, rejects):
    path = real_data / "espionage" / file
    assert maltrail.sniff(path, read_head(path))
    rows, unread = read_all(maltrail, path)
    found = IndicatorMaker(WarningLists()).make(rows)
    assert unread.num_rows == 0
    assert found.indicators.num_rows >= least
    assert found.rejects.num_rows <= rejects, found.rejects.to_pylist()
