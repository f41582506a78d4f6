"""What pools say: amounts by the direction of the trade."""

import pytest
from tests.data.decoded import events_of, legs_of, normalized
from tests.data.event_log import COIN, address, log, token

from bongsu.normalize.event_pool import POOLS

POOL, TO = address("pool"), address("to")
V2 = (
    "Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out,"
    " uint256 amount1Out, address indexed to)"
)
V3 = (
    "Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1,"
    " uint160 price, uint128 liquidity, int24 tick)"
)
V4 = (
    "Swap(bytes32 indexed id, address indexed sender, int128 amount0, int128 amount1, uint160 price,"
    " uint128 liquidity, int24 tick, uint24 fee)"
)


def two_way(*amounts):
    names = ("amount0In", "amount1In", "amount0Out", "amount1Out")
    return log(V2, POOL, dict(zip(names, amounts, strict=True)) | {"to": TO})


@pytest.mark.parametrize(
    ("amounts", "slot", "given", "received"),
    [
        ((5, 0, 0, 7), 0, 5, 7),
        ((0, 5, 7, 0), 1, 5, 7),
        ((9, 2, 0, 7), 0, 9, 5),
        ((5, 0, 2, 7), 0, 3, 7),
        ((2**112 - 1, 0, 0, 2**112 - 1), 0, 2**112 - 1, 2**112 - 1),
    ],
)
def test_uniswap_v2_by_the_tokens_places(amounts, slot, given, received):
    (one,) = events_of(two_way(*amounts))
    assert (one["slot"], one["given"], one["received"]) == (slot, given, received)
    assert (one["account"], one["receiver"], one["venue"]) == (None, TO, POOL)


def test_a_loan_that_is_paid_back_in_the_same_token_trades_nothing():
    assert events_of(two_way(5, 0, 4, 0)) == []


@pytest.mark.parametrize(
    ("text", "protocol", "amounts"),
    [(V3, "uniswap-v3", (-3, 8)), (V3[:-1] + ", uint128 a, uint128 b)", "pancakeswap-v3", (-3, 8))],
)
def test_uniswap_v3_counts_from_the_pools_side(text, protocol, amounts):
    (one,) = events_of(log(text, POOL, {"amount0": amounts[0], "amount1": amounts[1], "recipient": TO}))
    assert (one["protocol"], one["slot"], one["given"], one["received"]) == (protocol, 1, 8, 3)
    assert one["receiver"] == TO


def test_uniswap_v4_counts_from_the_traders_side():
    (one,) = events_of(log(V4, POOL, {"amount0": -8, "amount1": 3}))
    assert (one["protocol"], one["slot"], one["given"], one["received"]) == ("uniswap-v4", 0, 8, 3)


@pytest.mark.parametrize(
    ("text", "protocol"),
    [
        (
            "TokenExchange(address indexed buyer, int128 sold_id, uint256 tokens_sold, int128 bought_id,"
            " uint256 tokens_bought)",
            "curve",
        ),
        (
            "TokenExchangeUnderlying(address indexed buyer, int128 sold_id, uint256 tokens_sold,"
            " int128 bought_id, uint256 tokens_bought)",
            "curve",
        ),
        (
            "TokenExchange(address indexed buyer, uint256 sold_id, uint256 tokens_sold,"
            " uint256 bought_id, uint256 tokens_bought, uint256 fee, uint256 packed_price_scale)",
            "curve",
        ),
        (
            "TokenSwap(address indexed buyer, uint256 tokens_sold, uint256 tokens_bought,"
            " uint128 sold_id, uint128 bought_id)",
            "saddle",
        ),
    ],
)
def test_curve_and_its_like(text, protocol):
    values = {"tokens_sold": 5, "tokens_bought": 7, "sold_id": 1}
    assert legs_of(text, POOL, values) == [(protocol, "swap", None, 5, None, 7)]


@pytest.mark.parametrize(
    ("text", "protocol"),
    [
        ("Swap(bytes32 indexed poolId, address indexed tokenIn, address indexed tokenOut,", "balancer-v2"),
        (
            "LOG_SWAP(address indexed caller, address indexed tokenIn, address indexed tokenOut,",
            "balancer-v1",
        ),
    ],
)
def test_balancer_names_its_tokens(text, protocol):
    values = {"tokenIn": address("in"), "tokenOut": address("out"), "amountIn": 5, "amountOut": 7}
    found = legs_of(text + " uint256 amountIn, uint256 amountOut)", POOL, values)
    assert found == [(protocol, "swap", token(address("in")), 5, token(address("out")), 7)]


def test_uniswap_v1_trades_the_coin():
    text = "EthPurchase(address indexed buyer, uint256 indexed tokens_sold, uint256 indexed eth_bought)"
    found = legs_of(text, POOL, {"tokens_sold": 5, "eth_bought": 7})
    assert found == [("uniswap-v1", "swap", None, 5, COIN, 7)]


def test_what_is_beyond_a_ledger_is_a_reject_not_an_event():
    made = normalized(log(V3, POOL, {"amount0": 2**200, "amount1": -1}))
    assert made.events.num_rows == 0
    assert made.rejects["rule"].to_pylist() == ["amount_out_of_range"]


def test_every_pool_is_a_venue_without_an_account():
    assert all(leg.account == "" and leg.venue == "emitter" for one in POOLS for leg in one.legs)
