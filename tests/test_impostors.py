"""Fake tokens and look-alike addresses around a real theft: known by whole contract and whole address.

The contracts and the accounts are real, of the Bybit theft of 2025; the movements of tokens are made.
"""

import csv
import gzip
from collections import defaultdict
from shutil import copytree

import pytest
from tests.data.acceptance import CONSERVING, amounts, check_balance, ends_of, import_all, payments, traced

from bongsu.app.jobs.facts import import_labels
from bongsu.app.jobs.lead import lead_of
from bongsu.app.jobs.ledger_show import list_rejects, show_ledger
from bongsu.facts.load import asset_of
from bongsu.model.asset import ETHER, ETHEREUM
from bongsu.store.ledger import open_ledger

GENUINE = {
    # contract as its issuer publishes it, and its decimals; the published list of tokens has others
    "0xdac17f958d2ee523a2206206994597c13d831ec7": ("USDT", 6),
    "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48": ("USDC", 6),
    "0x6b175474e89094c44da98b954eedeac495271d0f": ("DAI", 18),
    "0xae7ab96520de3a18e5e111b5eaab095312d7fe84": ("stETH", 18),
    "0xd5f7838f5c461feff7fe49ea5ebaf7728bb0adfa": ("mETH", 18),
    "0xe6829d9a7ee3040e1276fa75293bde931859e8fa": ("cmETH", 18),
    "0x514910771af9ca656af840dff83e8264ecf986ca": ("LINK", 18),
    "0x3432b6a60d23ca0dfca7761b7ab56459d9c964d0": ("FXS", 18),
    "0x06450dee7fd2fb8e39061434babcfc05599a6fb8": ("XEN", 18),
}
VICTIM, THIEF, FENCE, LAST = (f"0x{digit * 40}" for digit in "1234")
STOLEN, PASSED = 10**20, 7 * 10**19
TOKEN_COLUMNS = "token_address,from_address,to_address,value,transaction_hash,log_index,block_number"
COIN_COLUMNS = (
    "hash,block_number,transaction_index,from_address,to_address,value,gas_price,input,receipt_gas_used"
)


def token_id(contract):
    return f"{ETHEREUM}/erc20:{contract}"


@pytest.fixture(scope="module")
def listed(onchain):
    """Symbol by contract, as somebody saw them."""
    with (onchain / "bybit_2025" / "decimals_processed.csv").open(encoding="utf-8") as file:
        return {row["contractAddress"]: row["tokenSymbol"] for row in csv.DictReader(file)}


def plain_letters(symbol):
    """The symbol with Cyrillic letters that look Latin replaced, upper case: what a person reads."""
    return symbol.translate(str.maketrans("ЕТНАІѕт", "ETHAIST")).rstrip(".").upper()


@pytest.fixture(scope="module")
def impostors(listed):
    """Contracts that read like a coin or a genuine token and are not it."""
    meant = {"ETH", *(symbol.upper() for symbol, _decimals in GENUINE.values())}
    return {c for c, symbol in listed.items() if c not in GENUINE and plain_letters(symbol) in meant}


def test_contracts_alone_tell_genuine_tokens(listed, impostors):
    assert len(listed) == 69
    assert {contract for contract in listed if asset_of(token_id(contract))} == set(GENUINE)
    assert all(asset_of(token_id(c)).decimals == decimals for c, (_symbol, decimals) in GENUINE.items())
    assert len(impostors) > 20
    same_name = {contract for contract in impostors if listed[contract] in ("stETH", "ETH", "DAI")}
    assert len(same_name) > 10


@pytest.fixture(scope="module")
def document(listed, tmp_path_factory):
    """Trace where the thief takes and passes on coins, and as much of every token on the list."""
    folder = tmp_path_factory.mktemp("tokens")
    ways = [(VICTIM, THIEF, STOLEN), (THIEF, FENCE, STOLEN), (FENCE, LAST, PASSED)]
    rows, coins = [TOKEN_COLUMNS], [COIN_COLUMNS]
    for step, (payer, payee, value) in enumerate(ways):
        for place, contract in enumerate(listed):
            rows.append(f"{contract},{payer},{payee},{value},0x{step:064x},{place},{21_900_000 + step}")
        coins.append(f"0x{step:064x},{21_900_000 + step},0,{payer},{payee},{value},0,0x,21000")
    (folder / "tokens.csv").write_text("\n".join(rows) + "\n")
    (folder / "coins.csv").write_text("\n".join(coins) + "\n")
    ledger = import_all(folder / "ledger", [folder / "tokens.csv", folder / "coins.csv"], format="")
    moved = {row["asset"] for row in open_ledger(ledger).pools().to_pylist()}
    assert moved == {ETHER.id, *map(token_id, listed)}
    return traced(ledger, lead_of([], [THIEF], []))


def test_no_impostor_counts_as_value_in_a_trace(document, impostors):
    check_balance(document)
    counted = {ETHER.id, *map(token_id, GENUINE)}
    for policy in ("poison", *CONSERVING):
        assert document["stolen"][policy] == dict.fromkeys(sorted(counted), str(STOLEN))
        assert set(document["conservation"][policy]["held"]) <= counted
    assert {end["asset"] for end in document["endpoints"]} == counted
    assert {flow["asset"] for flow in document["flows"]} == counted
    assert not counted & set(map(token_id, impostors))
    held = {(end["address"], end["amount"]["fifo"]) for end in document["endpoints"]}
    assert held == {(FENCE, str(STOLEN - PASSED)), (LAST, str(PASSED))}


