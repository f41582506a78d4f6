"""Events that name an account, what it gave and what it got: orders and routes of aggregators.

They sum up a route through venues, so no venue is expected to balance by them; a market maker that filled
an order is a venue of its own. Declarations: 0x protocol ITransformERC20Feature and
INativeOrdersEvents; CoW Protocol GPv2Settlement; ParaSwap AugustusStorage v5; KyberSwap meta aggregation
router and 1inch v3 (the same event); Tokenlon RFQ.
"""

from bongsu.normalize.event_abi import declare
from bongsu.normalize.event_decoder import Decoder, Leg, Side


def _side(asset: str, amount: str) -> Side:
    return Side(asset=asset, amount=amount)


def _route(protocol: str, text: str, legs: tuple[Leg, ...], *, known: bool = False) -> Decoder:
    role = "exchange" if known else ""
    return Decoder(declaration=declare(text), protocol=protocol, kind="swap", legs=legs, role=role)


def _sum(account: str, given: Side, received: Side, receiver: str = "") -> Leg:
    return Leg(given=given, received=received, account=account, receiver=receiver, venue="")


_TAKEN = _side("takerToken", "takerAmount")
_MADE = _side("makerToken", "makerAmount")
_FILLED = (
    Leg(given=_TAKEN, received=_MADE, venue="maker"),
    _sum("maker", _MADE, _TAKEN),
)
"""A maker is a venue to the taker, and an account with a conversion of its own."""

_AUGUSTUS = (
    "address indexed beneficiary, address indexed srcToken, address indexed destToken,"
    " uint256 srcAmount, uint256 received, uint256 expected"
)
_PARASWAP = (
    _sum("initiator", _side("srcToken", "srcAmount"), _side("destToken", "received"), receiver="beneficiary"),
)

ORDERS = (
    _route(
        "0x",
        "TransformedERC20(address indexed taker, address inputToken, address outputToken,"
        " uint256 inputAmount, uint256 outputAmount)",
        (_sum("taker", _side("inputToken", "inputAmount"), _side("outputToken", "outputAmount")),),
    ),
    _route(
        "0x",
        "RfqOrderFilled(bytes32 orderHash, address maker, address taker, address makerToken,"
        " address takerToken, uint128 takerAmount, uint128 makerAmount, bytes32 pool)",
        _FILLED,
    ),
    _route(
        "0x",
        "LimitOrderFilled(bytes32 orderHash, address maker, address taker, address feeRecipient,"
        " address makerToken, address takerToken, uint128 takerAmount, uint128 makerAmount,"
        " uint128 takerFee, uint256 protocolFee, bytes32 pool)",
        _FILLED,
    ),
    _route(
        "0x",
        "OtcOrderFilled(bytes32 orderHash, address maker, address taker, address makerToken,"
        " address takerToken, uint128 makerAmount, uint128 takerAmount)",
        _FILLED,
    ),
    _route(
        "cow",
        "Trade(address indexed owner, address sellToken, address buyToken, uint256 sellAmount,"
        " uint256 buyAmount, uint256 feeAmount, bytes orderUid)",
        (_sum("owner", _side("sellToken", "sellAmount"), _side("buyToken", "buyAmount")),),
    ),
    *(
        _route(
            "paraswap",
            f"{name}(bytes16 uuid, address partner, uint256 fee, address initiator, {more}{_AUGUSTUS})",
            _PARASWAP,
        )
        for name, more in (("SwappedV3", ""), ("BoughtV3", ""), ("SwappedDirect", "uint8 kind, "))
    ),
    _route(
        "kyberswap",
        "Swapped(address sender, address srcToken, address dstToken, address dstReceiver,"
        " uint256 spent, uint256 returned)",
        (_sum("sender", _side("srcToken", "spent"), _side("dstToken", "returned"), receiver="dstReceiver"),),
    ),
    _route(
        "tokenlon",
        "FillOrder(string source, bytes32 indexed transactionHash, bytes32 indexed orderHash,"
        " address indexed user, address takerToken, uint256 takerAmount, address maker,"
        " address makerToken, uint256 makerAmount, address receiver, uint256 settled, uint16 feeFactor)",
        (
            _sum("user", _TAKEN, _side("makerToken", "settled"), receiver="receiver"),
            Leg(given=_TAKEN, received=_MADE, venue="maker"),
            _sum("maker", _MADE, _TAKEN),
        ),
    ),
)
"""Decoders of orders and routes."""
