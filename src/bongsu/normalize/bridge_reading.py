"""Columns of a bridge's events, read from logs that share a declaration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.abi import Declaration, Place, Reference, parse_reference, place_of
from bongsu.model.asset import erc20_id
from bongsu.model.bridge import BRIDGE_EVENT, Bridge, BridgeSignature
from bongsu.model.schema import AMOUNT, MAX_AMOUNT
from bongsu.normalize.fault import Fault
from bongsu.normalize.log_value import Bytes, LogValues, addresses_of, amounts_of, digits_of, hex_of
from bongsu.normalize.screen import Mask, as_mask
from bongsu.normalize.thorchain_memo import ANSWERS, INTERNAL, Memo, parse_memo
from bongsu.normalize.unit import native_asset

NATIVE_MARKS = ("0x" + "00" * 20, "0x" + "ee" * 20)
"""Addresses that stand for the native coin in events of bridges."""
_SINGLE = ":"
_WORDY = ("uint", "int")


@dataclass(slots=True)
class Reading:
    """What some logs say, by the facts of one event; `sound` keeps which logs hold all that was read."""

    bridge: Bridge
    signature: BridgeSignature
    declared: Declaration
    values: LogValues
    chain: str
    given: Mapping[str, pa.Array]
    decimals: Mapping[str, int]
    sound: Mask = field(init=False)
    memo_texts: pa.Array | None = field(init=False)
    memos: list[Memo | None] = field(init=False)
    """Memo of each log; None where the text is none, or the event has none."""

    def __post_init__(self) -> None:
        self.sound = np.ones(len(self.values), dtype=np.bool_)
        self.memo_texts = self._optional(self.signature.memo, "text")
        texts = [] if self.memo_texts is None else self.memo_texts.to_pylist()
        parsed: list[Memo | Fault | None] = [parse_memo(text) for text in texts] or [None] * len(self.values)
        self.memos = [None if isinstance(memo, Fault) else memo for memo in parsed]

    def kept(self) -> Mask:
        """Which logs are such events: who must be the bridge is, the condition and the memo are right."""
        kept = self._answering()
        for text in self.signature.contracts:
            kept &= as_mask(pc.is_in(self._text(text, "address"), value_set=self._own()))
        for text in self.signature.accounts:
            kept &= as_mask(pc.is_in(self._text(text, "address"), value_set=self._own(accounts=True)))
        name, _equals, numbers = self.signature.when.partition("=")
        if name:
            wanted = pa.array(numbers.split(","), pa.string())
            kept &= as_mask(pc.is_in(self._text(name, "uint"), value_set=wanted))
        self.sound |= ~kept
        return kept

    def table(self, stranger: int) -> tuple[pa.Table, Mask]:
        """Events, schema BRIDGE_EVENT, and which rows hold all that the event declares.

        Args:
            stranger: Confidence in what a contract logs that no source names for the bridge.
        """
        event = self.signature
        asset = self._asset()
        decimals = _mapped(asset, self.decimals.get, pa.int8())
        known = self._established()
        other_chain = self._other_chain()
        columns: dict[str, Any] = {
            "bridge": self.bridge.id,
            "chain": self.chain,
            "direction": event.direction,
            "asset": asset,
            "amount": self._amount(decimals),
            "decimals": decimals,
            "sender": self._optional(event.sender, "address"),
            "beneficiary": self._beneficiary(),
            "other_chain": other_chain,
            "other_asset": self._other_asset(other_chain),
            "transfer_id": self._transfer_id(),
            "memo": self.memo_texts,
            "established": known,
            "confidence": pc.if_else(known, event.confidence, min(event.confidence, stranger)),
            "source": "",
            **self.given,
        }
        filled = [self._column(columns[name.name], name.type) for name in BRIDGE_EVENT]
        return pa.table(filled, schema=BRIDGE_EVENT), self.sound

    def _column(self, value: Any, dtype: pa.DataType) -> pa.Array:  # noqa: ANN401
        if isinstance(value, pa.Array):
            return value if value.type == dtype else value.cast(dtype)
        return pa.repeat(pa.scalar(value, dtype), len(self.values))

    # References

    def _read(self, reference: Reference) -> tuple[Place, Bytes]:
        place = place_of(self.declared, reference.path)
        found, right = self.values.fixed(place, reference)
        self.sound &= right
        return place, found

    def _text(self, text: str, reading: str = "") -> pa.Array:
        """Texts of a reference, read as it says, else as told, else as its type has it."""
        if text.startswith("="):
            return pa.repeat(pa.scalar(text[1:]), len(self.values))
        if text in _SPECIAL:
            return _SPECIAL[text](self)
        reference = parse_reference(text)
        place = place_of(self.declared, reference.path)
        how = reference.reading or reading or self._own_reading(place, reference)
        if how == "text" or (place.tail and reference.start is None and how == "hex"):
            return self._whole(place, as_text=how == "text")
        _place, data = self._read(reference)
        return {"uint": digits_of, "address": addresses_of}.get(how, hex_of)(data)

    def _own_reading(self, place: Place, reference: Reference) -> str:
        if place.type == "address" and reference.start is None:
            return "address"
        return "uint" if place.type.startswith(_WORDY) and reference.start is None else "hex"

    def _whole(self, place: Place, *, as_text: bool) -> pa.Array:
        found, right = self.values.whole(place)
        self.sound &= right
        if as_text:
            return pa.array([data.decode("utf-8", errors="replace") for data in found], pa.string())
        return pa.array(["0x" + data.hex() for data in found], pa.string())

    def _optional(self, text: str, reading: str = "") -> pa.Array | None:
        return self._text(text, reading) if text else None

    # What depends on the bridge

    def _own(self, *, accounts: bool = False) -> pa.Array:
        """Contracts and accounts of the bridge on the chain, or its accounts only."""
        here = [c for c in self.bridge.contracts if c.chain == self.chain and (c.account or not accounts)]
        return pa.array(sorted(c.address for c in here), pa.string())

    def _established(self) -> pa.Array:
        if self.signature.accounts:
            return pa.repeat(pa.scalar(True), len(self.values))
        return pc.is_in(self.given["emitter"], value_set=self._own())

    def own_number(self) -> str | None:
        """The bridge's number of the chain; None where it has none."""
        for found in self.bridge.chains:
            if found.chain == self.chain:
                return found.number
        return self.chain.partition(":")[2] if self.bridge.evm_numbers else None

    def _chain_of(self, number: str) -> str | None:
        if ":" in number:
            return number
        for found in self.bridge.chains:
            if found.number == number:
                return found.chain
        return f"eip155:{number}" if self.bridge.evm_numbers and number.isdecimal() else None

    def _transfer_id(self) -> pa.Array | None:
        if self.signature.memo:
            deposits = pc.utf8_upper(pc.utf8_slice_codeunits(self.given["tx_hash"], 2))
            if self.signature.direction == "deposit":
                return deposits
            return pa.array([memo.inbound or None if memo else None for memo in self.memos], pa.string())
        if not self.signature.transfer_id:
            return None
        parts = [self._text(text) for text in self.signature.transfer_id]
        return pc.binary_join_element_wise(*parts, _SINGLE) if len(parts) > 1 else parts[0]

    def _asset(self) -> pa.Array:
        text = self.signature.asset
        if not text:
            return pa.nulls(len(self.values), pa.string())
        if text == "@native":
            return pa.repeat(pa.scalar(native_asset(self.chain).id), len(self.values))
        if text == "@moved":
            moved = {c.address: c.asset for c in self.bridge.contracts if c.chain == self.chain and c.asset}
            return _mapped(self.given["emitter"], moved.get, pa.string())
        asset = _mapped(self._text(text, "address"), lambda token: _asset_id(self.chain, token), pa.string())
        if not self.signature.asset_chain:
            return asset
        here = pc.equal(self._text(self.signature.asset_chain), self.own_number())
        return pc.if_else(here, asset, None)

    def _amount(self, decimals: pa.Array) -> pa.Array | None:
        text = self.signature.amount
        if not text:
            return None
        amount = self._number(text)
        shared = self.signature.amount_decimals
        return amount if shared is None else _scaled(amount, decimals, shared)

    def _number(self, text: str) -> pa.Array:
        _place, data = self._read(parse_reference(text))
        amount, fits = amounts_of(data)
        self.sound &= fits
        return amount

    def _other_chain(self) -> pa.Array | None:
        if self.signature.memo:
            return pa.array([memo.chain if memo else None for memo in self.memos], pa.string())
        text = self.signature.other_chain
        return _mapped(self._text(text, "uint"), self._chain_of, pa.string()) if text else None

    def _other_asset(self, chains: pa.Array | None) -> pa.Array | None:
        if self.signature.memo:
            return pa.array([memo.asset_id if memo else None for memo in self.memos], pa.string())
        if not self.signature.other_asset or chains is None:
            return None
        tokens = self._text(self.signature.other_asset, "address")
        # Across writes zero for "the same token"; a coin there cannot be told from that.
        stated = pc.if_else(pc.is_in(tokens, value_set=pa.array(NATIVE_MARKS)), None, tokens)
        pairs = pc.binary_join_element_wise(chains, stated, " ")
        return _mapped(pairs, lambda pair: _asset_id(*pair.split(" ")), pa.string())

    # THORChain

    def _beneficiary(self) -> pa.Array | None:
        if self.signature.memo and not self.signature.beneficiary:
            return pa.array([memo.address or None if memo else None for memo in self.memos], pa.string())
        return self._optional(self.signature.beneficiary, "address")

    def _answering(self) -> Mask:
        """Which logs are a side of a transfer; vaults that pay each other are not, nor what has no memo."""
        if not self.signature.memo:
            return np.ones(len(self.values), dtype=np.bool_)
        out = self.signature.direction == "withdrawal"
        kinds = [memo.function if memo else "" for memo in self.memos]
        fits = [kind in ANSWERS if out else bool(kind) and kind not in INTERNAL | ANSWERS for kind in kinds]
        return np.array(fits, dtype=np.bool_)


