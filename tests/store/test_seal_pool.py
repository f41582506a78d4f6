"""Pools that movements are left for."""

import numpy as np
from tests.data.ledger_rows import moved, rows, sources, utxo

from bongsu.model.pool import POOL
from bongsu.model.transfer import LAST_POSITION
from bongsu.store.ledger import memory_ledger


def test_pools_are_sorted_and_name_both_ends():
    ledger = memory_ledger(
        rows({"source": "z", "target": "c"}, {"tx_hash": "t2", "asset": "eip155:1/a:b"}), sources()
    )
    pools = ledger.pools()
    assert pools.schema.equals(POOL)
    keys = [(one["chain"], one["asset"], one["holder"]) for one in pools.to_pylist()]
    assert keys == sorted(keys)
    assert {(m["source"], m["target"]) for m in moved(ledger)} == {("z", "c"), ("a", "b")}


def test_partners_are_counted_once_in_both_directions_and_never_oneself():
    pairs = ["ab", "ab", "ba", "aa", "ac"]
    given = [{"source": s, "target": t, "tx_hash": f"t{n}"} for n, (s, t) in enumerate(pairs)]
    ledger = memory_ledger(rows(*given), sources())
    partners = ledger.layout.partners(np.arange(3)).tolist()
    assert dict(zip(ledger.pools()["holder"].to_pylist(), partners, strict=True)) == {"a": 2, "b": 1, "c": 1}
    assert [ledger.busy_pools(least).tolist() for least in (0, 1, 2)] == [[0, 1, 2], [0], []]


def test_pool_of_a_row_that_does_not_count_is_gone_and_numbers_close_up():
    fee = {"kind": "fee", "position": LAST_POSITION + 1, "target": "fee:1", "amount": 7}
    burned = {"kind": "base_fee", "position": LAST_POSITION, "target": "null", "amount": 7, "file": 1}
    ledger = memory_ledger(rows(fee, burned), sources(2))
    assert ledger.pools().column("holder").to_pylist() == ["a", "null"]
    assert [(m["source"], m["target"]) for m in moved(ledger)] == [("a", "null")]


def test_output_has_the_address_of_the_row_that_pays_or_spends_it():
    pay = {"kind": "pay", "source": "t1", "target": "t1:0", "address": "bc1a"}
    spend = {"kind": "spend", "source": "t0:0", "target": "t1", "address": "bc1b"}
    pools = memory_ledger(utxo(pay, spend), sources()).pools().to_pylist()
    assert {one["holder"]: one["address"] for one in pools} == {"t1": None, "t1:0": "bc1a", "t0:0": "bc1b"}
