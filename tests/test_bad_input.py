"""Bad input gets a clear error or a counted reject, and nothing is lost: imports, as a person runs them."""

import gzip
import json
import zlib
from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.data.command import FLOWS, refused, said

A, B, C = ("0x" + digit * 40 for digit in "123")
USDT, FAKE = "0xdac17f958d2ee523a2206206994597c13d831ec7", "0x" + "f" * 40
USD = "eip155:1/iso4217:USD"
HEADER = "a,b,usd,t\n"
TIMED = ["--format", "flows", "--map", "from=a,to=b,value=usd,time=t", "--unit", "USD"]
TOKENS = "token_address,from_address,to_address,value,transaction_hash,log_index,block_number\n"
EXPORT = (
    "Txhash,Blockno,UnixTimestamp,DateTime (UTC),From,To,"
    "TokenValue,USDValueDayOfTx,ContractAddress,TokenName,TokenSymbol\n"
)


def row(usd, *, a=A, b=B, time=""):
    return f"{a},{b},{usd},{time}\n"


def line(**values):
    return json.dumps({"a": A, "b": B, "t": None, **values})


def token(number, value, *, a=A, contract=USDT):
    return f"{contract},{a},{B},{value},0x{number:064x},{number},17000000\n"


def export(number, contract, symbol):
    place = f"0x{number:064x},17000000,1680000000,2023-03-28 10:40:00,{A},{B}"
    return f"{place},1.5,$1.50,{contract},{symbol},{symbol}\n"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A file, and what must become of each of its rows."""

    data: str | bytes
    rows: int
    rejects: dict[int, str] = field(default_factory=dict)
    zeros: int = 0
    sums: dict[str, int] = field(default_factory=dict)


def cents(data, rows, total, rejects=None, zeros=0):
    return Case(data=data, rows=rows, rejects=rejects or {}, zeros=zeros, sums={USD: total} if total else {})


AMOUNTS = ["-5", 2**127, 10**36, 10**36 - 1, "9" * 500, "1e999", "inf", "0x10", "1.005", "-0"]
FLOW_CASES = {
    "other delimiter": cents((HEADER + row(1) + row(2)).replace(",", ";"), 2, 300),
    "delimiter that changes": cents(
        HEADER + row(1) + row(2).replace(",", ";") + row(4), 3, 500, {2: "bad_row"}
    ),
    "line ends of three kinds": cents(
        HEADER.strip() + "\r\n" + f"{A},{B},1,\n{A},{B},2,\r\n{A},{B},3,\r{A},{B},4,\n", 4, 1000
    ),
    "byte order mark": cents("\ufeff" + HEADER + row(1), 1, 100),
    "byte order mark and quotes": cents("\ufeff" + HEADER.replace("a,", '"a",') + row(1), 1, 100),
    "amounts": cents(
        HEADER + "".join(map(row, AMOUNTS)),
        *(10, 10**38 - 100),
        {1: "negative_amount", 2: "amount_out_of_range", 3: "amount_out_of_range", 5: "bad_amount"}
        | {6: "amount_out_of_range", 7: "bad_amount", 8: "bad_amount", 9: "inexact_amount"},
        1,
    ),
    "addresses": cents(
        HEADER
        + row(1, a="\\x" + A[2:])
        + row(2, a="\\x" + A[3:])
        + row(4, a="0X" + A[2:])
        + row(8, b=USDT[:-1] + "C")
        + row(16, b=""),
        *(5, 500),
        {2: "bad_address", 4: "bad_checksum", 5: "bad_address"},
    ),
    "times": cents(
        HEADER
        + row(1, time="2023-03-28")
        + row(2, time="03/04/2023")
        + row(4, time="2023-03-28 10:00:00")
        + row(8, time="2023-13-28 10:00:00")
        + row(16, time="1680000000")
        + row(32, time="yesterday"),
        *(6, 2000),
        {1: "bare_date", 2: "bare_date", 4: "bad_time", 6: "bad_time"},
    ),
    "NUL bytes": cents(
        HEADER + row(1) + row("2\0") + row(4, b=B + "\0") + row(8),
        *(4, 900),
        {2: "bad_amount", 3: "bad_address"},
    ),
    "a line of 10 MB": cents(HEADER + row(1) + row("9" * 10_000_000) + row(4), 3, 500, {2: "bad_amount"}),
    "a line of 20 MB": cents(HEADER + row(1) + row("9" * 20_000_000) + row(4), 3, 500, {2: "bad_row"}),
    "not UTF-8": cents((HEADER + row(1) + row(2, a="Zoë")).encode("latin-1"), 2, 100, {2: "bad_row"}),
    "quotation that never ends": cents(HEADER + row(1) + '"' + row(2) + row(4), 3, 500, {2: "bad_row"}),
    "columns too many and too few": cents(
        HEADER + row(1) + row("2,2") + f"{A},{B}\n" + row(8), 4, 900, {2: "bad_row", 3: "bad_row"}
    ),
    "a header and nothing else": cents(HEADER, 0, 0),
    "a name that says gzip": cents(HEADER + row(1), 1, 100),
    "lines that are not JSON": cents(
        "\r".join(
            [line(usd=1), "{bad", "[1]", line(usd=1.10), "\0", line(usd="NaN"), line(b=None, usd=2), ""]
        ),
        *(7, 210),
        {2: "bad_row", 3: "bad_row", 5: "bad_row", 6: "bad_amount", 7: "bad_address"},
    ),
}  # fmt: skip
OTHER_CASES = {
    "wei as a floating number": Case(
        data=TOKENS + token(1, "1e+18") + token(2, "1.0") + token(3, 2**127) + token(4, -7) + token(5, "")
        + token(6, 10**38 - 1) + token(7, 1),
        rows=7,
        rejects={1: "inexact_amount", 2: "inexact_amount", 3: "amount_out_of_range", 4: "negative_amount"}
        | {5: "missing_value"},
        sums={f"eip155:1/erc20:{USDT}": 10**38},
    ),
    "addresses with a backslash": Case(
        data=TOKENS + token(1, 1, a="\\x" + A[2:]) + token(2, 2),
        rows=2,
        rejects={1: "bad_address"},
        sums={f"eip155:1/erc20:{USDT}": 2},
    ),
    "fake tokens in base units": Case(
        data=TOKENS + token(1, 5, contract=FAKE) + token(2, 7),
        rows=2,
        sums={f"eip155:1/erc20:{FAKE}": 5, f"eip155:1/erc20:{USDT}": 7},
    ),
    "fake tokens with the symbol ETH": Case(
        data=EXPORT + export(1, FAKE, "ETH") + export(2, FAKE, "USDT") + export(3, USDT, "USDT"),
        rows=3,
        rejects={1: "unknown_decimals", 2: "unknown_decimals"},
        sums={f"eip155:1/erc20:{USDT}": 1_500_000},
    ),
}  # fmt: skip
CASES = FLOW_CASES | OTHER_CASES


def written(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Of each case its document and its rejects; and what the ledger says of the whole."""
    folder = tmp_path_factory.mktemp("cases")
    documents, refusals, whole = {}, {name: {} for name in CASES}, []
    for options, cases in ((TIMED, FLOW_CASES), ([], OTHER_CASES)):
        ledger = folder / str(len(cases))
        paths = [written(folder / f"{name}.csv.gz", case.data) for name, case in cases.items()]
        *files, sealed = said("ledger", "import", *paths, "--into", ledger, *options)
        documents |= dict(zip(cases, files, strict=True))
        whole.append((files, sealed))
        for one in said("ledger", "rejects", ledger):
            refusals[one["name"].removesuffix(".csv.gz")][one["locator"]] = one["rule"]
    return documents, refusals, whole


