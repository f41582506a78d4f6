"""Part files say what transfers say, in another form."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.ledger_rows import rows

from bongsu.model.transfer import TRANSFER
from bongsu.store.hex_text import hash_texts
from bongsu.store.part_pack import CODED, WRITING, hash_words, pack_transfers

HASH = "0x" + "0123456789abcdef" * 4


def transfers(*hashes):
    return rows(*({"tx_hash": one} for one in hashes)).select(TRANSFER.names)


@settings(max_examples=60)
@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=6), st.integers(0, 6))
def test_hashes_come_back_and_are_words_in_either_form(hashes, cut):
    texts = ["0x" + one.hex() for one in hashes]
    given = transfers(*texts)
    packed = pack_transfers(given)
    assert packed.schema.field("tx_hash").type == pa.binary(32)
    assert packed.drop(["tx_hash"]).equals(given.drop(["tx_hash"]))
    for column in (packed["tx_hash"].chunk(0), given["tx_hash"].chunk(0)):
        assert hash_texts(column).to_pylist() == texts
        words = hash_words(column.slice(cut))
        assert words.dtype == np.uint64
        assert [row.astype(">u8").tobytes() for row in words] == hashes[cut:]


@pytest.mark.parametrize("other", ["", "t1", HASH[2:], HASH + "0", HASH.replace("f", "F")])
def test_one_that_is_no_hash_leaves_all_as_they_are(other):
    given = transfers(HASH, other)
    assert pack_transfers(given).equals(given)
    assert hash_words(given["tx_hash"].chunk(0)) is None


def test_no_rows_are_left_as_they_are():
    given = transfers(HASH).slice(1)
    assert pack_transfers(given).equals(given)


def test_a_long_list_of_holders_is_still_a_list(tmp_path):
    """By default the list is given up at a million bytes; a holder is 20 bytes even when compressed."""
    count = 60_000
    digits = np.random.default_rng(1).bytes(20 * count).hex()
    holders = pa.array(["0x" + digits[40 * n : 40 * n + 40] for n in range(count)])
    many = transfers(HASH).take([0] * count)
    for name, values in (("source", holders), ("target", holders[::-1])):
        many = many.set_column(TRANSFER.get_field_index(name), TRANSFER.field(name), values)
    pq.write_table(pack_transfers(many), tmp_path / "part.parquet", **WRITING)
    group = pq.read_metadata(tmp_path / "part.parquet").row_group(0)
    chunks = {name: group.column(TRANSFER.get_field_index(name)) for name in ("source", "target")}
    for one in chunks.values():
        assert one.data_page_offset - one.dictionary_page_offset > 20 * count
    back = pq.read_table(tmp_path / "part.parquet", read_dictionary=CODED)
    assert all(pa.types.is_dictionary(back.schema.field(name).type) for name in CODED)
    assert back["source"].cast(pa.string()).combine_chunks().equals(holders)
