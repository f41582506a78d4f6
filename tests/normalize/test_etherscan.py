import pytest

from bongsu.errors import InputError
from bongsu.normalize.etherscan import parse_labeled
from bongsu.normalize.fault import Fault

ALICE, BOB, TOKEN = ("0x" + digits * 20 for digits in ("a1", "b0", "c0"))
HASH = "0x" + "12" * 32
OLD = (
    '"Txhash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","ContractAddress","Value_IN({coin})",'
    '"Value_OUT({coin})","CurrentValue @ $1850.11/Eth","TxnFee({coin})","TxnFee(USD)",'
    '"Historical $Price/Eth","Status","ErrCode","Method"\n'
)
TOKENS = (
    '"Txhash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","TokenValue","USDValueDayOfTx",'
    '"ContractAddress","TokenName","TokenSymbol"\n'
)
INTERNAL = (
    '"Txhash","Blockno","UnixTimestamp","DateTime (UTC)","ParentTxFrom","ParentTxTo","ParentTxETH_Value",'
    '"From","TxTo","ContractAddress","Value_IN(ETH)","Value_OUT(ETH)","CurrentValue @ $1/Eth",'
    '"Historical $Price/Eth","Status","ErrCode","Type"\n'
)


def old_row(**more: str) -> str:
    row = {
        "tx": HASH,
        "block": "100",
        "unix": "1683029999",
        "utc": "2023-05-02 12:19:59",
        "from": ALICE,
        "to": BOB,
        "contract": "",
        "in": "0",
        "out": "1.5",
        "now": "2775.2",
        "fee": "0.000441",
        "usd": "0.8",
        "price": "1849.2",
        "status": "",
        "error": "",
        "method": "Transfer",
    } | more
    return ",".join(f'"{value}"' for value in row.values()) + "\n"


@pytest.fixture
def export(tmp_path, import_file):
    def run(text: str, source_format: str, **facts: object):
        path = tmp_path / "export.csv"
        path.write_text(text, encoding="utf-8")
        return import_file(path, source_format, **facts)

    return run


def moved(made, *names):
    return [tuple(row[name] for name in names) for row in made.transfers.to_pylist()]


def test_real_page_downloads(onchain, import_file):
    nomad = onchain / "bridges_xchainwatcher" / "nomad"
    late = import_file(nomad / "etherscan-export_0x049b51e5_14Dec-today.csv.gz", "etherscan/page")
    early = import_file(nomad / "etherscan-export_0x049b51e5_aggregated.csv.gz", "etherscan/page")
    assert (late.rows_in, early.rows_in) == (1_767, 17_589)
    assert late.rejects.num_rows == early.rejects.num_rows == 0
    # All seven rows with a value failed, so nothing may move.
    assert late.transfers.num_rows == early.transfers.num_rows == 0
    # Four rows failed inside only: they succeeded and may have moved coins.
    assert early.gaps["reason"].to_pylist().count("needs_traces") == 8_923 + 4
    assert early.gaps["reason"].to_pylist().count("needs_receipts") == 17_589


def test_the_old_export_moves_value_and_its_exact_fee(export):
    made = export(OLD.format(coin="ETH") + old_row(), "etherscan/transactions")
    assert moved(made, "kind", "source", "target", "amount", "position") == [
        ("native", ALICE, BOB, 15 * 10**17, 0),
        ("fee", ALICE, "fee:100", 441 * 10**12, 2**31 + 1),
    ]
    assert made.gaps.num_rows == 0
    assert made.transfers["time"].to_pylist()[0].isoformat() == "2023-05-02T12:19:59+00:00"


def test_failed_created_and_called_rows(export):
    rows = [
        old_row(status="Error(0)", error="Out of gas"),
        old_row(to="", contract=TOKEN, **{"in": "2", "out": "0"}),
        old_row(out="0", method="Swap"),
    ]
    made = export(OLD.format(coin="ETH") + "".join(rows), "etherscan/transactions")
    assert moved(made, "locator", "kind", "target") == [
        (2, "native", TOKEN),
        (1, "fee", "fee:100"),
        (2, "fee", "fee:100"),
        (3, "fee", "fee:100"),
    ]
    assert made.gaps.select(["holder", "reason"]).to_pylist() == [{"holder": BOB, "reason": "needs_traces"}]


