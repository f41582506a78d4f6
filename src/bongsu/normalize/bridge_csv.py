"""Sides of transfers over bridges from a table that somebody has: rows checked, names made standard."""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.facts.load import load_assets, load_bridges
from bongsu.model.asset import erc20_id, is_asset_id
from bongsu.model.bridge import BRIDGE_EVENT, DIRECTIONS, Bridge
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.normalize.bridge_event import BridgeEvents
from bongsu.normalize.fault import Fault
from bongsu.normalize.screen import Screen, as_mask
from bongsu.normalize.unit import native_asset

CONFIDENCE = 80
"""Confidence in a row that somebody tabulated."""

_CHAIN = re.compile(r"[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}")
_EVM = re.compile(r"(?:0x|\\x)([0-9a-f]{40})", re.IGNORECASE)
_ZERO = "0x" + "0" * 40
_MOST_DECIMALS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeTable:
    """What holds for every row of a table that does not say it; empty: the table says."""

    bridge: str = ""
    direction: str = ""
    chain: str = ""
    other_chain: str = ""
    confidence: int = CONFIDENCE


def normalize(batch: Batch, told: BridgeTable) -> BridgeEvents:
    """An event for each row that states bridge, direction, chain and transaction; the others are rejects.

    A chain is a CAIP-2 id, the bridge's own number or name of it, or the number of an EVM chain; an asset is
    a CAIP-19 id or a token contract; amounts are in base units.
    """
    screen = Screen(batch.rows)
    bridge = _given(screen, "bridge", told.bridge)
    known = load_bridges()
    chain = _chains(screen, ("chain", told.chain), bridge, known)
    other = _chains(screen, ("other_chain", told.other_chain), bridge, known)
    screen.strike(as_mask(chain.is_null()), "unknown_chain", _("the chain is not stated"))
    asset = _assets(screen, "asset", chain)
    columns = {
        "bridge": bridge,
        "chain": chain,
        "block": screen.integer("block"),
        "time": screen.time("time"),
        "tx_hash": screen.convert(screen.text("tx"), _hash, pa.string(), label="tx"),
        "position": screen.integer("position"),
        "direction": _directions(screen, told.direction),
        "asset": asset,
        "amount": screen.base_units("amount"),
        "decimals": _decimals(screen, asset),
        "sender": screen.convert(screen.text("sender"), _account, pa.string(), label="sender"),
        "beneficiary": screen.convert(screen.text("beneficiary"), _account, pa.string(), label="beneficiary"),
        "other_chain": other,
        "other_asset": _assets(screen, "other_asset", other),
        "transfer_id": screen.text("id"),
        "memo": screen.text("memo"),
        "locator": screen.locators,
    }
    screen.strike(as_mask(columns["tx_hash"].is_null()), "bad_hash", _("tx is empty"))
    constants = {"emitter": None, "established": True, "confidence": told.confidence, "source": ""}
    kept = pa.array(np.flatnonzero(~screen.struck))
    filled = [
        columns[f.name].take(kept).cast(f.type)
        if f.name in columns
        else pa.repeat(pa.scalar(constants[f.name], f.type), len(kept))
        for f in BRIDGE_EVENT
    ]
    return BridgeEvents(
        rows_in=screen.count, events=pa.table(filled, schema=BRIDGE_EVENT), rejects=screen.rejects()
    )


def _given(screen: Screen, name: str, told: str) -> pa.Array:
    """The column, or what was told for all rows; a row that has neither is struck."""
    texts = pa.repeat(pa.scalar(told), screen.count) if told else screen.text(name)
    screen.strike(as_mask(texts.is_null()), "missing_value", _("{name} is empty").format(name=name))
    return texts


def _directions(screen: Screen, told: str) -> pa.Array:
    def parse(text: str) -> str | Fault:
        word = text.strip().lower()
        return word if word in DIRECTIONS else Fault("bad_direction", _("neither deposit nor withdrawal"))

    return screen.convert(_given(screen, "direction", told), parse, pa.string(), label="direction")


def _chains(screen: Screen, given: tuple[str, str], bridge: pa.Array, known: dict[str, Bridge]) -> pa.Array:
    """CAIP-2 ids of a column of chains."""
    name, told = given
    texts = pa.repeat(pa.scalar(told), screen.count) if told else screen.text(name)

    def parse(pair: str) -> str | Fault:
        slug, _mark, text = pair.partition("\x1f")
        found = _chain_id(text.strip(), known.get(slug))
        return found or Fault("unknown_chain", _("no chain is known by this name"))

    return screen.convert(pc.binary_join_element_wise(bridge, texts, "\x1f"), parse, pa.string(), label=name)


def _chain_id(text: str, bridge: Bridge | None) -> str | None:
    if _CHAIN.fullmatch(text):
        return text
    for found in bridge.chains if bridge else ():
        if found.number.lower() == text.lower():
            return found.chain
    return f"eip155:{text}" if text.isdecimal() else None


def _assets(screen: Screen, name: str, chain: pa.Array) -> pa.Array:
    """CAIP-19 ids of a column of assets; a contract is one of the row's chain."""

    def parse(pair: str) -> str | Fault:
        where, _mark, text = pair.partition("\x1f")
        if is_asset_id(text.strip()):
            return text.strip()
        contract = _EVM.fullmatch(text.strip())
        if contract is None or not where.startswith("eip155:"):
            return Fault("bad_asset", _("neither a CAIP-19 id nor a token contract"))
        token = "0x" + contract[1].lower()
        return native_asset(where).id if token == _ZERO else erc20_id(where, token)

    pairs = pc.binary_join_element_wise(chain, screen.text(name), "\x1f")
    return screen.convert(pairs, parse, pa.string(), label=name)


def _decimals(screen: Screen, asset: pa.Array) -> pa.Array:
    """Decimals as the row states them, else those of a genuine asset that the facts know."""
    stated = screen.integer("decimals", largest=_MOST_DECIMALS)
    encoded = asset.dictionary_encode()
    facts = load_assets()
    listed = [facts.get(one) for one in encoded.dictionary.to_pylist()]
    known = pa.array([one.decimals if one else None for one in listed], pa.int64())
    return pc.coalesce(stated, known.take(encoded.indices)).cast(pa.int8())


def _account(text: str) -> str | Fault:
    """Account as it is, an EVM address in lower case: a beneficiary may be of any chain."""
    found = _EVM.fullmatch(text.strip())
    return "0x" + found[1].lower() if found else text.strip()


def _hash(text: str) -> str | Fault:
    """Hash in lower case: EVM with 0x, others without."""
    word = text.strip().lower().replace("\\x", "0x")
    if re.fullmatch(r"(0x)?[0-9a-f]{64}", word) is None:
        return Fault("bad_hash", _("not 64 hexadecimal digits"))
    return word
