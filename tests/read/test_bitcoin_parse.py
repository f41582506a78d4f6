import hypothesis.strategies as st
import pytest
from hypothesis import given
from tests.data.block_file import (
    BLOCK_1,
    HASH_1,
    P2PKH,
    TXID_1,
    block,
    coinbase,
    easy_work,
    root_of,
    transaction,
)

from bongsu.read.bitcoin_parse import Block, double_sha256, has_work, merkle_root, parse_block, read_header

__all__ = ["easy_work"]
STRANGER = b"\xaa" * 32


def chain_of_spends():
    """A coinbase, a segwit spend of a stranger's output, and a spend of that spend's second output."""
    first = coinbase(800_000, [(625_000_000, P2PKH), (0, b"\x6a")])
    second = transaction([(STRANGER, 7)], [(5, P2PKH), (6, P2PKH)], witness=True)
    third = transaction([(second[1], 1), (STRANGER, 300)], [(4, b"\x51")])
    return [first, second, third]


def test_block_1():
    found = parse_block(BLOCK_1)
    assert isinstance(found, Block)
    assert found.hash[::-1].hex() == HASH_1
    assert [txid[::-1].hex() for txid in found.txids] == [TXID_1]
    assert (found.input_counts, found.output_counts, found.values) == ([0], [1], [50 * 10**8])
    assert (found.time, found.size) == (1231469665, len(BLOCK_1))
    assert found.scripts[0][:2] == b"\x41\x04"


def test_columns_of_a_block(easy_work):
    transactions = chain_of_spends()
    found = parse_block(block(transactions)[0])
    assert isinstance(found, Block)
    assert found.txids == [txid for _whole, txid in transactions]
    assert found.input_counts == [0, 1, 2]
    assert found.output_counts == [2, 2, 1]
    assert found.values == [625_000_000, 0, 5, 6, 4]
    assert found.found == [-1, 3, -1]
    assert [o[32] for o in found.outpoints] == [7, 1, 44]


def test_an_output_that_is_made_later_is_not_found(easy_work):
    first, second, third = chain_of_spends()
    found = parse_block(block([first, third, second])[0])
    assert isinstance(found, Block)
    assert found.found == [-1, -1, -1]


@pytest.mark.parametrize("height", [227_931, 900_000])
@pytest.mark.parametrize("witness", [True, False])
def test_height_that_a_coinbase_states(easy_work, height, witness):
    data, hashed = block([coinbase(height, [(1, P2PKH)], witness=witness)], previous=STRANGER)
    header = read_header(data)
    assert header is not None
    assert (header.hash, header.previous, header.height) == (hashed, STRANGER, height)


@pytest.mark.parametrize(
    ("height", "more"),
    [(227_930, {}), (900_000, {"version": 1}), (900_000, {"time": 1_300_000_000})],
)
def test_height_that_need_not_be_stated_is_not_believed(easy_work, height, more):
    header = read_header(block([coinbase(height, [(1, P2PKH)])], **more)[0])
    assert header is not None
    assert header.height is None


def test_easy_work_is_refused_on_the_main_network():
    data, _hash = block([coinbase(900_000, [(1, P2PKH)])])
    assert not has_work(data)
    assert read_header(data) is None
    assert parse_block(data)[0] == "bad_proof_of_work"
    assert has_work(BLOCK_1)
    assert not has_work(BLOCK_1[:79])


@given(st.integers(0, 79), st.integers(1, 255))
def test_a_changed_header_has_no_work(at, change):
    changed = bytearray(BLOCK_1)
    changed[at] ^= change
    assert not has_work(bytes(changed))


@given(st.integers(80, len(BLOCK_1) - 1), st.integers(1, 255))
def test_a_changed_transaction_is_noticed(at, change):
    changed = bytearray(BLOCK_1)
    changed[at] ^= change
    found = parse_block(bytes(changed))
    # The count of transactions is not hashed; more than one runs past the end, none has no root.
    assert not isinstance(found, Block)
    assert found[0] in {"bad_merkle_root", "bad_block"}


@pytest.mark.parametrize("size", [81, 90, 140, len(BLOCK_1) - 1])
def test_a_block_cut_short_is_noticed(size):
    found = parse_block(BLOCK_1[:size])
    assert found[0] in {"bad_block", "bad_merkle_root"}


def test_bytes_after_a_block_are_not_part_of_it():
    found = parse_block(BLOCK_1 + b"more")
    assert isinstance(found, Block)
    assert found.size == len(BLOCK_1)


def test_the_one_coinbase_comes_first(easy_work):
    first, second, _third = chain_of_spends()
    for wrong in ([second, first], [second], [first, coinbase(9, [(1, b"")])]):
        assert parse_block(block(wrong)[0])[0] == "bad_block"


def test_a_repeated_tail_has_the_same_root_and_is_refused(easy_work):
    transactions = chain_of_spends()
    txids = [txid for _whole, txid in transactions]
    doubled = [*txids, txids[-1]]
    assert root_of(doubled) == root_of(txids) == merkle_root(txids)
    assert merkle_root(doubled) is None
    data, _hash = block([*transactions, transactions[-1]], root=root_of(txids))
    assert parse_block(data)[0] == "bad_merkle_root"


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=20, unique=True))
def test_merkle_root_is_the_slow_one(txids):
    assert merkle_root(txids) == root_of(txids)


def test_no_transactions_have_no_root():
    assert merkle_root([]) is None


def test_double_hash():
    assert double_sha256(BLOCK_1[:80])[::-1].hex() == HASH_1
