"""Transactions by hand, one for each way to turn an asset into another, as logs and movements of coins."""

from dataclasses import dataclass, field

from tests.data.event_log import COIN, WETH, ZERO, address, log, moved, token

STETH, WSTETH = "0xae7ab96520de3a18e5e111b5eaab095312d7fe84", "0x7f39c581f595b53c5cb19bd0b3f8da6c935e2ca0"
METH, METH_STAKING = (
    "0xd5f7838f5c461feff7fe49ea5ebaf7728bb0adfa",
    "0xe3cbd06d7dadb3f4e6557bab7edd924cd1489e8f",
)
CMETH, CMETH_VAULT = (
    "0xe6829d9a7ee3040e1276fa75293bde931859e8fa",
    "0x33272d40b247c4cd9c646582c9bbad44e85d4fe4",
)
RETH = "0xae78736cd615f374d3085123a210448e74fc6393"
SOLD, BOUGHT, SECOND = address("aaa"), address("bbb"), address("ccc")
MARK = "0x" + "ee" * 20
GIVEN, RECEIVED = 1_000, 5_000
"""Of the given, two fifths are stolen; what is received can be cut in fifths and in tenths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A transaction in which `user` converts."""

    name: str
    kind: str
    logs: tuple = ()
    """(declaration, emitter, values)"""
    coins: tuple = ()
    """(payer, payee, amount) of the chain's coin."""
    given: tuple = (token(SOLD),)
    received: dict = field(default_factory=lambda: {token(BOUGHT): RECEIVED})
    amount: int = GIVEN
    """Base units of each asset given."""
    method: str = "decoded"


TRANSFER = "Transfer(address indexed from, address indexed to, uint256 value)"


def pay(contract, source, target, amount):
    """A transfer among the logs."""
    return TRANSFER, contract, {"from": source, "to": target, "value": amount}


def scenes(user):
    """Every way, for one account."""
    pool, router, desk, maker = (address(name) for name in ("pool", "router", "desk", "maker"))
    direct = (pay(SOLD, user, pool, GIVEN), pay(BOUGHT, pool, user, RECEIVED))
    return [
        *_pools(user, pool, router, direct),
        *_orders(user, desk, maker),
        *_wraps(user),
        *_liquidity(user, pool),
        Scene(
            name="fee on transfer",
            kind="swap",
            logs=(
                pay(SOLD, user, pool, GIVEN),
                pay(BOUGHT, pool, user, RECEIVED),
                _v2(pool, GIVEN, RECEIVED + 77),
            ),
        ),
        Scene(name="inferred", kind="swap", logs=direct, method="inferred"),
    ]


def _v2(pool, given, received):
    text = (
        "Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out,"
        " uint256 amount1Out, address indexed to)"
    )
    return text, pool, {"amount0In": given, "amount1Out": received}


def _pools(user, pool, router, direct):
    v3 = (
        "Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1,"
        " uint160 price, uint128 liquidity, int24 tick)"
    )
    v4 = (
        "Swap(bytes32 indexed id, address indexed sender, int128 amount0, int128 amount1, uint160 price,"
        " uint128 liquidity, int24 tick, uint24 fee)"
    )
    curve = (
        "TokenExchange(address indexed buyer, int128 sold_id, uint256 tokens_sold, int128 bought_id,"
        " uint256 tokens_bought)"
    )
    balancer = (
        "Swap(bytes32 indexed poolId, address indexed tokenIn, address indexed tokenOut, uint256 amountIn,"
        " uint256 amountOut)"
    )
    other, middle = address("other"), address("bab")
    route = (
        pay(SOLD, user, router, GIVEN),
        pay(SOLD, router, pool, GIVEN),
        pay(middle, pool, other, 70),
        ("Swap(" + _v2(pool, 0, 0)[0].split("(")[1], pool, {"amount0In": GIVEN, "amount1Out": 70}),
        pay(BOUGHT, other, router, RECEIVED),
        ("Swap(" + _v2(pool, 0, 0)[0].split("(")[1], other, {"amount0In": 70, "amount1Out": RECEIVED}),
        pay(BOUGHT, router, user, RECEIVED),
    )
    return [
        Scene(name="uniswap-v2 through a router of 1inch", kind="swap", logs=route),
        Scene(
            name="uniswap-v3",
            kind="swap",
            logs=(*direct, (v3, pool, {"amount0": GIVEN, "amount1": -RECEIVED})),
        ),
        Scene(
            name="uniswap-v4",
            kind="swap",
            logs=(*direct, (v4, pool, {"amount0": -GIVEN, "amount1": RECEIVED})),
        ),
        Scene(
            name="curve",
            kind="swap",
            logs=(*direct, (curve, pool, {"tokens_sold": GIVEN, "tokens_bought": RECEIVED})),
        ),
        Scene(
            name="balancer-v2",
            kind="swap",
            logs=(
                *direct,
                (
                    balancer,
                    pool,
                    {"tokenIn": SOLD, "tokenOut": BOUGHT, "amountIn": GIVEN, "amountOut": RECEIVED},
                ),
            ),
        ),
    ]


