import pytest

from bongsu.errors import FormatError
from bongsu.read import flows
from bongsu.read.sniff import read_head


def test_real_flows_keep_all_columns_and_are_never_claimed(onchain):
    path = onchain / "mftracer" / "lifi_2024" / "flow records.csv"
    assert flows.sniff(path, read_head(path)) is False
    (batch,) = flows.read(path, batch_rows=1_000)
    assert batch.rows.num_rows == 135
    assert batch.rows.schema.names == [
        *("Timestamp", "Block", "Tx_hash", "From", "From_label", "To", "To_label", "Value_in_USD"),
        "locator",
    ]


def test_json_lines_too_and_nothing_else(tmp_path):
    path = tmp_path / "x"
    path.write_text('{"a": 1.50}\n')
    (batch,) = flows.read(path, batch_rows=10)
    assert batch.rows.to_pylist() == [{"a": "1.50", "locator": 1}]
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(FormatError) as caught:
        list(flows.read(path, batch_rows=10))
    assert "ZIP" in caught.value.hint
