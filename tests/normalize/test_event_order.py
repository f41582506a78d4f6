"""What orders and routes say of the accounts that they name."""

import pytest
from tests.data.decoded import events_of
from tests.data.event_log import COIN, address, log, token

from bongsu.normalize.event_order import ORDERS

SELL, BUY = address("sell"), address("buy")
USER, MAKER, SHOP = address("user"), address("maker"), address("shop")
MARK = "0x" + "ee" * 20
KYBER = "0x6131b5fae19ea4f9d964eac0408e4408b66337b5"


def told(text, values, emitter=SHOP):
    names = ("account", "receiver", "venue", "given_asset", "given", "received_asset", "received")
    return [tuple(one[name] for name in names) for one in events_of(log(text, emitter, values))]


def test_0x_names_the_taker_of_a_route():
    text = (
        "TransformedERC20(address indexed taker, address inputToken, address outputToken,"
        " uint256 inputAmount, uint256 outputAmount)"
    )
    values = {"taker": USER, "inputToken": SELL, "outputToken": MARK, "inputAmount": 5, "outputAmount": 7}
    assert told(text, values) == [(USER, None, "", token(SELL), 5, COIN, 7)]


@pytest.mark.parametrize(
    "text",
    [
        "RfqOrderFilled(bytes32 orderHash, address maker, address taker, address makerToken,"
        " address takerToken, uint128 takerAmount, uint128 makerAmount, bytes32 pool)",
        "OtcOrderFilled(bytes32 orderHash, address maker, address taker, address makerToken,"
        " address takerToken, uint128 makerAmount, uint128 takerAmount)",
        "LimitOrderFilled(bytes32 orderHash, address maker, address taker, address feeRecipient,"
        " address makerToken, address takerToken, uint128 takerAmount, uint128 makerAmount,"
        " uint128 takerFee, uint256 protocolFee, bytes32 pool)",
    ],
)
def test_a_maker_is_a_venue_and_an_account(text):
    values = {
        "maker": MAKER,
        "makerToken": BUY,
        "takerToken": SELL,
        "takerAmount": 5,
        "makerAmount": 7,
        "takerFee": 1,
    }
    assert told(text, values) == [
        (None, None, MAKER, token(SELL), 5, token(BUY), 7),
        (MAKER, None, "", token(BUY), 7, token(SELL), 5),
    ]


def test_cow_names_the_owner_of_each_order():
    text = (
        "Trade(address indexed owner, address sellToken, address buyToken, uint256 sellAmount,"
        " uint256 buyAmount, uint256 feeAmount, bytes orderUid)"
    )
    values = {"owner": USER, "sellToken": SELL, "buyToken": BUY, "sellAmount": 5, "buyAmount": 7, "fee": 1}
    assert told(text, values) == [(USER, None, "", token(SELL), 5, token(BUY), 7)]


@pytest.mark.parametrize(
    ("name", "more"), [("SwappedV3", ""), ("BoughtV3", ""), ("SwappedDirect", "uint8 kind, ")]
)
def test_paraswap_names_who_began_and_who_gets(name, more):
    text = (
        f"{name}(bytes16 uuid, address partner, uint256 feePercent, address initiator, {more}address indexed"
        " beneficiary, address indexed srcToken, address indexed destToken, uint256 srcAmount,"
        " uint256 receivedAmount, uint256 expectedAmount)"
    )
    values = {
        "initiator": USER,
        "beneficiary": MAKER,
        "srcToken": SELL,
        "destToken": BUY,
        "srcAmount": 5,
        "receivedAmount": 7,
        "kind": 2,
    }
    assert told(text, values) == [(USER, MAKER, "", token(SELL), 5, token(BUY), 7)]


def test_kyberswap_is_surer_at_its_own_contract():
    text = (
        "Swapped(address sender, address srcToken, address dstToken, address dstReceiver,"
        " uint256 spentAmount, uint256 returnAmount)"
    )
    values = {"sender": USER, "srcToken": MARK, "dstToken": BUY, "dstReceiver": USER}
    values |= {"spentAmount": 5, "returnAmount": 7}
    assert told(text, values) == [(USER, USER, "", COIN, 5, token(BUY), 7)]
    sure, stated = (events_of(log(text, emitter, values))[0]["confidence"] for emitter in (KYBER, SHOP))
    assert sure > stated


def test_tokenlon_pays_the_user_less_than_the_maker_paid():
    text = (
        "FillOrder(string source, bytes32 indexed transactionHash, bytes32 indexed orderHash,"
        " address indexed userAddr, address takerAssetAddr, uint256 takerAssetAmount, address makerAddr,"
        " address makerAssetAddr, uint256 makerAssetAmount, address receiverAddr, uint256 settleAmount,"
        " uint16 feeFactor)"
    )
    values = {
        "userAddr": USER,
        "takerAssetAddr": SELL,
        "takerAssetAmount": 5,
        "makerAddr": MAKER,
        "makerAssetAddr": BUY,
        "makerAssetAmount": 8,
        "receiverAddr": USER,
        "settleAmount": 7,
    }
    assert told(text, values) == [
        (USER, USER, "", token(SELL), 5, token(BUY), 7),
        (None, None, MAKER, token(SELL), 5, token(BUY), 8),
        (MAKER, None, "", token(BUY), 8, token(SELL), 5),
    ]


def test_a_sum_of_a_route_is_no_venue():
    for one in ORDERS:
        assert all(bool(leg.account) != bool(leg.venue) for leg in one.legs)
