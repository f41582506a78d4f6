import numpy as np
from tests.data.ledger_rows import ASSET, BITCOIN, CHAIN, COIN, mask_of, rows, sources, utxo
from tests.data.trace_case import TOKEN, USD, ledger, theft

from bongsu.analyze.pool_mask import (
    counted_pools,
    fee_pools,
    held_by,
    is_token,
    null_pools,
    transaction_pools,
)
from bongsu.model.asset import ETHER, Asset
from bongsu.store.ledger import memory_ledger

TX = "ab" * 32


def chosen(pools, mask, column="holder"):
    return sorted({one for one, kept in zip(pools[column].to_pylist(), mask, strict=True) if kept})


def test_an_account_is_a_chain_and_a_whole_address():
    book = ledger(
        ("0xaa", "0xaab", 1), ("0xaa", "0xb", 1, {"chain": "eip155:10"}), ("0xaa", "0xb", 1, {"asset": TOKEN})
    )
    pools = book.pools()
    assert pools.num_rows == 6
    mask = mask_of(book, held_by(book, theft("0xaa").sources))
    assert chosen(pools, mask) == ["0xaa"]
    assert chosen(pools, mask, "asset") == sorted([ASSET, TOKEN])
    assert chosen(pools, mask, "chain") == [CHAIN]
    assert sum(mask) == 2


def test_every_evm_chain_is_no_other_chain():
    book = memory_ledger(
        rows({"source": "x"}, {"source": "x", "chain": "eip155:10"}, {"source": "x", "chain": BITCOIN}),
        sources(),
    )
    held = mask_of(book, held_by(book, theft("x", chain="eip155:*").sources))
    assert chosen(book.pools(), held, "chain") == [CHAIN, "eip155:10"]


def test_an_output_is_named_by_the_address_it_pays():
    book = memory_ledger(
        utxo(
            {"source": TX, "target": TX + ":0", "address": "bc1mine", "kind": "pay"},
            {"source": TX, "target": TX + ":1", "address": "bc1other", "kind": "pay", "position": 1},
        ),
        sources(),
    )
    pools = book.pools()
    assert chosen(pools, mask_of(book, book.find_pools(["bc1mine"]))) == [TX + ":0"]
    mine = mask_of(book, held_by(book, theft("bc1mine", chain=BITCOIN).sources))
    assert chosen(pools, mine) == [TX + ":0"]
    assert not len(held_by(book, theft("bc1mine").sources))
    assert not len(book.find_pools([]))
    assert book.transaction_pools().tolist() == np.flatnonzero(transaction_pools(pools)).tolist()
    assert chosen(pools, transaction_pools(pools)) == [TX]


def test_pools_of_no_person():
    book = ledger(("a", "null", 1), ("a", "fee:7", 1), ("a", "0x" + "ab" * 20, 1), ("fee", "0x" + TX, 1))
    pools = book.pools()
    assert chosen(pools, mask_of(book, book.null_pools())) == ["null"]
    assert chosen(pools, mask_of(book, book.fee_pools())) == ["fee:7"]
    assert not len(book.transaction_pools())
    assert chosen(pools, null_pools(pools)) == ["null"]
    assert chosen(pools, fee_pools(pools)) == ["fee:7"]
    assert not transaction_pools(pools).any()


def test_a_token_counts_only_where_its_contract_is_known():
    fake = CHAIN + "/erc20:0x" + "cd" * 20
    book = ledger(*(("a", "b", 1, {"asset": asset}) for asset in (TOKEN, fake, ASSET, USD.id, COIN)))
    pools = book.pools()
    genuine = Asset(id=TOKEN, symbol="T", decimals=6, valuation=False)
    known = chosen(pools, counted_pools(book, {TOKEN: genuine}), "asset")
    assert known == sorted([TOKEN, ASSET, USD.id, COIN])
    assert chosen(pools, counted_pools(book, {}), "asset") == sorted([ASSET, USD.id, COIN])
    assert is_token("tron:0x2b6653dc/trc20:T")
    assert not is_token(ETHER.id)
