"""What ships: counts, known facts, and look-ups."""

import csv
from datetime import date, datetime

import pyarrow as pa
import pytest

from bongsu.errors import FactsError
from bongsu.facts import load
from bongsu.facts.document import DATA
from bongsu.facts.load import (
    asset_of,
    find_incident,
    is_genuine,
    load_assets,
    load_incidents,
    load_issuers,
    load_labels,
    load_movements,
    load_sanctions,
    load_services,
    nearest_hint,
)
from bongsu.model.asset import BITCOIN, BITCOIN_COIN, ETHER
from bongsu.model.incident import INCIDENT
from bongsu.model.label import CATEGORIES, CUSTODIAL, LABEL

STETH = "eip155:1/erc20:0xae7ab96520de3a18e5e111b5eaab095312d7fe84"


def test_asked_for_incidents_ship():
    incidents = load_incidents()
    wanted = {"atomic-wallet-2023", "ronin-2022", "harmony-2022", "bybit-2025", "wazirx-2024", "dmm-2024"}
    assert wanted | {"bitfinex-2016"} <= set(incidents)
    assert all(incidents[slug].dprk and incidents[slug].attribution for slug in wanted)
    assert incidents["bitfinex-2016"].dprk is False
    assert incidents["radiant-2024"].addresses_established is False


def test_ronin_theft_is_two_transactions():
    ronin = load_incidents()["ronin-2022"]
    assert [tx.tx_hash[:10] for tx in ronin.transactions] == ["0xc28fad5e", "0xed2c72ef"]
    assert [found.address for found in ronin.sources] == ["0x098b716b8aaf21512996dc57eb0615e2383e2f96"]
    assert ronin.attribution[0].when == date(2022, 4, 14)


def test_incidents_fit_their_arrow_schema():
    def row(incident):
        fields = {name: getattr(incident, name) for name in INCIDENT.names}
        for name in ("attribution", "amounts", "sources", "related", "transactions"):
            fields[name] = [
                {key: getattr(part, key) for key in part.__dataclass_fields__} for part in fields[name]
            ]
        return fields

    rows = [row(incident) for incident in load_incidents().values()]
    table = pa.Table.from_pylist(rows, schema=INCIDENT)
    assert table.num_rows == len(rows)
    table.validate(full=True)


def test_labels_fit_their_arrow_schema_and_name_known_services():
    labels = load_labels()
    rows = [{name: getattr(label, name) for name in LABEL.names} for label in labels]
    pa.Table.from_pylist(rows, schema=LABEL).validate(full=True)
    services = load_services()
    assert {label.entity for label in labels if label.entity} <= set(services)
    assert {label.category for label in labels} <= set(CATEGORIES)
    assert all(label.source and label.license for label in labels)
    assert sum(label.category in CUSTODIAL for label in labels) >= 60


def test_hot_wallets_routers_pools_and_burns_are_labeled():
    named = {(label.chain, label.address): label for label in load_labels() if label.entity}
    expected = {
        ("eip155:1", "0x28c6c06298d514db089934071355e5743bf21d60"): ("binance", "exchange"),
        ("eip155:1", "0xd37bbe5744d730a1d98d8dc97c42f0ca46ad7146"): ("thorchain", "bridge"),
        ("eip155:1", "0x1a2a1c938ce3ec39b6d47113c7955baa9dd454f2"): ("ronin-bridge", "bridge"),
        ("eip155:1", "0xa160cdab225685da1d56aa342ad8841c3b53f291"): ("tornado-cash", "mixer"),
        ("eip155:1", "0xe592427a0aece92de3edee1f18e0157c05861564"): ("uniswap", "dex"),
        ("eip155:*", "0x000000000000000000000000000000000000dead"): ("burn", "burn"),
        ("tron:0x2b6653dc", "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"): ("burn", "burn"),
        (BITCOIN, "34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo"): ("binance", "exchange"),
    }
    assert {key: (named[key].entity, named[key].category) for key in expected} == expected


def test_tornado_cash_was_listed_and_delisted():
    pool = "0x910cbd523d972eb0a6f4cae4618ad62622b39dbf"
    (found,) = [s for s in load_sanctions() if s.address == pool]
    assert (found.listed, found.delisted) == (date(2022, 8, 8), date(2025, 3, 21))
    (label,) = [x for x in load_labels() if x.address == pool and x.category == "sanctioned"]
    assert label.valid_to == date(2025, 3, 21)


