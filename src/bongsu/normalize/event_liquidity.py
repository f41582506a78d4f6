"""Events of pools that take assets for a share of themselves, and give them back.

The share is a token whose amount the event mostly leaves out; its mint or burn in the same transaction
shows it. Declarations: Uniswap v2-core IUniswapV2Pair, v3-core IUniswapV3PoolEvents; Curve
curve-contract pool templates, tricrypto-ng, stableswap-ng; Saddle SwapUtils; Balancer v2 IVault.
"""

import numpy as np
import pyarrow as pa

from bongsu.model.schema import AMOUNT, MAX_AMOUNT
from bongsu.normalize.event_abi import Logs, declare
from bongsu.normalize.event_decoder import EMITTER, NOTHING, Decoded, Decoder, Leg, Side, Special

_SHARE = Side(asset=EMITTER)


def _given(share: Side) -> tuple[Leg, ...]:
    """A leg for each of two tokens given for a share."""
    return tuple(Leg(given=Side(amount=f"amount{slot}"), received=share, slot=slot) for slot in (0, 1))


def _received(share: Side, receiver: str) -> tuple[Leg, ...]:
    """A leg for each of two tokens received for a share."""
    return tuple(
        Leg(given=share, received=Side(amount=f"amount{slot}"), receiver=receiver, slot=slot)
        for slot in (0, 1)
    )


def _items(count: int, *, given: bool) -> tuple[Leg, ...]:
    """A leg for each item of the fixed array `amounts`."""
    sides = [Side(amount="amounts", item=item) for item in range(count)]
    return tuple(Leg(given=side if given else NOTHING, received=NOTHING if given else side) for side in sides)


def _listed(*, given: bool) -> Special:
    """Reader of a leg for each item of the dynamic array `amounts`."""

    def read(logs: Logs) -> list[Decoded]:
        lists = logs.lists("amounts")
        longest = max((len(one) for one in lists), default=0)
        values = [[one[item] if item < len(one) else 0 for one in lists] for item in range(longest)]
        return [_one_sided(one, given=given) for one in values]

    return read


def _one_sided(values: list[int], *, given: bool) -> Decoded:
    fits = np.array([value <= MAX_AMOUNT for value in values], dtype=np.bool_)
    amounts = pa.array([value if value <= MAX_AMOUNT else None for value in values], AMOUNT)
    present = np.array([value > 0 for value in values], dtype=np.bool_)
    return Decoded({"given" if given else "received": amounts}, present, fits)


def _balances(logs: Logs) -> list[Decoded]:
    """A leg for each token of a Balancer pool that came in (positive) or went out."""
    tokens, deltas = logs.lists("tokens"), logs.lists("deltas")
    longest = max((len(one) for one in deltas), default=0)
    legs = []
    for item in range(longest):
        values = [one[item] if item < len(one) else 0 for one in deltas]
        contracts = [f"0x{one[item] % 2**160:040x}" if item < len(one) else None for one in tokens]
        minus = [value - 2**256 if value >> 255 else value for value in values]
        for given in (True, False):
            leg = _one_sided([max(value if given else -value, 0) for value in minus], given=given)
            side = {"given_token" if given else "received_token": pa.array(contracts, pa.string())}
            kind = {"kind": "add_liquidity" if given else "remove_liquidity"}
            legs.append(Decoded({**leg.columns, **side, **kind}, leg.present, leg.fits))
    return legs


def _declared(protocol: str, kind: str, text: str, legs: tuple[Leg, ...] | Special) -> Decoder:
    if callable(legs):
        return Decoder(declaration=declare(text), protocol=protocol, kind=kind, special=legs)
    return Decoder(declaration=declare(text), protocol=protocol, kind=kind, legs=legs)


_ADD, _REMOVE = "add_liquidity", "remove_liquidity"
_BY = "address indexed provider, "
_ONE = (Leg(given=Side(amount="share"), received=Side(amount="coin_amount")),)
_SHARE_ONLY = (Leg(given=Side(amount="share"), received=NOTHING),)