@pytest.mark.parametrize("name", CASES)
def test_every_row_is_kept_set_aside_or_refused_with_its_line(outcome, name):
    case, (documents, refusals, _whole) = CASES[name], outcome
    found = documents[name]
    assert refusals[name] == case.rejects
    assert found["rejects"] == Counter(case.rejects.values())
    assert sum(found["set_aside"].values()) == case.zeros
    assert (found["rows_in"], found["rows_kept"]) == (case.rows, case.rows - len(case.rejects) - case.zeros)
    assert {asset: int(total) for asset, total in found["sums"].items()} == case.sums
    assert ("the file has no rows" in found["notes"]) is (case.rows == 0)


def test_the_sealed_sums_add_up(outcome):
    for files, sealed in outcome[2]:
        assert sealed["rows"] == sum(one["transfers"] for one in files)
        assert sealed["movements"] == sealed["rows"] - sealed["repeated"] - sealed["dropped"]


def test_an_absent_amount_is_a_stated_gap(tmp_path):
    path = written(tmp_path / "x.csv", f"a,b,usd\n{A},{B},\n{A},{B},2\n")
    _file, sealed = said("ledger", "import", path, "--into", tmp_path / "ledger", *FLOWS)
    assert (sealed["rows"], sealed["dropped"], sealed["movements"]) == (2, 1, 1)
    assert sum(said("ledger", "show", tmp_path / "ledger")[-1]["gaps"].values()) == 1


