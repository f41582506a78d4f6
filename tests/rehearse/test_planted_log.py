import pytest

from bongsu.model.log import LogStream
from bongsu.rehearse.planted_log import Planting, planted_blocks

WHAT = Planting(
    LogStream("zeek", "http"),
    ("host", "uri"),
    [("evil.com", "/a"), ("bad.kr", "/b")],
    [("good.com", "/x"), ("fine.kr", "/y")],
)


def test_each_text_is_planted_once_where_the_truth_says():
    blocks = list(planted_blocks(WHAT, 50, block_rows=20, seed=1))
    assert [one.block.rows for one in blocks] == [20, 20, 10]
    seen = []
    for one in blocks:
        rows = list(zip(*(one.block.columns[name].to_pylist() for name in WHAT.columns), strict=True))
        planted = [row for row in rows if row in WHAT.planted]
        assert planted == [rows[at] for at in one.row] == [WHAT.planted[at] for at in one.text]
        seen += planted
    assert sorted(seen) == sorted(WHAT.planted)
    assert blocks[1].block.locator[0].as_py() == 21


def test_the_same_seed_makes_the_same():
    one, two = (next(planted_blocks(WHAT, 9, block_rows=9, seed=3)) for _ in range(2))
    assert one.block.columns["host"].equals(two.block.columns["host"])


def test_more_texts_than_events_are_refused():
    with pytest.raises(ValueError, match="1"):
        next(planted_blocks(WHAT, 1, block_rows=9, seed=1))
