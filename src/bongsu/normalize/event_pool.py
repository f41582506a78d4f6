"""Events of pools that trade: Uniswap, Curve, Balancer and what was made after them.

A pool says what it got and paid; Uniswap's do not say which tokens, but their two tokens are in order of
address. Declarations: Uniswap v2-core IUniswapV2Pair, v3-core IUniswapV3PoolEvents, v4-core IPoolManager;
PancakeSwap v3-core IPancakeV3PoolEvents; Curve curve-contract pool templates, twocrypto-ng; Saddle
SwapUtils; Balancer v2 IVault, v3 IVaultEvents, v1 BPool; Uniswap v1 IUniswapExchange.
"""

import numpy as np
import pyarrow as pa

from bongsu.normalize.event_abi import Logs, Numbers, declare
from bongsu.normalize.event_decoder import COIN, Decoded, Decoder, Leg, Side, Special


def _traded(
    gross: tuple[Numbers, Numbers], paid: tuple[Numbers, Numbers], receiver: str, logs: Logs
) -> list[Decoded]:
    """The leg of swaps between two tokens of a pool.

    Args:
        gross: What the pool got of the lower and of the higher token.
        paid: What it paid of them.
        receiver: Field of who was paid; empty: none.
        logs: The logs.
    """
    upward = ~gross[0].zero & gross[1].zero & paid[0].zero & ~paid[1].zero
    downward = gross[0].zero & ~gross[1].zero & ~paid[0].zero & paid[1].zero
    given = gross[0].chosen(upward, gross[1])
    received = paid[1].chosen(upward, paid[0])
    columns = {
        "account": None,
        "given_asset": None,
        "given": given.amounts(),
        "received_asset": None,
        "received": received.amounts(),
        "slot": pa.array(np.where(upward, 0, 1), pa.int8()),
        "receiver": logs.address(receiver) if receiver else None,
    }
    return [Decoded(columns, upward | downward, given.fits & received.fits)]


def _two_way(logs: Logs) -> list[Decoded]:
    got = logs.numbers("amount0In"), logs.numbers("amount1In")
    paid = logs.numbers("amount0Out"), logs.numbers("amount1Out")
    both = ~got[0].zero & ~paid[0].zero | ~got[1].zero & ~paid[1].zero
    if both.any():
        first, second = _net(got[0], paid[0], both), _net(got[1], paid[1], both)
        got, paid = (first[0], second[0]), (first[1], second[1])
    return _traded(got, paid, "to", logs)


def _net(
    got: Numbers, paid: Numbers, rows: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[Numbers, Numbers]:
    """What was got and paid of one token where both are stated, the smaller taken off both: one is left."""
    limbs = got.limbs.copy(), paid.limbs.copy()
    for row in np.flatnonzero(rows).tolist():
        values = [sum(int(part) << 64 * place for place, part in enumerate(side[row])) for side in limbs]
        least = min(values)
        for side, value in zip(limbs, values, strict=True):
            side[row] = [(value - least) >> 64 * place & (2**64 - 1) for place in range(4)]
    return Numbers(limbs[0], got.negative), Numbers(limbs[1], paid.negative)


def _signed(receiver: str, *, pool_gets: bool) -> Special:
    """Reader of two signed amounts; positive is what the pool gets, or what it pays."""

    def read(logs: Logs) -> list[Decoded]:
        amounts = logs.numbers("amount0"), logs.numbers("amount1")
        nothing = Numbers(np.zeros_like(amounts[0].limbs), np.zeros(len(logs), dtype=np.bool_))
        plus = tuple(one.chosen(~one.negative, nothing) for one in amounts)
        minus = tuple(one.chosen(one.negative, nothing) for one in amounts)
        got, paid = (plus, minus) if pool_gets else (minus, plus)
        return _traded((got[0], got[1]), (paid[0], paid[1]), receiver, logs)

    return read


def _swap(protocol: str, text: str, special: Special) -> Decoder:
    return Decoder(declaration=declare(text), protocol=protocol, kind="swap", special=special)


def _trade(protocol: str, text: str, given: Side, received: Side, *, receiver: str = "") -> Decoder:
    leg = Leg(given=given, received=received, receiver=receiver)
    return Decoder(declaration=declare(text), protocol=protocol, kind="swap", legs=(leg,))


_V3 = (
    "address indexed sender, address indexed recipient, int256 amount0, int256 amount1,"
    " uint160 price, uint128 liquidity, int24 tick"
)
_SOLD, _BOUGHT = Side(amount="tokens_sold"), Side(amount="tokens_bought")
_IN, _OUT = Side(asset="tokenIn", amount="amountIn"), Side(asset="tokenOut", amount="amountOut")

POOLS = (
    _swap(
        "uniswap-v2",
        "Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out,"
        " uint256 amount1Out, address indexed to)",
        _two_way,
    ),
    _swap("uniswap-v3", f"Swap({_V3})", _signed("recipient", pool_gets=True)),
    _swap(
        "pancakeswap-v3", f"Swap({_V3}, uint128 fees0, uint128 fees1)", _signed("recipient", pool_gets=True)
    ),
    _swap(
        "uniswap-v4",
        "Swap(bytes32 indexed id, address indexed sender, int128 amount0, int128 amount1, uint160 price,"
        " uint128 liquidity, int24 tick, uint24 fee)",
        _signed("", pool_gets=False),
    ),
    *(
        _trade(
            "curve",
            f"TokenExchange{form}(address indexed buyer, {index} sold_id, uint256 tokens_sold,"
            f" {index} bought_id, uint256 tokens_bought{more})",
            _SOLD,
            _BOUGHT,
        )
        for form, index, more in (
            ("", "int128", ""),
            ("", "uint256", ""),
            ("", "uint256", ", uint256 fee, uint256 packed_price_scale"),
            ("Underlying", "int128", ""),
        )
    ),
    _trade(
        "saddle",
        "TokenSwap(address indexed buyer, uint256 tokens_sold, uint256 tokens_bought, uint128 sold_id,"
        " uint128 bought_id)",
        _SOLD,
        _BOUGHT,
    ),
    _trade(
        "balancer-v2",
        "Swap(bytes32 indexed poolId, address indexed tokenIn, address indexed tokenOut, uint256 amountIn,"
        " uint256 amountOut)",
        _IN,
        _OUT,
    ),
    _trade(
        "balancer-v3",
        "Swap(address indexed pool, address indexed tokenIn, address indexed tokenOut, uint256 amountIn,"
        " uint256 amountOut, uint256 feePercentage, uint256 feeAmount)",
        _IN,
        _OUT,
    ),
    _trade(
        "balancer-v1",
        "LOG_SWAP(address indexed caller, address indexed tokenIn, address indexed tokenOut,"
        " uint256 amountIn, uint256 amountOut)",
        _IN,
        _OUT,
    ),
    _trade(
        "uniswap-v1",
        "TokenPurchase(address indexed buyer, uint256 indexed eth_sold, uint256 indexed tokens_bought)",
        Side(asset=COIN, amount="eth_sold"),
        _BOUGHT,
    ),
    _trade(
        "uniswap-v1",
        "EthPurchase(address indexed buyer, uint256 indexed tokens_sold, uint256 indexed eth_bought)",
        _SOLD,
        Side(asset=COIN, amount="eth_bought"),
    ),
)
"""Decoders of pools' trades."""
