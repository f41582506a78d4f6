"""THORChain's memos: the documentation's examples, either side, and what is no memo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.facts import load_bridges
from bongsu.model.asset import BITCOIN, BITCOIN_COIN, ETHER
from bongsu.normalize.fault import Fault
from bongsu.normalize.thorchain_memo import ANSWERS, CHAINS, FUNCTIONS, INTERNAL, Memo, parse_memo

TO = "0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0"
USDT = "0xdac17f958d2ee523a2206206994597c13d831ec7"
HASH = "8330CAC064370F86352D247DE3046C9AA8C3E53C78760E5D35CFC7CAA3068DC6"
THOR = "cosmos:thorchain-1"

SWAPS = [
    (f"SWAP:ETH.ETH:{TO}", Memo(function="swap", asset="ETH.ETH", address=TO)),
    (f"SWAP:ETH.ETH:{TO}:10000000", Memo(function="swap", asset="ETH.ETH", address=TO, limit=10_000_000)),
    (
        f"s:ETH.ETH:{TO}:1e6/3/0:t:10",
        Memo(
            function="swap",
            asset="ETH.ETH",
            address=TO,
            limit=1_000_000,
            interval=3,
            quantity=0,
            affiliates=(("t", 10),),
        ),
    ),
    (
        "=:r:thor1el4ufmhll3yw7zxzszvfakrk66j7fx0tvcslym:19779138111",
        Memo(
            function="swap",
            asset="THOR.RUNE",
            address="thor1el4ufmhll3yw7zxzszvfakrk66j7fx0tvcslym",
            limit=19_779_138_111,
        ),
    ),
    (
        f"=:b:bc1q6527vxxqjpq80la2l0sw7hay3lj6dz07zs6gzl/{TO}",
        Memo(
            function="swap",
            asset="BTC.BTC",
            address="bc1q6527vxxqjpq80la2l0sw7hay3lj6dz07zs6gzl",
            refund_address=TO,
        ),
    ),
    (
        f"SWAP:ETH.USDT-{USDT.upper()}:{TO}::thor1x/ss:10/20",
        Memo(
            function="swap",
            asset=f"ETH.USDT-{USDT}",
            address=TO,
            affiliates=(("thor1x", 10), ("ss", 20)),
        ),
    ),
    ("=:e:dx:161e6:t:10", Memo(function="swap", asset="ETH.ETH", address="dx", limit=161_000_000,
                               affiliates=(("t", 10),))),
    ("$+:BSC.BUSD:x", Memo(function="loan_open", asset="BSC.BUSD", address="x")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "memo"), SWAPS, ids=lambda value: value[:24] if isinstance(value, str) else ""
)
def test_who_pays_in_says_asset_and_address(text, memo):
    assert parse_memo(text) == memo


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("ADD:BTC.BTC", "add"),
        ("+:BTC/BTC::t:10", "add"),
        ("a:ETH.ETH:thor1x", "add"),
        ("wd:BTC/BTC:1000", "withdraw"),
        ("-:ETH/ETH:5000", "withdraw"),
        ("DONATE:ETH.ETH", "donate"),
        ("BOND:thor1x", "bond"),
        ("RESERVE", "reserve"),
        ("LEAVE:thor1x", "leave"),
        ("TRADE+:thor1x", "trade_add"),
        ("NOOP:NOVAULT", "noop"),
        ("~:name:BTC:x", "name"),
    ],
)
def test_other_functions_are_told(text, function):
    assert parse_memo(text).function == function


def test_who_pays_out_names_the_payment_in():
    for word in ("OUT", "REFUND", "out"):
        found = parse_memo(f"{word}:{HASH}")
        assert (found.function, found.inbound) == (word.lower(), HASH)
    assert parse_memo(f"OUT:0x{HASH.lower()}").inbound == HASH
    assert {parse_memo(f"OUT:{HASH}").function, parse_memo(f"REFUND:{HASH}").function} == ANSWERS


def test_vaults_pay_each_other():
    assert parse_memo("MIGRATE:3494355") == Memo(function="migrate", height=3_494_355)
    assert parse_memo("YGGDRASIL+:12").function in INTERNAL
    assert parse_memo("consolidate").function == "consolidate"


@pytest.mark.parametrize(
    ("text", "chain", "asset"),
    [
        (f"=:ETH.USDT-{USDT}:{TO}", "eip155:1", f"eip155:1/erc20:{USDT}"),
        (f"=:ETH.USDT-ec7:{TO}", "eip155:1", None),
        (f"=:ETH.USDT:{TO}", "eip155:1", None),
        (f"=:e:{TO}", "eip155:1", ETHER.id),
        ("=:b:bc1q", BITCOIN, BITCOIN_COIN.id),
        (f"=:BSC.BNB:{TO}", "eip155:56", "eip155:56/slip44:714"),
        ("=:BTC/BTC:thor1x", THOR, None),
        ("=:BTC~BTC:thor1x", THOR, None),
        ("=:BCH.BCH:x", None, None),
        ("=:LTC.LTC:ltc1x", "bip122:12a765e31ffd4059bada1e25190f6e98", None),
    ],
)
def test_an_abbreviation_leaves_the_contract_open(text, chain, asset):
    found = parse_memo(text)
    assert (found.chain, found.asset_id) == (chain, asset)


@pytest.mark.parametrize(
    "text",
    ["", ":", "=", "=:", "hello", "https://example.org", "OUT", "OUT:12", "SWAP:nothing:x", "=:::", "12:30",
     f"SWAP:ETH.ETH:{'x' * 250}", "add:who knows:x"],
)  # fmt: skip
def test_what_is_no_memo_is_a_fault(text):
    assert isinstance(parse_memo(text), Fault)


@given(st.text(max_size=260))
def test_any_text_is_a_memo_or_a_fault(text):
    found = parse_memo(text)
    assert isinstance(found, Fault) or found.function in FUNCTIONS


@given(
    st.sampled_from(["=", "SWAP", "s"]), st.integers(0, 10**18), st.integers(0, 50), st.integers(0, 10_000)
)
def test_numbers_come_back(word, limit, interval, fee):
    found = parse_memo(f"{word}:BTC.BTC:bc1q:{limit}/{interval}/1:t:{fee}")
    assert (found.limit, found.interval, found.affiliates) == (limit, interval, (("t", fee),))


def test_chains_are_those_of_the_facts():
    assert {c.number: c.chain for c in load_bridges()["thorchain"].chains} == CHAINS
