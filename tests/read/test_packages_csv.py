import pytest
from tests.data.indicator_case import read_all

from bongsu.errors import FormatError
from bongsu.read import indicator_csv, packages_csv
from bongsu.read.sniff import read_head


def test_a_row_is_a_package(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Ecosystem,Name,Version,Reported\nnpm,axios,1.14.1,2026-03-31\n")
    assert packages_csv.sniff(path, read_head(path))
    assert not indicator_csv.sniff(path, read_head(path))
    rows, _ = read_all(packages_csv, path)
    assert {name: value for name, value in rows.to_pylist()[0].items() if value} == {
        "type": "package", "value": "axios", "namespace": "npm", "versions": "1.14.1",
        "context": "reported 2026-03-31", "locator": 1,
    }  # fmt: skip


def test_a_table_of_something_else_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    assert not packages_csv.sniff(path, read_head(path))
    with pytest.raises(FormatError, match="no columns ecosystem and name"):
        list(packages_csv.read(path))


def test_the_real_table_is_read(real_data):
    rows, rejects = read_all(packages_csv, real_data / "espionage" / "packages.csv")
    assert (rows.num_rows, rejects.num_rows) == (583, 0)
    assert set(rows["namespace"].to_pylist()) == {"npm"}
