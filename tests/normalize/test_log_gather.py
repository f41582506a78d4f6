import pyarrow as pa

from bongsu.model.log import LogBatch, LogStream
from bongsu.model.reject import REJECT
from bongsu.normalize import log_gather
from bongsu.normalize.log_gather import Gatherer

ONE, TWO = LogStream("made", "one"), LogStream("made", "two")


def batch(stream, locators, **columns):
    rows = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    rows["locator"] = pa.array(locators, pa.int64())
    return LogBatch(stream, pa.table(rows), REJECT.empty_table())


def test_batches_of_a_stream_become_one_block_that_knows_the_file_of_each_event():
    gatherer = Gatherer()
    held = [
        *gatherer.add(4, batch(ONE, [1, 2], a=["x", "y"])),
        *gatherer.add(5, batch(TWO, [1], a=["z"])),
        *gatherer.add(6, batch(ONE, [9], b=["w"])),
    ]
    assert held == []
    (one, _), (two, _) = gatherer.flush()
    assert (one.stream, one.file.to_pylist(), one.locator.to_pylist()) == (ONE, [4, 4, 6], [1, 2, 9])
    assert one.columns["a"].to_pylist() == ["x", "y", None]
    assert one.columns["b"].to_pylist() == [None, None, "w"]
    assert (two.stream, two.file.to_pylist()) == (TWO, [5])
    assert one.evidence(2, "what").sha256 == "#6"
    assert list(gatherer.flush()) == []


def test_what_is_held_is_bounded(monkeypatch):
    monkeypatch.setattr(log_gather, "MOST_ROWS", 3)
    gatherer = Gatherer()
    assert list(gatherer.add(1, batch(ONE, [1, 2], a=["x", "y"]))) == []
    assert [block.rows for block, _ in gatherer.add(1, batch(TWO, [1, 2], a=["x", "y"]))] == [2, 2]
    monkeypatch.setattr(log_gather, "MOST_BYTES", 100)
    assert [block.rows for block, _ in gatherer.add(1, batch(ONE, [1], a=["x" * 200]))] == [1]


def test_a_time_that_cannot_be_read_names_its_file():
    gatherer = Gatherer()
    list(gatherer.add(7, batch(ONE, [3], time=["yesterday"])))
    ((_block, rejects),) = gatherer.flush()
    assert [(one["source"], one["locator"]) for one in rejects.to_pylist()] == [("#7", 3)]


def test_an_empty_batch_makes_no_block():
    gatherer = Gatherer()
    list(gatherer.add(1, batch(ONE, [], a=[])))
    assert list(gatherer.flush()) == []
