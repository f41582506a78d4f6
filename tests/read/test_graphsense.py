import pytest

from bongsu.read.registry import load_reader, sniff_format


@pytest.mark.parametrize(("table", "rows"), [("transactions", 332), ("traces", 5_547)])
def test_real_tables(onchain, table, rows):
    path = onchain / "graphsense_eth_sample" / f"{table}.csv.gz"
    assert sniff_format(path) == f"graphsense/{table}"
    (batch,) = load_reader(f"graphsense/{table}").read(path, batch_rows=10_000)
    assert batch.rows.num_rows == rows
    assert batch.rows["from_address"].null_count < rows
