"""Tables of labels."""

import pytest

from bongsu.errors import FormatError
from bongsu.model.asset import BITCOIN, ETHEREUM
from bongsu.model.label import Label
from bongsu.read.label_csv import read, sniff, write
from bongsu.read.sniff import read_head

FIRST, SECOND = "0x" + "1" * 40, "0x" + "2" * 40


def batch_of(tmp_path, text, name="mine.csv", **options):
    path = tmp_path / name
    path.write_text(text)
    (batch,) = read(path, **options)
    return batch


def test_columns_by_any_of_their_names(tmp_path):
    text = (
        "Address,Name Tag,Type,Chain,Source,Confidence,Actor\n"
        f"{FIRST},Wallet,cex,ethereum,me,77,binance\n"
        "34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo,Cold,ponzi,BTC,,,\n"
    )
    first, second = batch_of(tmp_path, text).labels.to_pylist()
    assert (first["chain"], first["category"], first["confidence"]) == (ETHEREUM, "exchange", 77)
    assert (first["source"], first["entity"]) == ("me", "binance")
    assert (second["chain"], second["category"], second["name"]) == (BITCOIN, "other", "Cold (ponzi)")
    assert (second["source"], second["confidence"]) == ("mine.csv", 50)


def test_row_without_a_name_is_called_after_its_file(tmp_path):
    batch = batch_of(tmp_path, f"address,label\n{FIRST},\n")
    assert batch.labels["name"].to_pylist() == ["mine.csv"]


def test_chain_told_beats_the_form_and_the_column_beats_both(tmp_path):
    text = f"address,label,chain\n{FIRST},a,\n{SECOND},b,bsc\n"
    assert batch_of(tmp_path, text).labels["chain"].to_pylist() == ["eip155:*", "eip155:56"]
    told = batch_of(tmp_path, text, chain="eip155:10").labels["chain"].to_pylist()
    assert told == ["eip155:10", "eip155:56"]
    named = batch_of(tmp_path, text, name="polygonscan.csv").labels["chain"].to_pylist()
    assert named[0] == "eip155:137"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (",a,,", "no_address"),
        ("0x12,a,,", "bad_address"),
        (f"{FIRST},a,101,", "bad_confidence"),
        (f"{FIRST},a,high,", "bad_confidence"),
        (f"{FIRST},a,,monero", "unknown_chain"),
        (f"{FIRST},a", "bad_row"),
    ],
)
def test_bad_row_is_a_reject(tmp_path, row, rule):
    batch = batch_of(tmp_path, f"address,label,confidence,chain\n{row}\n{SECOND},b,1,eth\n")
    assert [(r["locator"], r["rule"]) for r in batch.rejects.to_pylist()] == [(1, rule)]
    assert batch.labels["address"].to_pylist() == [SECOND]


def test_table_without_addresses_is_an_error(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("wallet,label\n1,2\n")
    assert not sniff(path, read_head(path))
    with pytest.raises(FormatError, match="no column address") as caught:
        list(read(path))
    assert "wallet, label" in caught.value.hint


def test_real_tables(onchain):
    folder = onchain / "labels"
    expected = {
        folder / "etherscan-labels" / "etherscan.bridge.csv": (166, 0),
        folder / "dprk_incident_addresses.csv": (177, 1),
    }
    for path, (labels, rejects) in expected.items():
        assert sniff(path, read_head(path))
        (batch,) = read(path)
        assert (batch.labels.num_rows, batch.rejects.num_rows) == (labels, rejects)


def test_labels_that_are_written_are_read_again(tmp_path):
    labels = [
        Label(
            chain=chain, address=address, name="One, two", category=category, entity="binance",
            source='a "b"', confidence=confidence, valid_from=None, valid_to=None, license="",
        )
        for chain, address, category, confidence in [
            (ETHEREUM, FIRST, "exchange", 100), ("eip155:*", SECOND, "mixer", 0),
        ]
    ]  # fmt: skip
    path = tmp_path / "labels.csv"
    write(path, iter(labels))
    assert sniff(path, read_head(path))
    (batch,) = read(path)
    assert batch.rejects.num_rows == 0
    rows = [row | {"license": ""} for row in batch.labels.to_pylist()]
    assert [Label(**row) for row in rows] == labels
