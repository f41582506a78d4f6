import pytest
from tests.data.indicator_case import read_all

from bongsu.errors import FormatError
from bongsu.read import indicator_csv
from bongsu.read.sniff import read_head


@pytest.fixture
def write(tmp_path):
    def run(text):
        path = tmp_path / "x.csv"
        path.write_text(text)
        return path

    return run


@pytest.mark.parametrize(
    "header", ["type,value,cluster", "IOC_Type,Indicator,Threat Actor", "entity_type,ioc,actor"]
)
def test_columns_are_known_by_several_names(write, header):
    path = write(f"{header}\ndomain,evil.com,Kimsuky\n")
    assert indicator_csv.sniff(path, read_head(path))
    rows, rejects = read_all(indicator_csv, path)
    assert rejects.num_rows == 0
    assert rows.select(["type", "value", "cluster", "tlp", "locator"]).to_pylist() == [
        {"type": "domain", "value": "evil.com", "cluster": "Kimsuky", "tlp": None, "locator": 1}
    ]


def test_a_column_for_each_type(write):
    path = write("Id,File,Comment,MD5,SHA-1\n1,a.exe,rat,0a,1b\n2,b.exe,,,2c\n")
    assert indicator_csv.sniff(path, read_head(path))
    rows, _ = read_all(indicator_csv, path)
    assert rows.select(["type", "value", "context", "locator"]).to_pylist() == [
        {"type": "md5", "value": "0a", "context": "rat", "locator": 1},
        {"type": "sha1", "value": "1b", "context": "rat", "locator": 1},
        {"type": "sha1", "value": "2c", "context": None, "locator": 2},
    ]


def test_a_table_of_something_else_is_refused(write):
    path = write("when,what\n1,2\n")
    assert not indicator_csv.sniff(path, read_head(path))
    with pytest.raises(FormatError, match="no columns type and value"):
        list(indicator_csv.read(path))


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        ("indicators.csv", 31_234),
        ("DataDog/axios-npm-supply-chain-compromise_iocs.csv", 19),
        ("volexity/2021_2021-08-17_-_InkySquid_Part_1_indicators_indicators.csv", 10),
        ("WithSecureLabs/Andariel2025_andariel_iocs.csv", 19),
        ("hvs-consulting/Lazarus_APT37_HvS_APT37_2020_Command_and_Control.csv", 84),
    ],
)
def test_real_tables_of_several_publishers_are_read(real_data, file, rows):
    path = real_data / "espionage" / file
    assert indicator_csv.sniff(path, read_head(path))
    found, rejects = read_all(indicator_csv, path)
    assert (found.num_rows, rejects.num_rows) == (rows, 0)
    assert None not in found["value"].to_pylist()
