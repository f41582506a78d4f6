"""Block, time and index come from any row of the same transaction or block."""

from tests.data.ledger_rows import at, moved, rows, sources

from bongsu.store.ledger import memory_ledger


def seal(*given):
    return moved(memory_ledger(rows(*given), sources(2)))


def test_native_row_of_an_export_and_of_a_dump_are_one_with_its_index():
    export = {"tx_index": None, "time": at(5), "file": 0}
    dump = {"tx_index": 3, "time": None, "file": 1}
    (one,) = seal(export, dump)
    assert (one["tx_index"], one["time"]) == (3, at(5))


def test_token_event_takes_time_from_its_block():
    native = {"tx_hash": "t1", "time": at(5), "tx_index": 0}
    token = {"tx_hash": "t2", "kind": "token", "position": 4}
    assert [one["time"] for one in seal(native, token)] == [at(5), at(5)]


def test_flow_without_block_takes_that_of_its_transaction():
    flow = {"kind": "flow", "position": None, "block": None, "tx_hash": "t1"}
    assert [one["block"] for one in seal(flow, {"block": 8, "file": 1})] == [8, 8]


def test_time_of_a_block_that_only_its_transaction_tells_reaches_other_rows_of_the_block():
    timed = {"block": None, "time": at(7), "tx_hash": "t1", "kind": "flow", "position": None}
    placed = {"block": 4, "tx_hash": "t1"}
    other = {"block": 4, "tx_hash": "t2"}
    assert {one["time"] for one in seal(timed, placed, other)} == {at(7)}


def test_places_that_differ_do_not_depend_on_the_order_of_rows():
    given = [{"block": 5, "position": 1}, {"block": 4, "position": 2}]
    assert seal(*given) == [m | {"locator": 3 - m["locator"]} for m in seal(*reversed(given))]
