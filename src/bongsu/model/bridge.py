"""Bridges: what is known of one, what it logs on either side, and which two sides belong together."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from bongsu.model.schema import AMOUNT, TIME, arrow_field, column

DIRECTIONS = (
    "deposit",  # value leaves this chain: locked, burned or paid to the bridge
    "withdrawal",  # value arrives on this chain: released, minted or paid by a relayer
)
METHODS = (
    "id",  # both sides carry the same transfer id
    "score",  # amount, time, asset and destination fit; a probability, never a proof
    "stated",  # a source that somebody trusts lists the two as one transfer
)
FEES = (
    "none",  # what arrives is what left, to the base unit
    "deducted",  # what arrives is less, by a fee in the same asset
    "converted",  # another asset arrives; the amounts do not compare
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeSignature:
    """An event that a bridge logs, and which of its values mean what.

    A value is referred to by its name in the declaration, with `.` into a tuple, `[a:b]` for some of its
    bytes and ` as uint|hex|address|text` for how to read them; `@chain` is the bridge's own number of the
    chain of the log, `@tx` the transaction, `@emitter` the contract that logged, `=text` stands for itself.
    """

    declaration: str = column("event as the contract declares it, with names and `indexed`")
    topic: str = column("first topic: keccak-256 of the canonical signature", source="Solidity ABI")
    direction: str = column("one of DIRECTIONS")
    transfer_id: tuple[str, ...] = column("references whose values make the transfer id; empty: none")
    asset: str = column("reference to the token contract; empty: not stated")
    asset_chain: str = column("reference to the chain of `asset`; empty: the chain of the log")
    amount: str = column("reference to the amount; empty: not stated")
    amount_decimals: int | None = column("decimals that the amount is stated in at most; null: the asset's")
    sender: str = column("reference to who paid; empty: not stated")
    beneficiary: str = column("reference to who is paid; empty: not stated")
    other_chain: str = column("reference to the other side's chain; empty: not stated")
    other_asset: str = column("reference to the token of the other side; empty: not stated")
    memo: str = column("reference to a THORChain memo that says the rest; empty: none")
    contracts: tuple[str, ...] = column("references that must be contracts of the bridge; empty: none must")
    accounts: tuple[str, ...] = column("references that must be accounts of the bridge; empty: none must")
    when: str = column("`reference=number,number`: read only such logs; empty: all")
    confidence: int = column("that the declaration and its meaning are right", range="0..100", source="STIX")
    source: str = column("where this is from: publisher and document or URL")


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeContract:
    """A contract or account of a bridge."""

    chain: str = column("CAIP-2 chain id", source="CAIP-2")
    address: str = column("address in canonical form")
    name: str = column("what the source calls it")
    asset: str = column("CAIP-19 id of the one asset that it moves; empty: several, or not established")
    account: bool = column("true: an account without code that customers pay as they pay anybody")
    confidence: int = column("0..100", source="STIX 2.1 confidence scale")
    source: str = column("who says so: publisher and document or URL")


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeChain:
    """The number that a bridge gives a chain."""

    number: str = column("the bridge's own number")
    chain: str = column("CAIP-2 chain id", source="CAIP-2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """A bridge: its contracts, its events, how an id links its sides, what it takes, when it is final."""

    id: str = column("slug")
    name: str = column("name that it is known under")
    service: str = column("slug of the service in facts; empty: none")
    linked_by: str = column("how the two sides of a transfer are known to belong together")
    fee: str = column("one of FEES")
    fee_basis_points: int | None = column("most that is deducted; null: none, or not established")
    fee_note: str = column("what is taken, in words")
    finality: str = column("when a deposit is final and a withdrawal may follow, in words")
    evm_numbers: bool = column("true: it numbers EVM chains as EIP-155 does")
    chains: tuple[BridgeChain, ...] = column("numbers of chains that it numbers itself")
    contracts: tuple[BridgeContract, ...] = column("contracts that a source names; empty: not established")
    signatures: tuple[BridgeSignature, ...] = column("events that it logs")
    source: str = column("where this is from: publisher and document or URL")
    confidence: int = column("0..100", source="STIX 2.1 confidence scale")


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeEvent:
    """One side of a transfer over a bridge, as one log, one memo or one row states it."""

    bridge: str = column("slug of the bridge")
    chain: str = column("CAIP-2 chain id of this side", source="CAIP-2")
    block: int | None = column("block height", range="0..2**63-1")
    time: datetime | None = column("time of the block", unit="UTC, microseconds")
    tx_hash: str = column("transaction hash as its chain writes it, lower case")
    position: int | None = column("place of the log in its block; null: not a log, or not stated")
    direction: str = column("one of DIRECTIONS")
    asset: str | None = column("CAIP-19 id of what left or arrived here; null: not stated")
    amount: int | None = column("value that left or arrived here", unit="base units; null: not stated")
    decimals: int | None = column("decimals of the asset; null: not known", range="0..36")
    sender: str | None = column("who paid; null: not stated")
    beneficiary: str | None = column("who is paid, in the other chain's form for a deposit; null: not stated")
    other_chain: str | None = column("CAIP-2 chain id of the other side; null: not stated, or not known")
    other_asset: str | None = column("CAIP-19 id of what leaves or arrives there; null: not stated")
    transfer_id: str | None = column("id that both sides carry; null: none, or not stated")
    memo: str | None = column("THORChain memo; null: none")
    emitter: str | None = column("contract that logged it; null: not a log")
    established: bool = column("true: a source names the emitter as the bridge's own")
    confidence: int = column("that this is such an event", range="0..100", source="STIX 2.1")
    source: str = column("SHA-256 of the source file; empty until the file is known")
    locator: int = column("where in the source file: 1-based data row, line or transaction number")


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeLink:
    """A deposit and the withdrawal that continues it; each is reversible to its own transaction."""

    bridge: str = column("slug of the bridge")
    method: str = column("one of METHODS")
    probability: int = column("that they belong together", range="0..100", source="STIX 2.1 confidence")
    why: tuple[str, ...] = column("reasons, one sentence each")
    transfer_id: str | None = column("id that both sides carry; null: by score")
    fee: int | None = column("what left less what arrived; null: assets or decimals do not compare")
    deposit_chain: str = column("CAIP-2 chain id")
    deposit_tx: str = column("transaction hash")
    deposit_position: int | None = column("place of the log in its block; null: not stated")
    deposit_time: datetime | None = column("time of the block", unit="UTC, microseconds")
    deposit_asset: str | None = column("CAIP-19 id of what left; null: not stated")
    deposit_amount: int | None = column("value that left", unit="base units; null: not stated")
    withdrawal_chain: str = column("CAIP-2 chain id")
    withdrawal_tx: str = column("transaction hash")
    withdrawal_position: int | None = column("place of the log in its block; null: not stated")
    withdrawal_time: datetime | None = column("time of the block", unit="UTC, microseconds")
    withdrawal_asset: str | None = column("CAIP-19 id of what arrived; null: not stated")
    withdrawal_amount: int | None = column("value that arrived", unit="base units; null: not stated")


def _schema(row: type, types: dict[str, pa.DataType]) -> pa.Schema:
    """Schema of the dataclass's columns; what may be None is nullable."""
    optional = {field.name for field in dataclasses.fields(row) if "None" in str(field.type)}
    return pa.schema(
        [arrow_field(row, name, kind, nullable=name in optional) for name, kind in types.items()]
    )


