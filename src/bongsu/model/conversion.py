"""What turned one asset into another inside one transaction, as an event says it or as balances show it.

Two grades share one shape. An event of a venue says what the venue got and paid out; who gave and
which asset it was may be null, and the transfers of its transaction say it. A settled conversion
names the account, both assets and both amounts.
"""

from dataclasses import dataclass

import pyarrow as pa

from bongsu.model.schema import AMOUNT, arrow_field, column

CONVERSION_KINDS = (
    "swap",  # one asset for another at a market
    "wrap",  # a coin for its token, one to one
    "unwrap",  # the token for its coin
    "stake",  # a coin or token for a claim on staked coins
    "unstake",  # the claim for what it stands for
    "mint",  # an asset for a share of a vault or a market of loans
    "redeem",  # the share for the asset
    "add_liquidity",  # assets for a share of a pool
    "remove_liquidity",  # the share for assets
)
METHODS = ("decoded", "inferred")
"""decoded: an event says it and the transfers agree; inferred: from what an account gave and got."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionEvent:
    """One leg of a conversion: an asset given and an asset received for it."""

    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    block: int = column("block height")
    tx_index: int | None = column("position of the transaction in its block")
    tx_hash: str = column("transaction hash, lower case")
    position: int = column("place of the event in the block's log")
    leg: int = column("number of the leg in its event", range="0..127")
    account: str | None = column("who gave; null: the event is about its venue only")
    given_asset: str | None = column("CAIP-19 asset id; null: the event does not say", source="CAIP-19")
    given: int | None = column("value that was given", unit="base units; null: the event does not say")
    received_asset: str | None = column("CAIP-19 asset id; null: the event does not say", source="CAIP-19")
    received: int | None = column("value that was received", unit="base units; null: the event does not say")
    slot: int | None = column(
        "which of the venue's two tokens, by address, was given; where that one is known: was received"
    )
    receiver: str | None = column("who the event says got it; null: not stated")
    kind: str = column("one of CONVERSION_KINDS")
    protocol: str = column("slug of the protocol whose event it is")
    venue: str = column("contract or market maker that took the one and paid the other")
    emitter: str = column("contract that logged the event")
    method: str = column("one of METHODS")
    confidence: int = column("0..100, STIX scale")
    locator: int = column("where in the source file: 1-based data row or line")


CONVERSION = pa.schema(
    [
        arrow_field(ConversionEvent, "chain", pa.string()),
        arrow_field(ConversionEvent, "block", pa.int64()),
        arrow_field(ConversionEvent, "tx_index", pa.int32(), nullable=True),
        arrow_field(ConversionEvent, "tx_hash", pa.string()),
        arrow_field(ConversionEvent, "position", pa.int64()),
        arrow_field(ConversionEvent, "leg", pa.int8()),
        arrow_field(ConversionEvent, "account", pa.string(), nullable=True),
        arrow_field(ConversionEvent, "given_asset", pa.string(), nullable=True),
        arrow_field(ConversionEvent, "given", AMOUNT, nullable=True),
        arrow_field(ConversionEvent, "received_asset", pa.string(), nullable=True),
        arrow_field(ConversionEvent, "received", AMOUNT, nullable=True),
        arrow_field(ConversionEvent, "slot", pa.int8(), nullable=True),
        arrow_field(ConversionEvent, "receiver", pa.string(), nullable=True),
        arrow_field(ConversionEvent, "kind", pa.string()),
        arrow_field(ConversionEvent, "protocol", pa.string()),
        arrow_field(ConversionEvent, "venue", pa.string()),
        arrow_field(ConversionEvent, "emitter", pa.string()),
        arrow_field(ConversionEvent, "method", pa.string()),
        arrow_field(ConversionEvent, "confidence", pa.int8()),
        arrow_field(ConversionEvent, "locator", pa.int64()),
    ]
)
"""Many conversions; the side table `conversions` beside transfers and gaps."""
