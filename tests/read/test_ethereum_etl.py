import pytest

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