_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())

BRIDGE_SIGNATURE = _schema(
    BridgeSignature,
    {
        "declaration": _TEXT,
        "topic": _TEXT,
        "direction": _TEXT,
        "transfer_id": _TEXTS,
        "asset": _TEXT,
        "asset_chain": _TEXT,
        "amount": _TEXT,
        "amount_decimals": pa.int8(),
        "sender": _TEXT,
        "beneficiary": _TEXT,
        "other_chain": _TEXT,
        "other_asset": _TEXT,
        "memo": _TEXT,
        "contracts": _TEXTS,
        "accounts": _TEXTS,
        "when": _TEXT,
        "confidence": pa.int8(),
        "source": _TEXT,
    },
)
"""Many events that a bridge logs."""
BRIDGE_CONTRACT = _schema(
    BridgeContract,
    {
        "chain": _TEXT,
        "address": _TEXT,
        "name": _TEXT,
        "asset": _TEXT,
        "account": pa.bool_(),
        "confidence": pa.int8(),
        "source": _TEXT,
    },
)
"""Many contracts of a bridge."""
BRIDGE_CHAIN = _schema(BridgeChain, {"number": _TEXT, "chain": _TEXT})
"""Many numbers of chains."""
BRIDGE = _schema(
    Bridge,
    {
        "id": _TEXT,
        "name": _TEXT,
        "service": _TEXT,
        "linked_by": _TEXT,
        "fee": _TEXT,
        "fee_basis_points": pa.int32(),
        "fee_note": _TEXT,
        "finality": _TEXT,
        "evm_numbers": pa.bool_(),
        "chains": pa.list_(pa.struct(list(BRIDGE_CHAIN))),
        "contracts": pa.list_(pa.struct(list(BRIDGE_CONTRACT))),
        "signatures": pa.list_(pa.struct(list(BRIDGE_SIGNATURE))),
        "source": _TEXT,
        "confidence": pa.int8(),
    },
)
"""Many bridges."""
BRIDGE_EVENT = _schema(
    BridgeEvent,
    {
        "bridge": _TEXT,
        "chain": _TEXT,
        "block": pa.int64(),
        "time": TIME,
        "tx_hash": _TEXT,
        "position": pa.int64(),
        "direction": _TEXT,
        "asset": _TEXT,
        "amount": AMOUNT,
        "decimals": pa.int8(),
        "sender": _TEXT,
        "beneficiary": _TEXT,
        "other_chain": _TEXT,
        "other_asset": _TEXT,
        "transfer_id": _TEXT,
        "memo": _TEXT,
        "emitter": _TEXT,
        "established": pa.bool_(),
        "confidence": pa.int8(),
        "source": _TEXT,
        "locator": pa.int64(),
    },
)
"""Many events of bridges."""
BRIDGE_LINK = _schema(
    BridgeLink,
    {
        "bridge": _TEXT,
        "method": _TEXT,
        "probability": pa.int8(),
        "why": _TEXTS,
        "transfer_id": _TEXT,
        "fee": AMOUNT,
        "deposit_chain": _TEXT,
        "deposit_tx": _TEXT,
        "deposit_position": pa.int64(),
        "deposit_time": TIME,
        "deposit_asset": _TEXT,
        "deposit_amount": AMOUNT,
        "withdrawal_chain": _TEXT,
        "withdrawal_tx": _TEXT,
        "withdrawal_position": pa.int64(),
        "withdrawal_time": TIME,
        "withdrawal_asset": _TEXT,
        "withdrawal_amount": AMOUNT,
    },
)
"""Many links."""
