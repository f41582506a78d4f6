"""Label dumps of Etherscan."""

import json

import pytest

from bongsu.errors import FormatError
from bongsu.read.etherscan_label import read, sniff
from bongsu.read.sniff import read_head

FIRST, SECOND = "0x" + "1" * 40, "0x" + "2" * 40
DUMP = {
    FIRST: {"name": "Binance 14", "labels": ["binance"]},
    SECOND: {"name": "Null", "labels": ["blocked", "burn"]},
    "": {"name": "empty", "labels": []},
}


def test_words_become_category_and_entity(tmp_path):
    path = tmp_path / "bscscan.labels.json"
    path.write_text(json.dumps(DUMP))
    assert sniff(path, read_head(path))
    (batch,) = read(path)
    first, second = batch.labels.to_pylist()
    assert (first["chain"], first["name"], first["category"]) == ("eip155:56", "Binance 14", "other")
    assert (first["entity"], second["category"]) == ("binance", "burn")
    assert [r["locator"] for r in batch.rejects.to_pylist()] == [3]


def test_address_that_stands_twice_is_read_twice(tmp_path):
    path = tmp_path / "etherscan.json"
    entry = json.dumps({"name": "a", "labels": []})
    path.write_text(f'{{"{FIRST}": {entry}, "{FIRST}": {entry}}}')
    (batch,) = read(path)
    assert batch.labels.num_rows == 2


def test_chain_must_be_told(tmp_path):
    path = tmp_path / "labels.json"
    path.write_text(json.dumps(DUMP))
    with pytest.raises(FormatError, match="which chain") as caught:
        list(read(path))
    assert "--chain" in caught.value.hint
    (batch,) = read(path, chain="eip155:1")
    assert set(batch.labels["chain"].to_pylist()) == {"eip155:1"}


@pytest.mark.parametrize("text", ["{", '"text"', '{"0x1": [[[', "[1]", ""])
def test_broken_file_is_an_error(tmp_path, text):
    path = tmp_path / "etherscan.json"
    path.write_text(text)
    with pytest.raises(FormatError, match=r"etherscan\.json"):
        list(read(path))


def test_entry_without_a_name_is_a_reject(tmp_path):
    path = tmp_path / "etherscan.json"
    path.write_text(json.dumps({FIRST: {"name": "", "labels": []}, SECOND: 7}))
    (batch,) = read(path)
    assert [row["rule"] for row in batch.rejects.to_pylist()] == ["no_name", "no_name"]


def test_real_dump(onchain):
    path = onchain / "labels" / "etherscan-labels" / "etherscan.combinedAccountLabels.json.gz"
    assert sniff(path, read_head(path))
    (batch,) = read(path)
    assert (batch.labels.num_rows, batch.rejects.num_rows) == (23_288, 0)
    by_address = {row["address"]: row for row in batch.labels.to_pylist()}
    assert by_address["0x098b716b8aaf21512996dc57eb0615e2383e2f96"]["category"] == "sanctioned"
    assert by_address["0x28c6c06298d514db089934071355e5743bf21d60"]["entity"] == "binance"