def _orders(user, desk, maker):
    through = (pay(SOLD, user, desk, GIVEN), pay(BOUGHT, desk, user, RECEIVED))
    by_maker = (pay(SOLD, user, maker, GIVEN), pay(BOUGHT, maker, user, RECEIVED))
    transformed = (
        "TransformedERC20(address indexed taker, address inputToken, address outputToken,"
        " uint256 inputAmount, uint256 outputAmount)"
    )
    rfq = (
        "RfqOrderFilled(bytes32 orderHash, address maker, address taker, address makerToken,"
        " address takerToken, uint128 takerAmount, uint128 makerAmount, bytes32 pool)"
    )
    trade = (
        "Trade(address indexed owner, address sellToken, address buyToken, uint256 sellAmount,"
        " uint256 buyAmount, uint256 feeAmount, bytes orderUid)"
    )
    paraswap = (
        "SwappedV3(bytes16 uuid, address partner, uint256 feePercent, address initiator, address indexed"
        " beneficiary, address indexed srcToken, address indexed destToken, uint256 srcAmount,"
        " uint256 receivedAmount, uint256 expectedAmount)"
    )
    kyber = (
        "Swapped(address sender, address srcToken, address dstToken, address dstReceiver,"
        " uint256 spentAmount, uint256 returnAmount)"
    )
    sides = {"inputToken": SOLD, "outputToken": BOUGHT, "inputAmount": GIVEN, "outputAmount": RECEIVED}
    filled = {"makerToken": BOUGHT, "takerToken": SOLD, "takerAmount": GIVEN, "makerAmount": RECEIVED}
    sold = {"sellToken": SOLD, "buyToken": BOUGHT, "sellAmount": GIVEN, "buyAmount": RECEIVED}
    sent = {"srcToken": SOLD, "destToken": BOUGHT, "srcAmount": GIVEN, "receivedAmount": RECEIVED}
    spent = {"srcToken": SOLD, "dstToken": BOUGHT, "spentAmount": GIVEN, "returnAmount": RECEIVED}
    return [
        Scene(name="0x", kind="swap", logs=(*through, (transformed, desk, sides | {"taker": user}))),
        Scene(name="0x maker", kind="swap", logs=(*by_maker, (rfq, desk, filled | {"maker": maker}))),
        Scene(name="cow", kind="swap", logs=(*through, (trade, desk, sold | {"owner": user}))),
        Scene(
            name="paraswap",
            kind="swap",
            logs=(*through, (paraswap, desk, sent | {"initiator": user, "beneficiary": user})),
        ),
        Scene(
            name="kyberswap",
            kind="swap",
            logs=(*through, (kyber, desk, spent | {"sender": user, "dstReceiver": user})),
        ),
    ]


