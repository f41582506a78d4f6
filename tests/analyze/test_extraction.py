"""Questions answered by DuckDB as their definitions say, and compiled for engines that no test can reach."""

import pyarrow as pa
import pytest
from tests.data import golden_sql
from tests.data.asked import engine_over, holders, pools
from tests.data.ledger_rows import ASSET, BITCOIN, CHAIN, COIN, at, paid, rows

from bongsu.analyze import extraction
from bongsu.analyze.extraction import ALWAYS

TOKEN = CHAIN + "/erc20:0x" + "ab" * 20
A, B, C = (CHAIN, ASSET, "a"), (CHAIN, ASSET, "b"), (CHAIN, ASSET, "c")


@pytest.fixture
def ask(tmp_path):
    """Answer of DuckDB over some transfers."""

    def answer(table, question, **given):
        with engine_over(tmp_path, table) as engine:
            return engine.run(question, **given)

    return answer


@pytest.mark.parametrize("name", sorted(golden_sql.golden()))
def test_sql_is_as_it_was_looked_at(name):
    assert (golden_sql.FOLDER / name).read_text() == golden_sql.golden()[name]


def test_no_golden_file_is_left_over():
    assert {path.name for path in golden_sql.FOLDER.iterdir()} == set(golden_sql.golden())


def test_a_round_follows_only_payments_from_then_on(ask):
    book = paid(("a", "b", 1), ("a", "c", 1), ("c", "d", 1), ("b", "e", 1))
    found = ask(book, extraction.touched_pools(()), frontier=pools(A, since=[2]))
    assert holders(found) == ["c"]
    assert found["since"].to_pylist() == [2]
    both = ask(book, extraction.touched_pools(()), frontier=pools(A, B, since=[ALWAYS, 4]))
    assert dict(zip(both["holder"].to_pylist(), both["since"].to_pylist(), strict=True)) == {
        "b": 1,
        "c": 2,
        "e": 4,
    }


def test_the_earliest_payment_counts_and_a_row_without_order_may_be_the_first(ask):
    late, early, lost = {"block": 9}, {"block": 3}, {"block": None}
    book = paid(("a", "b", 1, late), ("a", "b", 1, early), ("a", "c", 1, late), ("a", "c", 1, lost))
    found = ask(book, extraction.touched_pools(()), frontier=pools(A, since=[1]))
    assert dict(zip(found["holder"].to_pylist(), found["since"].to_pylist(), strict=True)) == {
        "b": 3,
        "c": ALWAYS,
    }
    assert holders(ask(book, extraction.touched_pools(()), frontier=pools(A, since=[99]))) == ["c"]


def test_time_is_the_order_of_a_chain_without_blocks(ask):
    book = paid(("a", "b", 1), ("a", "c", 1), block=None)
    question = extraction.touched_pools((CHAIN,))
    since = int(at(2).timestamp())
    assert holders(ask(book, question, frontier=pools(A, since=[since]))) == ["c"]


def test_an_output_comes_with_its_address_and_a_spend_does_not_give_it_to_its_transaction(ask):
    utxo = {"chain": BITCOIN, "asset": COIN}
    book = paid(
        ("t", "t:0", 5, {**utxo, "kind": "pay", "address": "bc1"}),
        ("t:0", "u", 5, {**utxo, "kind": "spend", "address": "bc1"}),
    )
    sent = pools((BITCOIN, COIN, "t"), (BITCOIN, COIN, "t:0"), since=[0, 0])
    found = ask(book, extraction.touched_pools(()), frontier=sent)
    assert dict(zip(found["holder"].to_pylist(), found["address"].to_pylist(), strict=True)) == {
        "t:0": "bc1",
        "u": None,
    }


def test_busy_are_pools_with_many_others_and_not_with_many_payments(ask):
    hub = [("hub", f"p{n}", 1) for n in range(3)] + [("p0", "hub", 1), ("p3", "hub", 1)]
    book = paid(*hub, *[("p0", "p1", 1)] * 9, ("hub", "hub", 1), ("hub", "p9", None))
    found = ask(book, extraction.busy_pools(3))
    assert list(zip(found["holder"].to_pylist(), found["counterparties"].to_pylist(), strict=True)) == [
        ("hub", 4)
    ]
    assert not len(ask(book, extraction.busy_pools(4))), "a payment without amount may yet be dropped"


def test_a_payer_of_a_converter_gets_other_assets_in_the_same_transaction_only(ask):
    book = paid(
        ("a", "dex", 5, {"tx_hash": "x"}),
        ("dex", "a", 7, {"tx_hash": "x", "asset": TOKEN}),
        ("dex", "a", 1, {"tx_hash": "x"}),
        ("dex", "b", 7, {"tx_hash": "x", "asset": TOKEN}),
        ("dex", "a", 7, {"tx_hash": "y", "asset": TOKEN + "00"}),
    )
    given = {"frontier": pools(A, since=[1]), "converters": pools((CHAIN, ASSET, "dex"))}
    payments = ask(book, extraction.converted_payments(()), **given)
    assert payments.select(["tx_hash", "holder", "since"]).to_pylist() == [
        {"tx_hash": "x", "holder": "a", "since": 1}
    ]
    found = ask(book, extraction.converted_pools(), payments=payments)
    assert [(row["asset"], row["holder"], row["since"]) for row in found.to_pylist()] == [(TOKEN, "a", 1)]


def test_a_lead_names_accounts_addresses_and_transactions(ask):
    book = rows(
        {"source": "a", "tx_hash": "1"}, {"target": "a", "source": "z", "tx_hash": "2"},
        {"source": "t:0", "target": "u", "address": "a", "tx_hash": "3"}, {"source": "y", "tx_hash": "4"},
        {"source": "y", "tx_hash": "5"},
    )  # fmt: skip
    given = {"accounts": pa.table({"address": ["a"]}), "transactions": pa.table({"tx_hash": ["4"]})}
    assert sorted(ask(book, extraction.named_rows(), **given)["tx_hash"].to_pylist()) == ["1", "2", "3", "4"]
    book = rows({"source": "a", "asset": TOKEN}, {"source": "a"}, {"source": "z", "asset": TOKEN + "00"})
    held = ask(book, extraction.held_assets(), accounts=pa.table({"address": ["a"]}))
    assert sorted(held["asset"].to_pylist()) == [TOKEN, ASSET]


def test_accounts_alike_are_found_by_what_people_compare(ask):
    marked, twin, other = (
        "0xabcdef" + "1" * 30 + "9876",
        "0xabcdef" + "2" * 30 + "9876",
        "0xabcdee" + "1" * 30 + "9876",
    )
    book = paid((twin, "x", 1), (other, marked, 1), ("0xabcdef9876", "x", 1))
    given = {"keys": pa.table({"key": ["0xabcdef9876"]}), "marked": pools((CHAIN, ASSET, marked))}
    assert holders(ask(book, extraction.alike_accounts(amounts=True), **given)) == [twin]
    assert holders(ask(book, extraction.alike_accounts(amounts=False), **given)) == [marked, twin]
