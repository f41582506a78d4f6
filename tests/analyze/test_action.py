import pytest
from tests.data.ledger_rows import CHAIN
from tests.data.trace_case import TOKEN, USD, label

from bongsu.analyze.action import actions_at, issuer_actions, service_actions
from bongsu.model.asset import ETHER, Asset
from bongsu.model.issuer import Issuer
from bongsu.model.service import Service

COIN = Asset(id=TOKEN, symbol="T", decimals=6, valuation=False)


def issuer(**other):
    plain = {
        "id": "mint", "assets": (TOKEN,), "symbol": "T", "decimals": 6, "legal_entity": "Mint Ltd",
        "country": "VG", "entity_note": "", "can_freeze": True, "can_burn_reissue": True,
        "route": "le@mint.example", "authority": "a court order", "source": "test", "confidence": 90,
    }  # fmt: skip
    return Issuer(**plain | other)


def service(**other):
    plain = {
        "id": "swap-house", "name": "Swap House", "category": "exchange", "legal_entity": "House Inc",
        "country": "KR", "entity_note": "", "custodial": True, "actions": ("account_hold",),
        "route": "le@house.example", "authority": "", "source": "test", "confidence": 90, "valid_from": None,
        "valid_to": None,
    }  # fmt: skip
    return Service(**plain | other)


def kinds(stop, asset=ETHER, tag=None, services=(), issuers=None):
    found = actions_at(
        stop,
        asset,
        tag,
        services={one.id: one for one in services},
        issuers={TOKEN: issuer()} | (issuers or {}),
    )
    return [(one.kind, one.by) for one in found]


def test_an_issuer_can_freeze_its_own_contract_only():
    frozen = [("issuer_freeze", "Mint Ltd")]
    assert kinds("unspent", COIN) == frozen
    assert kinds("mixer", COIN) == frozen
    other = Asset(id=CHAIN + "/erc20:0x" + "cd" * 20, symbol="T", decimals=6, valuation=False)
    assert kinds("unspent", other) == [("monitor", "the investigator")]
    assert kinds("unspent", COIN, issuers={TOKEN: issuer(can_freeze=False)}) == [
        ("monitor", "the investigator")
    ]
    elsewhere = Asset(id=TOKEN.replace("eip155:1/", "eip155:10/"), symbol="T", decimals=6, valuation=False)
    assert kinds("hops", elsewhere) == []


def test_a_freeze_says_who_where_and_on_what_authority():
    freeze = issuer_actions(TOKEN, {TOKEN: issuer()})[0]
    assert (freeze.entity, freeze.country, freeze.route) == ("mint", "VG", "le@mint.example")
    assert freeze.authority == "a court order"
    assert freeze.voluntary
    nameless = issuer_actions(TOKEN, {TOKEN: issuer(legal_entity=None, authority="")})[0]
    assert nameless.by == "mint"
    assert nameless.authority.startswith("not stated")


def test_a_coin_that_nobody_holds_for_others_is_watched():
    assert kinds("unspent") == kinds("ledger_end") == [("monitor", "the investigator")]
    assert kinds("hops") == kinds("window_end") == kinds("likely_service") == []


@pytest.mark.parametrize("stop", ["burn", "fee"])
def test_what_is_burned_or_paid_as_fee_is_gone(stop):
    assert kinds(stop, COIN, label("x", "exchange", entity="swap-house"), [service()]) == []


def test_a_published_value_has_no_issuer():
    assert kinds("service", USD, issuers={USD.id: issuer()}) == []


def test_a_service_does_what_its_facts_say():
    tag = label("x", "exchange", entity="swap-house")
    both = service(actions=("account_hold", "delist", "none"))
    assert kinds("service", tag=tag, services=[both]) == [
        ("account_hold", "House Inc"),
        ("delist", "House Inc"),
    ]
    assert kinds("service", COIN, tag, [service()]) == [
        ("account_hold", "House Inc"),
        ("issuer_freeze", "Mint Ltd"),
    ]
    assert kinds("bridge", tag=tag, services=[service(actions=("delist",))]) == [("delist", "House Inc")]
    assert kinds("service", tag=tag, services=[service(actions=("none",))]) == []
    assert kinds("unspent", tag=tag, services=[service()]) == [("monitor", "the investigator")]
    assert service_actions(tag, service(legal_entity=None))[0].by == "Swap House"


def test_a_service_without_facts_is_asked_by_the_name_on_its_label():
    tag = label("x", "exchange", name="Some Exchange", entity="unheard-of")
    assert kinds("service", tag=tag) == [("account_hold", "Some Exchange")]
    assert kinds("bridge", tag=label("x", "bridge", name="Some Bridge")) == []
    hold = service_actions(tag, None)[0]
    assert (hold.entity, hold.country, hold.route) == ("unheard-of", None, "")
    assert "order of a court" in hold.authority