def _wraps(user):
    deposit, withdrawal = (
        "Deposit(address indexed dst, uint256 wad)",
        "Withdrawal(address indexed src, uint256 wad)",
    )
    submitted = "Submitted(address indexed sender, uint256 amount, address referral)"
    staked = "Staked(address indexed staker, uint256 ethAmount, uint256 mETHAmount)"
    burned = "TokensBurned(address indexed from, uint256 amount, uint256 ethAmount, uint256 time)"
    vault = address("vault")
    sides = "address indexed {}, address indexed asset, uint256 amount, address indexed {}, uint256 shares)"
    into = {"from": user, "asset": METH, "amount": GIVEN, "to": user, "shares": RECEIVED}
    out = {"from": user, "asset": METH, "amount": RECEIVED, "to": user, "shares": GIVEN}
    return [
        Scene(
            name="weth",
            kind="wrap",
            logs=((deposit, WETH, {"dst": user, "wad": GIVEN}),),
            coins=((user, WETH, GIVEN),),
            given=(COIN,),
            received={token(WETH): GIVEN},
        ),
        Scene(
            name="weth back",
            kind="unwrap",
            logs=((withdrawal, WETH, {"src": user, "wad": GIVEN}),),
            coins=((WETH, user, GIVEN),),
            given=(token(WETH),),
            received={COIN: GIVEN},
        ),
        Scene(
            name="lido",
            kind="stake",
            logs=(
                (submitted, STETH, {"sender": user, "amount": GIVEN}),
                pay(STETH, ZERO, user, RECEIVED),
            ),
            coins=((user, STETH, GIVEN),),
            given=(COIN,),
            received={token(STETH): RECEIVED},
        ),
        Scene(
            name="wsteth",
            kind="wrap",
            logs=(pay(WSTETH, ZERO, user, RECEIVED), pay(STETH, user, WSTETH, GIVEN)),
            given=(token(STETH),),
            received={token(WSTETH): RECEIVED},
        ),
        Scene(
            name="wsteth back",
            kind="unwrap",
            logs=(pay(WSTETH, user, ZERO, GIVEN), pay(STETH, WSTETH, user, RECEIVED)),
            given=(token(WSTETH),),
            received={token(STETH): RECEIVED},
        ),
        Scene(
            name="meth",
            kind="stake",
            logs=(
                (staked, METH_STAKING, {"staker": user, "ethAmount": GIVEN, "mETHAmount": RECEIVED}),
                pay(METH, ZERO, user, RECEIVED),
            ),
            coins=((user, METH_STAKING, GIVEN),),
            given=(COIN,),
            received={token(METH): RECEIVED},
        ),
        Scene(
            name="reth back",
            kind="unstake",
            logs=(
                pay(RETH, user, ZERO, GIVEN),
                (burned, RETH, {"from": user, "amount": GIVEN, "ethAmount": RECEIVED}),
            ),
            coins=((RETH, user, RECEIVED),),
            given=(token(RETH),),
            received={COIN: RECEIVED},
        ),
        Scene(
            name="cmeth",
            kind="mint",
            logs=(
                pay(METH, user, CMETH_VAULT, GIVEN),
                pay(CMETH, ZERO, user, RECEIVED),
                ("Enter(" + sides.format("from", "to"), CMETH_VAULT, into),
            ),
            given=(token(METH),),
            received={token(CMETH): RECEIVED},
        ),
        Scene(
            name="cmeth back",
            kind="redeem",
            logs=(
                pay(CMETH, user, ZERO, GIVEN),
                pay(METH, CMETH_VAULT, user, RECEIVED),
                ("Exit(" + sides.format("to", "from"), CMETH_VAULT, out),
            ),
            given=(token(CMETH),),
            received={token(METH): RECEIVED},
        ),
        Scene(
            name="erc4626",
            kind="mint",
            logs=(
                pay(SOLD, user, vault, GIVEN),
                pay(vault, ZERO, user, RECEIVED),
                (
                    "Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares)",
                    vault,
                    {"sender": user, "owner": user, "assets": GIVEN, "shares": RECEIVED},
                ),
            ),
            received={token(vault): RECEIVED},
        ),
    ]


def _liquidity(user, pool):
    mint = "Mint(address indexed sender, uint256 amount0, uint256 amount1)"
    burn = "Burn(address indexed sender, uint256 amount0, uint256 amount1, address indexed to)"
    one = (
        "RemoveLiquidityOne(address indexed provider, uint256 share, uint256 supply, uint256 index,"
        " uint256 coin_amount)"
    )
    share = address("share")
    return [
        Scene(
            name="uniswap-v2 liquidity",
            kind="add_liquidity",
            logs=(
                pay(SOLD, user, pool, GIVEN),
                pay(BOUGHT, user, pool, GIVEN),
                pay(pool, ZERO, user, RECEIVED),
                (mint, pool, {"amount0": GIVEN, "amount1": GIVEN}),
            ),
            given=(token(SOLD), token(BOUGHT)),
            received={token(pool): RECEIVED},
        ),
        Scene(
            name="uniswap-v2 liquidity back",
            kind="remove_liquidity",
            logs=(
                pay(pool, user, pool, GIVEN),
                pay(pool, pool, ZERO, GIVEN),
                pay(SOLD, pool, user, RECEIVED),
                pay(BOUGHT, pool, user, RECEIVED),
                (burn, pool, {"amount0": RECEIVED, "amount1": RECEIVED, "to": user}),
            ),
            given=(token(pool),),
            received={token(SOLD): RECEIVED, token(BOUGHT): RECEIVED},
        ),
        Scene(
            name="one coin out",
            kind="remove_liquidity",
            logs=(
                pay(share, user, ZERO, GIVEN),
                pay(BOUGHT, pool, user, RECEIVED),
                (one, pool, {"share": GIVEN, "coin_amount": RECEIVED}),
            ),
            given=(token(share),),
        ),
    ]


def rows_of(scene, *, tx, block, place=10):
    """Rows of a scene's logs as an export has them."""
    return [
        log(text, emitter, values, tx=tx, block=block, place=place + n)
        for n, (text, emitter, values) in enumerate(scene.logs)
    ]


__all__ = ["moved"]
