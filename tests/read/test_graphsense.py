import pytest

from bongsu.read.registry import load_reader, sniff_format


@pytest.mark.parametrize(
    ("name", "table", "rows"),
    [
        ("transactions.csv.gz", "transactions", 332),
        ("traces.csv.gz", "traces", 5_547),
        ("logs.json.gz", "logs", 2_228),
    ],
)
def test_real_tables(onchain, name, table, rows):
    path = onchain / "graphsense_eth_sample" / name
    assert sniff_format(path) == f"graphsense/{table}"
    (batch,) = load_reader(f"graphsense/{table}").read(path, batch_rows=10_000)
    assert batch.rows.num_rows == rows
    holder = "address" if table == "logs" else "from_address"
    assert batch.rows[holder].null_count < rows
