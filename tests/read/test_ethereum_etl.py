import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.data.ledger_rows import paid

from bongsu.model.asset import valuation
from bongsu.model.transfer import NULL_HOLDER
from bongsu.normalize.context import Context
from bongsu.normalize.evm_transaction import normalize
from bongsu.read import ethereum_etl
from bongsu.read.registry import load_reader, sniff_format


@pytest.mark.parametrize(
    ("path", "source_format", "rows"),
    [
        ("blocks_17173049_17173050/expected_transactions.json.gz", "transactions", 298),
        ("blocks_17173049_17173050/expected_token_transfers.json.gz", "token_transfers", 291),
        ("blocks_17173049_17173050/expected_blocks.json.gz", "blocks", 2),
        ("blocks_with_transactions_and_withdrawals/expected_transactions.csv", "transactions", 298),
        ("blocks_with_transactions_and_withdrawals/expected_blocks.csv", "blocks", 2),
        ("block_with_create_expected_traces.csv", "traces", 3),
        ("blocks_17173049_17173050/expected_logs.json.gz", "logs", 681),
        ("logs.csv", "logs", 3),
        ("expected_token_transfers.csv", "token_transfers", 2),
    ],
)
def test_real_files_are_recognized_and_read_whole(onchain, path, source_format, rows):
    file = onchain / "ethereum-etl" / path
    assert sniff_format(file) == f"ethereum-etl/{source_format}"
    reader = load_reader(f"ethereum-etl/{source_format}")
    batches = list(reader.read(file, batch_rows=100))
    assert sum(batch.rows.num_rows for batch in batches) == rows
    assert sum(batch.rejects.num_rows for batch in batches) == 0
    assert batches[0].rows.drop(["locator"]).schema.equals(reader.RAW)


def test_calldata_is_not_read_where_gas_says_as_much(tmp_path):
    path = tmp_path / "t.csv"
    header = "hash,block_number,transaction_index,from_address,to_address,value,input"
    path.write_text(f"{header}\n1,2,3,4,5,6,0xab\n")
    (batch,) = ethereum_etl.TRANSACTIONS.read(path, batch_rows=10)
    assert batch.rows["input"].to_pylist() == ["0xab"]
    path.write_text(f"{header},receipt_gas_used\n1,2,3,4,5,6,0xab,21000\n")
    (batch,) = ethereum_etl.TRANSACTIONS.read(path, batch_rows=10)
    assert batch.rows["input"].to_pylist() == [None]


A, B, C = ("0x" + digit * 40 for digit in "abc")
HASHES = ["0x" + f"{n:064x}" for n in range(3)]


def ether(*payments):
    """Transfers of ether with hashes as the chain writes them."""
    made = paid(*payments).drop_columns("file")
    at = made.schema.get_field_index("tx_hash")
    return made.set_column(at, made.schema.field(at), pa.array(HASHES[: len(made)]))


def test_transfers_that_are_written_are_read_again(tmp_path):
    path, seen = tmp_path / "t.parquet", []
    first = ether((NULL_HOLDER, A, 10**28 + 7), (A, B, 5, {"tx_index": 3}))
    second = ether((B, C, 10**18))
    written = ethereum_etl.write_transactions(path, iter([first, second]), note="made", progress=seen.append)
    assert written == 3
    assert seen == [2, 3]
    assert pq.read_schema(path).metadata[b"note"] == b"made"
    assert sniff_format(path) == "ethereum-etl/transactions"
    (batch,) = ethereum_etl.TRANSACTIONS.read(path, batch_rows=10)
    found = normalize(batch, Context())
    assert (found.rejects.num_rows, found.gaps.num_rows, found.rows_kept) == (0, 0, 3)
    same = ["block", "time", "tx_index", "tx_hash", "target", "amount", "asset", "position"]
    given = pa.concat_tables([first, second]).select(same)
    assert found.transfers.select(same).to_pylist() == given.to_pylist()
    assert found.transfers["source"].to_pylist() == ["0x" + "0" * 40, A, B]


def test_what_is_no_ether_is_no_transaction(tmp_path):
    path = tmp_path / "t.parquet"
    with pytest.raises(ValueError, match="ether"):
        ethereum_etl.write_transactions(path, [ether((A, B, 5, {"asset": valuation("eip155:1", "USD").id}))])


def test_a_writer_that_fails_in_its_thread_says_so():
    with pytest.raises(OSError, match="No space left"):
        ethereum_etl.write_transactions("/dev/full", [ether((A, B, 5))] * 300)
