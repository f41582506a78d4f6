"""Tables of bridge events: columns by their names, or as a person says."""

import pytest

from bongsu.errors import FormatError
from bongsu.read.bridge_csv import EVENTS, NAMES, mapped
from bongsu.read.sniff import read_head

HASH = "0x" + "ab" * 32


def rows_of(reader, path, text):
    path.write_text(text)
    (batch,) = reader.read(path, batch_rows=100)
    return batch.rows.to_pylist()


def test_columns_by_any_of_their_names_in_any_case(tmp_path):
    text = "Protocol,Event,Network,Timestamp,TxHash,Token,Value,Depositor,Receiver,Deposit_ID\n"
    text += f"hop,deposit,1,2,{HASH},t,3,s,r,4\n"
    (row,) = rows_of(EVENTS, tmp_path / "events.csv", text)
    stated = {name: value for name, value in row.items() if value is not None}
    assert stated == {
        "bridge": "hop", "direction": "deposit", "chain": "1", "time": "2", "tx": HASH, "asset": "t",
        "amount": "3", "sender": "s", "beneficiary": "r", "id": "4", "locator": 1,
    }  # fmt: skip
    assert set(row) == set(NAMES) | {"locator"}


def test_what_a_person_says_of_a_column_beats_its_name(tmp_path):
    reader = mapped({"amount": "wei", "beneficiary": "dst", "id": "not a column"})
    text = f"tx,amount,wei,to,dst,id\n{HASH},1.5,15,alice,bob,7\n"
    (row,) = rows_of(reader, tmp_path / "mine.csv", text)
    assert (row["amount"], row["beneficiary"], row["id"]) == ("15", "bob", "7")


@pytest.mark.parametrize(
    ("header", "fits"),
    [
        ("tx_hash,amount,transfer_id", True),
        ("tx_hash,amount,direction", True),
        ("tx_hash,amount,from,to", False),
        ("amount,transfer_id", False),
        ("tx_hash,transfer_id", False),
    ],
)
def test_table_is_taken_for_one_only_where_it_says_a_side_or_an_id(tmp_path, header, fits):
    path = tmp_path / "a.csv"
    path.write_text(header + "\n" + ",".join("1" for _ in header.split(",")) + "\n")
    assert EVENTS.sniff(path, read_head(path)) is fits


def test_table_without_transactions_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("amount,id\n1,2\n")
    with pytest.raises(FormatError, match="no column tx"):
        EVENTS.read(path, batch_rows=10)