_SPECIAL: dict[str, Callable[[Reading], pa.Array]] = {
    "@chain": lambda reading: pa.repeat(pa.scalar(reading.own_number(), pa.string()), len(reading.values)),
    "@tx": lambda reading: reading.given["tx_hash"],
    "@emitter": lambda reading: reading.given["emitter"],
}


def _mapped(texts: pa.Array, get: Callable[[str], Any], dtype: pa.DataType) -> pa.Array:
    """What each text is mapped to; each distinct text is looked at once."""
    encoded = texts.dictionary_encode()
    known = [None if text is None else get(text) for text in encoded.dictionary.to_pylist()]
    return pa.array(known, dtype).take(encoded.indices)


def _asset_id(chain: str, token: str) -> str | None:
    if not chain.startswith("eip155:") or len(token) != 42:
        return None
    return native_asset(chain).id if token in NATIVE_MARKS else erc20_id(chain, token)


def _scaled(amount: pa.Array, decimals: pa.Array, shared: int) -> pa.Array:
    """Amounts in base units that are stated in at most `shared` decimals; null where those are not known."""
    steps = pc.max_element_wise(pc.subtract(decimals, pa.scalar(shared, pa.int8())), pa.scalar(0, pa.int8()))
    known = zip(amount.to_pylist(), pc.if_else(decimals.is_valid(), steps, None).to_pylist(), strict=True)
    made = [None if value is None or step is None else int(value) * 10**step for value, step in known]
    return pa.array([None if one is None or one > MAX_AMOUNT else one for one in made], AMOUNT)