@pytest.mark.parametrize("tail", [0, 1, 2, 3])
def test_a_gzip_that_is_cut_keeps_all_whole_rows(tmp_path, tail):
    """Rows are worth 1.25, 2.25, ...: their number tells their sum."""
    text = "a,b,usd\n" + "".join(f"{A},{B},{n}.25\n" for n in range(1, 20_001))
    packed = gzip.compress(text.encode())
    packed = packed[: len(packed) * (tail + 1) // 5]
    path = written(tmp_path / "x.csv.gz", packed)
    found, _sealed = said("ledger", "import", path, "--into", tmp_path / "ledger", *FLOWS)
    kept, whole = found["rows_kept"], zlib.decompressobj(31).decompress(packed).count(b"\n") - 1
    assert (found["rejects"], found["rows_in"]) == ({"truncated_file": 1}, kept + 1)
    assert found["first_rejects"]["truncated_file"].startswith(f"{kept + 1}: ")
    assert found["sums"] == {USD: str(50 * kept * (kept + 1) + 25 * kept)}
    assert kept == whole


def test_damaged_rows_of_parquet_are_each_a_reject(tmp_path):
    table = pa.table({"a": [A] * 5000, "b": [B] * 5000, "usd": [str(n) for n in range(1, 5001)]})
    pq.write_table(table, tmp_path / "x.parquet", row_group_size=1000, use_dictionary=False)
    data = bytearray((tmp_path / "x.parquet").read_bytes())
    start = pq.read_metadata(tmp_path / "x.parquet").row_group(2).column(2).data_page_offset
    data[start + 40 : start + 140] = bytes(range(100))
    path = written(tmp_path / "y.parquet", bytes(data))
    found, _sealed = said("ledger", "import", path, "--into", tmp_path / "ledger", *FLOWS)
    assert (found["rows_in"], found["rows_kept"], found["rejects"]) == (5000, 4000, {"damaged_rows": 1000})
    assert found["sums"] == {USD: str(100 * (sum(range(1, 2001)) + sum(range(3001, 5001))))}


PARQUET = b"PAR1" + bytes(100) + b"PAR1"
UNREADABLE = {
    "empty": (b"", "", "empty"),
    "blank": (b"\n \n", "", "empty"),
    "binary": (bytes(range(256)) * 40, "", ""),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(200)), "", ""),
    "zip": (b"PK\x03\x04" + bytes(30), "", "ZIP"),
    "UTF-16": ((HEADER + row(1)).encode("utf-16"), "", "UTF-16"),
    "UTF-16 without mark": ((HEADER + row(1)).encode("utf-16-be"), "", "UTF-16"),
    "gzip cut in its head": (gzip.compress(HEADER.encode() * 99)[:14], "", "damaged"),
    "gzip in name and mark only": (b"\x1f\x8b" + HEADER.encode(), "", "damaged"),
    "Parquet cut off": (PARQUET[:-20], "footer is damaged", "download"),
    "Parquet of nonsense": (PARQUET, "footer is damaged", "download"),
    "column that lacks": ("a,c,usd,t\n" + row(1), "", ""),
    "column twice": ("a,b,usd,usd,t\n", "2 times", "Rename"),
    "delimiter and nothing else": ("sep=;\n", "", ""),
    "JSON document": ('[{"a": 1}]', "", "JSON lines"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("options", [TIMED, []], ids=["flows", "any format"])
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path, name, options):
    data, why, hint = UNREADABLE[name]
    if name == "column twice" and not options:
        why = hint = ""  # it fits no format, whatever its header
    path = written(tmp_path / "x.csv", data)
    refused("ledger", "import", path, "--into", tmp_path / "ledger", *options, why=why, hint=hint)
    assert not (tmp_path / "ledger" / "manifest.json").exists()


def test_a_column_that_a_format_must_have_is_named(tmp_path):
    path = written(tmp_path / "x.csv", TOKENS.replace("to_address,", ""))
    into = ["--into", tmp_path / "ledger"]
    refused("ledger", "import", path, *into, why="no known format", hint="ethereum-etl/token_transfers")
    name = ["--format", "ethereum-etl/token_transfers"]
    refused("ledger", "import", path, *into, *name, why="no column to_address", hint="from_address")


def test_one_file_that_cannot_be_read_stops_all_before_anything_is_done(tmp_path):
    good, bad = written(tmp_path / "good.csv", TOKENS + token(1, 1)), written(tmp_path / "bad.csv", "x\n")
    refused("ledger", "import", good, bad, "--into", tmp_path / "ledger", why="bad.csv")
    assert not (tmp_path / "ledger" / "parts").exists()


def test_look_alikes_stay_apart(tmp_path):
    """Same first six and last four digits: what one was paid, another cannot have passed on."""
    first, second = (f"0x123456{mark * 30}9abc" for mark in "de")
    flows = f"a,b,usd\n{A},{first},10\n{first},{B},10\n{second},{C},10\n"
    said("ledger", "import", written(tmp_path / "x.csv", flows), "--into", tmp_path / "ledger", *FLOWS)
    (found,) = said("trace", "--from", A, "--ledger", tmp_path / "ledger", "--html", "-", "--json")
    assert {end["address"] for end in found["endpoints"]} == {B}
    refused("trace", "--from", "0x123456", "--ledger", tmp_path / "ledger", why="no address", hint="whole")
