"""Part files say what transfers say, in another form."""

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.ledger_rows import rows

from bongsu.model.transfer import TRANSFER
from bongsu.store.hex_text import hash_texts
from bongsu.store.part_pack import (
    CODED,
    OTHER,
    by_form,
    hash_words,
    pack_transfers,
    packed_of,
    text_columns,
    writing,
)

HASH = "0x" + "0123456789abcdef" * 4


ACCOUNT = "0x" + "a0" * 20
NEAR = ["null", "fee:7", "", ACCOUNT[:-1], ACCOUNT + "0", ACCOUNT.replace("a", "A"), "0y" + ACCOUNT[2:]]


def transfers(*hashes):
    return rows(*({"tx_hash": one, "source": "null", "target": "null"} for one in hashes)).select(
        TRANSFER.names
    )


def unpacked(folder, table):
    """What an engine reads of a part file of this table, in its order."""
    path = str(folder / "part.parquet")
    pq.write_table(table, path, **writing(table))
    ((form, _paths),) = by_form([path]).items()
    texts = text_columns(form)
    columns = ", ".join(f"{texts[name]} AS {name}" if name in texts else name for name in TRANSFER.names)
    scan = f"read_parquet('{path}', file_row_number = true)"
    found = duckdb.sql(f"SELECT {columns} FROM {scan} ORDER BY file_row_number").to_arrow_table()
    return found.select(list(OTHER)).to_pylist()


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


@settings(max_examples=60)
@given(st.lists(st.one_of(st.sampled_from(NEAR), st.just(ACCOUNT), st.binary(min_size=20, max_size=20))))
def test_holders_come_back_whatever_they_are(tmp_path_factory, held):
    holders = [one if isinstance(one, str) else "0x" + one.hex() for one in held]
    given = rows(*({"tx_hash": HASH, "source": one, "target": "null"} for one in holders))
    packed = pack_transfers(given.select(TRANSFER.names))
    accounts = [holder for holder in holders if holder not in NEAR]
    assert ("source" in packed_of(packed.schema)) == (len(accounts) > len(holders) / 2)
    read = unpacked(tmp_path_factory.mktemp("part"), packed)
    assert read == given.select(list(OTHER)).to_pylist()


def test_accounts_are_kept_as_their_bytes_and_the_others_apart():
    given = rows(*({"tx_hash": HASH, "source": one, "target": ACCOUNT} for one in (ACCOUNT, "null", ACCOUNT)))
    packed = pack_transfers(given.select(TRANSFER.names))
    assert packed["source"].to_pylist() == [b"\xa0" * 20, None, b"\xa0" * 20]
    assert packed["source_name"].to_pylist() == [None, "null", None]
    assert packed["target_name"].null_count == 3


def test_a_long_list_of_holders_is_still_a_list(tmp_path):
    """By default the list is given up at a million bytes; the name of an output is longer than 64."""
    count = 60_000
    digits = np.random.default_rng(1).bytes(32 * count).hex()
    holders = pa.array([f"{digits[64 * n : 64 * n + 64]}:{n}" for n in range(count)])
    many = transfers(HASH).take([0] * count)
    for name, values in (("source", holders), ("target", holders[::-1])):
        many = many.set_column(TRANSFER.get_field_index(name), TRANSFER.field(name), values)
    packed = pack_transfers(many)
    pq.write_table(packed, tmp_path / "part.parquet", **writing(packed))
    group = pq.read_metadata(tmp_path / "part.parquet").row_group(0)
    chunks = {name: group.column(TRANSFER.get_field_index(name)) for name in OTHER}
    for one in chunks.values():
        assert one.data_page_offset - one.dictionary_page_offset > 32 * count
    back = pq.read_table(tmp_path / "part.parquet", read_dictionary=CODED)
    assert all(pa.types.is_dictionary(back.schema.field(name).type) for name in ("kind", *OTHER))
    assert back["source"].cast(pa.string()).combine_chunks().equals(holders)