_TWO_TOKENS = (
    _declared(
        "uniswap-v2", _ADD, "Mint(address indexed sender, uint256 amount0, uint256 amount1)", _given(_SHARE)
    ),
    _declared(
        "uniswap-v2",
        _REMOVE,
        "Burn(address indexed sender, uint256 amount0, uint256 amount1, address indexed to)",
        _received(_SHARE, "to"),
    ),
    _declared(
        "uniswap-v3",
        _ADD,
        "Mint(address sender, address indexed owner, int24 indexed lower, int24 indexed upper,"
        " uint128 amount, uint256 amount0, uint256 amount1)",
        _given(NOTHING),
    ),
    _declared(
        "uniswap-v3",
        _REMOVE,
        "Collect(address indexed owner, address recipient, int24 indexed lower, int24 indexed upper,"
        " uint128 amount0, uint128 amount1)",
        _received(NOTHING, "recipient"),
    ),
)
_CURVE_ADD = tuple(
    _declared("curve", _ADD, f"AddLiquidity({_BY}uint256[{n}] amounts, {rest})", _items(n, given=True))
    for n in (2, 3, 4)
    for rest in (
        f"uint256[{n}] fees, uint256 invariant, uint256 supply",
        "uint256 fee, uint256 supply",
        "uint256 fee, uint256 supply, uint256 price_scale",
    )
)
_CURVE_REMOVE = tuple(
    _declared("curve", _REMOVE, f"{name}({_BY}uint256[{n}] amounts, {rest})", _items(n, given=False))
    for n in (2, 3, 4)
    for name, rest in (
        ("RemoveLiquidity", f"uint256[{n}] fees, uint256 supply"),
        ("RemoveLiquidity", "uint256 supply"),
        ("RemoveLiquidityImbalance", f"uint256[{n}] fees, uint256 invariant, uint256 supply"),
    )
)
_CURVE_ONE = tuple(
    _declared("curve", _REMOVE, f"RemoveLiquidityOne({_BY}{fields})", legs)
    for fields, legs in (
        ("uint256 share, uint256 coin_amount", _ONE),
        # (share, coin amount, supply) of stable pools and (share, index, coin amount) of others hash alike.
        ("uint256 share, uint256 second, uint256 third", _SHARE_ONLY),
        ("int128 index, uint256 share, uint256 coin_amount, uint256 supply", _ONE),
        ("uint256 share, uint256 index, uint256 coin_amount, uint256 fee, uint256 price_scale", _ONE),
    )
)
_LISTS = (
    _declared(
        "curve",
        _ADD,
        f"AddLiquidity({_BY}uint256[] amounts, uint256[] fees, uint256 invariant, uint256 supply)",
        _listed(given=True),
    ),
    _declared(
        "curve",
        _REMOVE,
        f"RemoveLiquidity({_BY}uint256[] amounts, uint256[] fees, uint256 supply)",
        _listed(given=False),
    ),
    _declared(
        "saddle", _REMOVE, f"RemoveLiquidity({_BY}uint256[] amounts, uint256 supply)", _listed(given=False)
    ),
    _declared(
        "saddle",
        _REMOVE,
        f"RemoveLiquidityOne({_BY}uint256 share, uint256 supply, uint256 index, uint256 coin_amount)",
        _ONE,
    ),
    _declared(
        "balancer-v2",
        _ADD,
        "PoolBalanceChanged(bytes32 indexed poolId, address indexed provider, address[] tokens,"
        " int256[] deltas, uint256[] fees)",
        _balances,
    ),
)

LIQUIDITY = (*_TWO_TOKENS, *_CURVE_ADD, *_CURVE_REMOVE, *_CURVE_ONE, *_LISTS)
"""Decoders of pools' liquidity."""
