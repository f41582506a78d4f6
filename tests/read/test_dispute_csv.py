import pytest
from tests.data.indicator_case import read_all

from bongsu.errors import FormatError
from bongsu.read import dispute_csv
from bongsu.read.sniff import read_head


def test_a_row_is_a_dispute(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('type,value,reason\ndomain,fitly.pro,"owner disputes"\n')
    assert dispute_csv.sniff(path, read_head(path))
    rows, _ = read_all(dispute_csv, path)
    assert rows.to_pylist() == [
        {"type": "domain", "value": "fitly.pro", "reason": "owner disputes", "locator": 1}
    ]


def test_a_table_without_reasons_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("type,value\ndomain,a.com\n")
    assert not dispute_csv.sniff(path, read_head(path))
    with pytest.raises(FormatError, match="no columns value and reason"):
        list(dispute_csv.read(path))
