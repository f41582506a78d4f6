"""What pools say of liquidity: a leg for each asset that went in or came out."""

import pytest
from tests.data.decoded import SIDES, events_of, legs_of, normalized
from tests.data.event_log import address, log, token

from bongsu.normalize.event_liquidity import LIQUIDITY

POOL = address("pool")
BY = "address indexed provider, "


def test_uniswap_v2_gives_and_takes_its_own_token():
    added = legs_of(
        "Mint(address indexed sender, uint256 amount0, uint256 amount1)", POOL, {"amount0": 5, "amount1": 7}
    )
    share = token(POOL)
    assert added == [
        ("uniswap-v2", "add_liquidity", None, 5, share, None),
        ("uniswap-v2", "add_liquidity", None, 7, share, None),
    ]
    burn = "Burn(address indexed sender, uint256 amount0, uint256 amount1, address indexed to)"
    taken = events_of(log(burn, POOL, {"amount0": 5, "amount1": 7, "to": address("to")}))
    assert [tuple(one[name] for name in SIDES) for one in taken] == [
        (share, None, None, 5),
        (share, None, None, 7),
    ]
    assert [(one["slot"], one["receiver"]) for one in taken] == [(0, address("to")), (1, address("to"))]


def test_uniswap_v3_gives_a_position_and_pays_on_collect():
    text = (
        "Mint(address sender, address indexed owner, int24 indexed lower, int24 indexed upper,"
        " uint128 amount, uint256 amount0, uint256 amount1)"
    )
    assert legs_of(text, POOL, {"amount": 1, "amount0": 0, "amount1": 7}) == [
        ("uniswap-v3", "add_liquidity", None, 7, None, None)
    ]
    text = (
        "Collect(address indexed owner, address recipient, int24 indexed lower, int24 indexed upper,"
        " uint128 amount0, uint128 amount1)"
    )
    assert legs_of(text, POOL, {"amount0": 5, "amount1": 7}) == [
        ("uniswap-v3", "remove_liquidity", None, None, None, 5),
        ("uniswap-v3", "remove_liquidity", None, None, None, 7),
    ]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_curve_lists_amounts_of_its_coins(count):
    amounts = [9, 0, 4, 3][:count]
    rest = f"uint256[{count}] fees, uint256 invariant, uint256 supply"
    text = f"AddLiquidity({BY}uint256[{count}] amounts, {rest})"
    found = legs_of(text, POOL, {"amounts": amounts, "fees": [1] * count})
    assert found == [("curve", "add_liquidity", None, one, None, None) for one in amounts if one]
    text = f"RemoveLiquidity({BY}uint256[{count}] amounts, uint256[{count}] fees, uint256 supply)"
    found = legs_of(text, POOL, {"amounts": amounts, "fees": [1] * count})
    assert found == [("curve", "remove_liquidity", None, None, None, one) for one in amounts if one]


def test_lists_of_any_length():
    text = f"AddLiquidity({BY}uint256[] amounts, uint256[] fees, uint256 invariant, uint256 supply)"
    rows = [log(text, POOL, {"amounts": one}, place=n) for n, one in enumerate(([5, 0, 7], [3]))]
    assert [(one["position"], one["given"]) for one in events_of(*rows)] == [(0, 5), (1, 3), (0, 7)]
    text = f"RemoveLiquidity({BY}uint256[] amounts, uint256 supply)"
    assert legs_of(text, POOL, {"amounts": [6]}) == [("saddle", "remove_liquidity", None, None, None, 6)]


def test_an_event_of_which_one_amount_is_beyond_a_ledger_is_a_reject_whole():
    text = f"RemoveLiquidity({BY}uint256[] amounts, uint256 supply)"
    made = normalized(log(text, POOL, {"amounts": [6, 2**130]}))
    assert (made.events.num_rows, made.rejects.num_rows, made.rows_kept) == (0, 1, 0)


@pytest.mark.parametrize(
    ("fields", "protocol", "received"),
    [
        ("uint256 share, uint256 coin_amount", "curve", 7),
        ("uint256 share, uint256 second, uint256 third", "curve", None),
        ("int128 index, uint256 share, uint256 coin_amount, uint256 supply", "curve", 7),
        ("uint256 share, uint256 supply, uint256 index, uint256 coin_amount", "saddle", 7),
    ],
)
def test_one_coin_out(fields, protocol, received):
    """Two events hash alike and differ in which number is the coin's: the transfers must say it."""
    text = f"RemoveLiquidityOne({BY}{fields})"
    found = legs_of(text, POOL, {"share": 5, "coin_amount": 7, "second": 1, "third": 7})
    assert found == [(protocol, "remove_liquidity", None, 5, None, received)]


def test_balancer_says_what_came_and_went_by_sign():
    text = (
        "PoolBalanceChanged(bytes32 indexed poolId, address indexed provider, address[] tokens,"
        " int256[] deltas, uint256[] fees)"
    )
    tokens = [address("a"), address("b"), address("c")]
    values = {"tokens": [int(one, 16) for one in tokens], "deltas": [5, -7, 0], "fees": [0, 0, 0]}
    assert legs_of(text, POOL, values) == [
        ("balancer-v2", "add_liquidity", token(tokens[0]), 5, None, None),
        ("balancer-v2", "remove_liquidity", None, None, token(tokens[1]), 7),
    ]


def test_every_decoder_is_of_liquidity():
    assert {one.kind for one in LIQUIDITY} == {"add_liquidity", "remove_liquidity"}
