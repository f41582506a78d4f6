import pytest

from bongsu.read.registry import load_reader, sniff_format

COIN = (
    '"CurrentValue @ $1850.11/Eth","TxnFee({coin})","TxnFee(USD)","Historical $Price/Eth","Status","ErrCode"'
)
START = '"Txhash","Blockno","UnixTimestamp","DateTime"'
VALUES = '"From","To","ContractAddress","Value_IN({coin})","Value_OUT({coin})"'


@pytest.mark.parametrize(
    ("header", "source_format"),
    [
        (f"{START},{VALUES},{COIN}".replace("{coin}", "ETH"), "etherscan/transactions"),
        (f"{START},{VALUES},{COIN}".replace("{coin}", "BNB"), "etherscan/transactions"),
        (
            '"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)",'
            + VALUES.replace("{coin}", "ETH"),
            "etherscan/transactions",
        ),
        (
            f'{START},"ParentTxFrom","ParentTxTo","ParentTxETH_Value",'
            + VALUES.replace("{coin}", "ETH").replace('"To"', '"TxTo"'),
            "etherscan/internal",
        ),
        (
            f'{START},"From","To","TokenValue","USDValueDayOfTx","ContractAddress","TokenName","TokenSymbol"',
            "etherscan/tokens",
        ),
        (
            "Transaction Hash,Status,Method,Blockno,DateTime (UTC),From,From_Nametag,To,To_Nametag,Amount,"
            "Value (USD),Txn Fee",
            "etherscan/page",
        ),
    ],
)
def test_headers_of_every_export(tmp_path, header, source_format):
    path = tmp_path / "export.csv"
    path.write_text("\ufeff" + header + "\n", encoding="utf-8")
    assert sniff_format(path) == source_format


def test_real_page_downloads(onchain):
    nomad = onchain / "bridges_xchainwatcher" / "nomad"
    rows = {"14Dec-today": 1_767, "aggregated": 17_589}
    for name, count in rows.items():
        path = nomad / f"etherscan-export_0x049b51e5_{name}.csv.gz"
        assert sniff_format(path) == "etherscan/page"
        batches = list(load_reader("etherscan/page").read(path, batch_rows=5_000))
        assert sum(batch.rows.num_rows for batch in batches) == count


def test_the_changing_headers_are_not_columns_but_the_coin_is_kept(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(
        f"{START},{VALUES},{COIN}".replace("{coin}", "BNB") + "\n" + ",".join("123456789abcdef") + "\n"
    )
    (batch,) = load_reader("etherscan/transactions").read(path, batch_rows=5)
    (row,) = batch.rows.to_pylist()
    assert (row["value_in"], row["value_out"], row["fee"], row["error"]) == ("8", "9", "b", "f")
    assert batch.rows.schema.field("fee").metadata == {b"header": b"TxnFee(BNB)"}