@pytest.mark.parametrize(
    ("subject", "listed"), [("Blender.io", date(2022, 5, 6)), ("Sinbad.io", date(2023, 11, 29))]
)
def test_mixers_still_listed(subject, listed):
    found = [s for s in load_sanctions() if s.subject == subject]
    assert found
    assert {(s.listed, s.delisted) for s in found} == {(listed, None)}


def test_ronin_thief_is_listed_in_three_steps():
    days = {s.listed for s in load_sanctions() if s.subject == "Lazarus Group"}
    assert days == {date(2022, 4, 14), date(2022, 4, 22), date(2022, 5, 6)}


def test_assets_hold_native_coins_and_true_decimals():
    assets = load_assets()
    assert assets[ETHER.id] == ETHER
    assert assets[BITCOIN_COIN.id] == BITCOIN_COIN
    assert assets[STETH].decimals == 18
    assert asset_of("eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48").decimals == 6
    assert asset_of("eip155:1/erc20:0x00") is None


def test_issuers_that_can_freeze():
    freezing = {issuer.symbol: issuer for issuer in load_issuers() if issuer.can_freeze}
    assert {"USDT", "USDC", "TUSD", "PYUSD", "USDP", "BUSD"} <= set(freezing)
    assert freezing["USDT"].country == "SV"
    assert any(asset.startswith("tron:") for asset in freezing["USDT"].assets)
    assert all(is_genuine(asset) for issuer in load_issuers() for asset in issuer.assets)


def test_tokens_around_a_theft_are_told_by_contract(onchain):
    """The dump names 69 tokens; its decimals are wrong in places and most are impostors."""
    with (onchain / "bybit_2025" / "decimals_processed.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    genuine = {row["tokenSymbol"] for row in rows if is_genuine(f"eip155:1/erc20:{row['contractAddress']}")}
    assert genuine == {"USDT", "stETH", "mETH", "cmETH", "USDC", "XEN", "LINK", "FXS", "DAI"}
    named = [row for row in rows if row["tokenSymbol"] in {"ETH", "stETH", "DAI", "mETH", "cmETH"}]
    real = [row for row in named if is_genuine(f"eip155:1/erc20:{row['contractAddress']}")]
    assert (len(rows), len(named), len(real)) == (69, 15, 4)
    assert {asset_of(f"eip155:1/erc20:{row['contractAddress']}").decimals for row in real} == {18}


def test_listed_facts_are_those_of_the_sources(onchain):
    path = onchain / "mftracer" / "atomic_wallet_2023" / "source addresses.csv"
    named = {line.strip().lower() for line in path.read_text().splitlines() if line.strip()}
    assert {found.address for found in load_incidents()["atomic-wallet-2023"].sources} == named
    with (onchain / "bitfinex_2016" / "bitfinex_tx_dataset.csv").open() as file:
        seeds = {row["txid"] for row in csv.DictReader(file)}
    assert {tx.tx_hash for tx in load_incidents()["bitfinex-2016"].transactions} == seeds


def test_returned_collections_are_the_callers_own():
    load_assets().clear()
    load_labels().clear()
    load_incidents().clear()
    assert load_assets()
    assert load_labels()
    assert load_incidents()


def test_unknown_slug_names_the_nearest():
    with pytest.raises(FactsError, match="bybit-2024") as caught:
        find_incident("bybit-2024")
    assert "bybit-2025" in caught.value.hint
    assert nearest_hint("zzz", ["b", "a"]) == "Known: a, b."
    assert nearest_hint("onin", ["ronin-2022"]) == "Did you mean ronin-2022?"


def test_movements_that_do_not_ship_are_an_error():
    with pytest.raises(FactsError, match="none ship"):
        load_movements("radiant-2024")
    with pytest.raises(FactsError, match="no fact file"):
        load_movements("no-such-case")


def test_movements_load_where_they_ship(monkeypatch, tmp_path):
    table = tmp_path / "movements" / "radiant-2024.csv"
    table.parent.mkdir()
    table.write_text("tx,block,time,from,to,cents\n0xa,1,2024-10-16 00:00:00,0xb,0xc,5\n")
    monkeypatch.setattr(load, "movement_path", lambda slug: table)
    shipped = dict.fromkeys(["radiant-2024"], type("Incident", (), {"sample": "radiant-2024"}))
    monkeypatch.setattr(load, "_incidents", lambda: shipped)
    assert load_movements("radiant-2024")["time"][0].as_py().date() == datetime(2024, 10, 16).date()  # noqa: DTZ001


def test_shipped_movements_belong_to_incidents():
    for path in (DATA / "movements").glob("*.csv"):
        assert load_incidents()[path.stem].sample == path.stem
        assert load_movements(path.stem).num_rows