def test_every_token_that_does_not_count_is_named(document, listed):
    named = {one["subject"] for one in document["findings"] if one["what"] == "unknown_token"}
    assert named == {token_id(contract) for contract in listed if contract not in GENUINE}


def test_an_export_with_symbols_does_not_make_impostors_genuine(listed, tmp_path):
    """Etherscan prints decimal amounts and symbols: only a known contract says how many units one is."""
    head = "Txhash,Blockno,UnixTimestamp,DateTime (UTC),From,To,TokenValue,USDValueDayOfTx,ContractAddress"
    lines = [head + ",TokenName,TokenSymbol"]
    for n, (contract, symbol) in enumerate(listed.items()):
        row = f"0x{n:064x},21900000,1740147000,2025-02-21 14:10:00,{VICTIM},{THIEF},1.5,$1.50,{contract}"
        lines.append(f'{row},"{symbol}","{symbol}"')
    (tmp_path / "export.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ledger = import_all(tmp_path / "ledger", [tmp_path / "export.csv"], format="")
    *_more, source, _whole = show_ledger(ledger)
    units = {token_id(c): str(15 * 10 ** (decimals - 1)) for c, (_symbol, decimals) in GENUINE.items()}
    assert source["sums"] == units
    refused = list(list_rejects(ledger, rule="unknown_decimals"))
    assert len(refused) == len(listed) - len(GENUINE) == source["rejects"]["unknown_decimals"]


@pytest.fixture(scope="module")
def edges(onchain):
    """Edges of the published graph that touch a real look-alike pair: (payer, payee, units)."""
    with gzip.open(onchain / "bybit_2025" / "edges.csv.gz", "rt") as file:
        rows = [(row["source"], row["target"], int(row["weight_raw"])) for row in csv.DictReader(file)]
    paired = set().union(*pairs_of(rows))
    return [row for row in rows if row[2] and paired & {row[0], row[1]}]


def pairs_of(rows):
    """Accounts that share the first six and the last four digits, two and more."""
    groups = defaultdict(set)
    for account in {end for row in rows for end in row[:2]}:
        groups[account[:8], account[-4:]].add(account)
    return [group for group in groups.values() if len(group) > 1]


@pytest.fixture(scope="module")
def paths(edges, tmp_path_factory):
    """Ledger of those edges, and the file; the order is made up, for the graph states none."""
    folder = tmp_path_factory.mktemp("pairs")
    lines = [f"{n},{payer},{payee},{units}" for n, (payer, payee, units) in enumerate(edges)]
    (folder / "edges.csv").write_text("\n".join(["block,from,to,value", *lines]) + "\n")
    columns = {name: name for name in ("block", "from", "to", "value")}
    return import_all(
        folder / "ledger", [folder / "edges.csv"], format="flows", columns=columns, unit="RAW:0"
    )


def test_real_look_alikes_stay_apart_in_the_ledger(edges, paths):
    assert len(pairs_of(edges)) > 20
    assert sorted(payments(paths)) == sorted(edges)
    holders = open_ledger(paths).pools()["holder"].to_pylist()
    assert sorted(holders) == sorted({end for row in edges for end in row[:2]})


def test_a_trace_ends_at_each_look_alike_with_its_own_amount(edges, paths):
    paid = defaultdict(int)
    for _payer, payee, units in edges:
        paid[payee] += units
    payers = {payer for payer, _payee, _units in edges}
    pairs = [pair for pair in pairs_of(edges) if pair <= set(paid) - payers]
    assert len(pairs) > 5
    document = traced(paths, lead_of([], sorted(payers), []))
    check_balance(document)
    alike = {one["subject"]: one["why"][0] for one in document["findings"] if one["what"] == "look_alike"}
    for pair in pairs:
        for account in pair:
            (other,) = pair - {account}
            assert ends_of(document)[account]["amount"]["fifo"] == str(paid[account])
            assert other in alike[account]


def test_a_label_is_of_the_whole_address(edges, paths, tmp_path):
    """The genuine account of a pair is a labeled service; the one made to look like it is not."""
    ledger = copytree(paths, tmp_path / "ledger")
    payers = {payer for payer, _payee, _units in edges}
    paid = {payee for _payer, payee, _units in edges}
    genuine, fake = sorted(min(pair for pair in map(sorted, pairs_of(edges)) if set(pair) <= paid - payers))
    (tmp_path / "labels.csv").write_text(
        f"address,chain,category,name\n{genuine},eip155:1,exchange,Example\n"
    )
    list(import_labels([tmp_path / "labels.csv"], ledger))
    document = traced(ledger, lead_of([], sorted(payers), []))
    stops = {address: end["stop"] for address, end in ends_of(document).items()}
    assert (stops[genuine], stops[fake]) == ("service", "unspent")
    assert amounts(document, "fifo") == amounts(traced(paths, lead_of([], sorted(payers), [])), "fifo")
