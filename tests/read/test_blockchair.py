import gzip

import pytest

from bongsu.read.registry import load_reader, sniff_format

OUTPUT = (
    "block_id transaction_hash index time value value_usd recipient type script_hex is_from_coinbase"
    " is_spendable"
)
HEADERS = {
    "blockchair/bitcoin-outputs": OUTPUT,
    "blockchair/bitcoin-inputs": OUTPUT
    + " spending_block_id spending_transaction_hash spending_index spending_time spending_value_usd"
    " spending_sequence spending_signature_hex spending_witness lifespan cdd",
    "blockchair/bitcoin-transactions": "block_id hash time size weight version lock_time is_coinbase"
    " has_witness input_count output_count input_total input_total_usd output_total output_total_usd"
    " fee fee_usd fee_per_kb fee_per_kb_usd fee_per_kwu fee_per_kwu_usd cdd_total",
    "blockchair/ethereum-transactions": "block_id index hash time size failed type sender recipient"
    " call_count value value_usd internal_value internal_value_usd fee fee_usd gas_used gas_limit"
    " gas_price input_hex nonce v r s",
}


@pytest.mark.parametrize("source_format", HEADERS)
def test_dumps_are_told_by_their_columns(tmp_path, source_format):
    names = HEADERS[source_format].split()
    path = tmp_path / "dump.tsv.gz"
    path.write_bytes(gzip.compress(("\t".join(names) + "\n" + "\t".join(names) + "\n").encode()))
    assert sniff_format(path) == source_format
    reader = load_reader(source_format)
    (batch,) = reader.read(path, batch_rows=10)
    assert batch.rows.drop(["locator"]).to_pylist() == [{name: name for name in reader.RAW.names}]
