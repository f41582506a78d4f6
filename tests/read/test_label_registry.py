"""Which reader reads a label file."""

import pyarrow as pa
import pytest

from bongsu.errors import FormatError, InputError
from bongsu.read.label_registry import LABEL_READERS, load_label_reader, sniff_label_format


@pytest.mark.parametrize("name", LABEL_READERS)
def test_every_reader_has_its_parts(name):
    reader = load_label_reader(name)
    assert isinstance(reader.RAW, pa.Schema)
    assert "address" in reader.RAW.names
    assert callable(reader.sniff)
    assert callable(reader.read)


def test_unknown_format_is_an_error():
    with pytest.raises(FormatError, match="nonsense") as caught:
        load_label_reader("nonsense")
    assert "tagpack" in caught.value.hint


def test_file_that_fits_none_is_an_error(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("hello\n")
    with pytest.raises(FormatError, match=r"x\.txt"):
        sniff_label_format(path)
    with pytest.raises(InputError, match="absent"):
        sniff_label_format(tmp_path / "absent")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("graphsense-tagpacks/lazarus.yaml.gz", "tagpack"),
        ("ofac/sanctioned_addresses_TRX.txt", "ofac"),
        ("etherscan-labels/arbiscan.combinedAccountLabels.json.gz", "etherscan-labels"),
        ("etherscan-labels/etherscan.tornado-cash.csv", "csv"),
        ("tutela/known_addresses.csv.gz", "csv"),
        ("forta/phishing_scams.csv.gz", "csv"),
    ],
)
def test_real_files_are_told_apart(onchain, name, expected):
    assert sniff_label_format(onchain / "labels" / name) == expected