def test_two_different_values_and_no_receiver_are_rejects(export):
    rows = [
        old_row(**{"in": "2"}),
        old_row(**{"in": "1.5"}),
        old_row(to=""),
        old_row(out="0.1234567890123456789"),
    ]
    made = export(OLD.format(coin="ETH") + "".join(rows), "etherscan/transactions")
    assert made.rejects["rule"].to_pylist() == ["two_values", "no_target", "inexact_amount"]
    assert set(made.transfers["locator"].to_pylist()) == {2}


def test_another_chains_coin_must_be_named(export):
    text = OLD.format(coin="BNB") + old_row()
    with pytest.raises(InputError, match="BNB"):
        export(text, "etherscan/transactions")
    made = export(text, "etherscan/transactions", chain="eip155:56")
    assert set(made.transfers["asset"].to_pylist()) == {"eip155:56/slip44:714"}
    matic = OLD.format(coin="MATIC") + old_row()
    assert export(matic, "etherscan/transactions", chain="eip155:137").transfers.num_rows == 2


def test_tokens_need_known_decimals(export):
    def row(value: str, contract: str, symbol: str) -> str:
        start = f'"{HASH}","100","1683029999","2023-05-02 12:19:59","{ALICE}","{BOB}"'
        return f'{start},"{value}","$1","{contract}","n","{symbol}"\n'

    other = "0x" + "d0" * 20
    rows = [
        row("1,234.5", TOKEN, "USDT"),
        row("7", BOB, "USDT"),
        row("0.5", other, "X"),
        row("1.1234567", TOKEN, "USDT"),
        row("0", TOKEN, "USDT"),
    ]
    decimals = {f"eip155:1/erc20:{TOKEN}": 6, other: 1}
    made = export(TOKENS + "".join(rows), "etherscan/tokens", decimals=decimals)
    assert moved(made, "asset", "amount") == [
        (f"eip155:1/erc20:{TOKEN}", 1_234_500_000),
        (f"eip155:1/erc20:{other}", 5),
    ]
    assert made.rejects["rule"].to_pylist() == ["unknown_decimals", "inexact_amount"]
    assert made.set_aside == {"zero_value": 1}


def test_internal_transactions_have_no_order(export):
    start = f'"{HASH}","100","1683029999","2023-05-02 12:19:59","{BOB}","{TOKEN}","0"'
    row = start + f',"{TOKEN}","{ALICE}","","3","0","1","1","{{status}}","{{error}}","call"\n'
    text = INTERNAL + row.format(status="0", error="") + row.format(status="0", error="Out of gas")
    made = export(text, "etherscan/internal")
    assert moved(made, "kind", "source", "target", "amount", "position") == [
        ("internal", TOKEN, ALICE, 3 * 10**18, None)
    ]
    assert made.set_aside == {"failed": 1}


@pytest.mark.parametrize(
    ("text", "chain", "expected"),
    [
        ("0 ETH", "eip155:1", 0),
        ("0.07035351 ETH", "eip155:1", 70_353_510_000_000_000),
        ("1,000 ETH", "eip155:1", 10**21),
        ("12 wei", "eip155:1", 12),
        ("1.5 Gwei", "eip155:1", 1_500_000_000),
        ("3 BNB", "eip155:56", 3 * 10**18),
        ("3", "eip155:1", 3 * 10**18),
        ("3 BNB", "eip155:1", "other_unit"),
        ("three", "eip155:1", "bad_amount"),
        ("1 2 ETH", "eip155:1", "bad_amount"),
    ],
)
def test_labeled_amounts(text, chain, expected):
    made = parse_labeled(text, chain)
    assert (made.rule if isinstance(made, Fault) else made) == expected
