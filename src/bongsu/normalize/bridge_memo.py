"""THORChain's transfers on Bitcoin: what a transaction's OP_RETURN says, and whom its first output pays.

A payment in has the vault as output 0, then the change, then the memo; a payment out has the customer as
output 0. Vaults change every few days and no source names them all, so no event is established, and other
networks (MAYAChain) write the same memos. Source: THORChain developer documentation, Sending Transactions.
"""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.asset import BITCOIN, BITCOIN_COIN
from bongsu.model.bridge import BRIDGE_EVENT
from bongsu.model.ports import Batch
from bongsu.normalize.bitcoin_json import Item, Row, parse_items
from bongsu.normalize.bitcoin_script import script_address
from bongsu.normalize.bridge_event import BridgeEvents
from bongsu.normalize.context import Context
from bongsu.normalize.fault import Fault
from bongsu.normalize.movement import own_rows
from bongsu.normalize.screen import Screen
from bongsu.normalize.thorchain_memo import ANSWERS, INTERNAL, Memo, parse_memo
from bongsu.normalize.utxo import MAX_MONEY

BRIDGE = "thorchain"
CONFIDENCE = 60
"""Confidence in a side that a memo alone shows: the vault is not known, another network may be meant."""

_OP_RETURN, _PUSH_1, _PUSH_2 = 0x6A, 0x4C, 0x4D
_SHORT = 75
Output = tuple[bytes, int]
"""Script and satoshi of an output."""


def normalize_blocks(batch: Batch, context: Context) -> BridgeEvents:
    """Events of transactions of raw blocks; the locator is the transaction's number in the file."""
    del context
    screen = Screen(batch.rows)
    outputs = screen.rows["outputs"].combine_chunks()
    scripts = pc.struct_field(pc.list_flatten(outputs), "script")
    marked = pc.starts_with(scripts, bytes((_OP_RETURN,)))
    hopeful = pc.is_in(_numbers(screen), value_set=pc.list_parent_indices(outputs).filter(marked))
    listed = pc.if_else(hopeful, outputs, None).to_pylist()
    columns = {
        "block": screen.rows["block_height"].combine_chunks(),
        "time": screen.time("block_time"),
        "tx_hash": screen.text("hash"),
    }
    found = [[(output["script"], output["value"]) for output in items or ()] for items in listed]
    return _result(screen, found, columns, {})


def normalize_etl(batch: Batch, context: Context) -> BridgeEvents:
    """Events of transactions as bitcoin-etl and BigQuery write them."""
    del context
    rows, aside = own_rows(batch.rows, "transaction")
    screen = Screen(rows)
    hopeful = pc.match_substring(screen.text("outputs").fill_null(""), "6a")
    texts = pc.if_else(hopeful, screen.text("outputs"), None).to_pylist()
    columns = {
        "block": screen.integer("block_number"),
        "time": screen.time("block_timestamp"),
        "tx_hash": screen.stated_hash("hash", BITCOIN),
    }
    return _result(screen, [_items(text) for text in texts], columns, aside)


def memo_of(script: bytes) -> str:
    """Text that an OP_RETURN output carries; empty where it is no such output, or no text."""
    if not script or script[0] != _OP_RETURN:
        return ""
    found, at = b"", 1
    while at < len(script):
        size, at = script[at], at + 1
        if size in {_PUSH_1, _PUSH_2}:
            width = 1 if size == _PUSH_1 else 2
            size, at = int.from_bytes(script[at : at + width], "little"), at + width
        elif size > _SHORT:
            return ""
        found, at = found + script[at : at + size], at + size
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _numbers(screen: Screen) -> pa.Array:
    return pa.array(range(screen.count), pa.int64())


def _items(text: str | None) -> list[Output]:
    found = [] if text is None else parse_items(text, _item)
    return [] if isinstance(found, Fault) else [_output(item) for item in found]


def _item(place: int, item: Item) -> Row:
    del place
    return {"script": str(item.get("script_hex") or ""), "value": item.get("value")}


def _output(row: Row) -> Output:
    try:
        script = bytes.fromhex(str(row["script"]))
    except ValueError:
        script = b""
    value = row["value"]
    return script, value if isinstance(value, int) and 0 <= value <= MAX_MONEY else 0


def _result(
    screen: Screen, transactions: list[list[Output]], columns: dict[str, pa.Array], aside: dict[str, int]
) -> BridgeEvents:
    """What the outputs of each transaction say; a transaction without OP_RETURN may be an empty list."""
    events = []
    for row, outputs in enumerate(transactions):
        text, memo = _memo(outputs)
        if memo is not None and not screen.struck[row]:
            place = {name: column[row].as_py() for name, column in columns.items()}
            locator = screen.locators[row].as_py()
            events.append(_event(memo, outputs[0]) | place | {"memo": text, "locator": locator})
    table = pa.Table.from_pylist([_BLANK | _answered(event) for event in events], schema=BRIDGE_EVENT)
    others = int((~screen.struck).sum()) - len(events)
    return BridgeEvents(
        rows_in=screen.count + sum(aside.values()),
        events=table,
        rejects=screen.rejects(),
        set_aside=aside | ({"no_memo": others} if others else {}),
    )


_BLANK = dict.fromkeys(BRIDGE_EVENT.names) | {
    "bridge": BRIDGE,
    "chain": BITCOIN,
    "asset": BITCOIN_COIN.id,
    "decimals": BITCOIN_COIN.decimals,
    "established": False,
    "confidence": CONFIDENCE,
    "source": "",
}


def _memo(outputs: list[Output]) -> tuple[str, Memo | None]:
    """Text and memo of the first output that has one; vaults that pay each other have none here."""
    for script, _value in outputs:
        text = memo_of(script)
        memo = parse_memo(text) if text else None
        if isinstance(memo, Memo) and memo.function not in INTERNAL:
            return text, memo
    return "", None


def _event(memo: Memo, first: Output) -> dict[str, object]:
    script, value = first
    out = memo.function in ANSWERS
    return {
        "direction": "withdrawal" if out else "deposit",
        "amount": value,
        "beneficiary": script_address(script) if out else memo.address or None,
        "other_chain": None if out else memo.chain,
        "other_asset": None if out else memo.asset_id,
        "emitter": None if out else script_address(script),
        "transfer_id": memo.inbound or None,
    }


def _answered(event: dict[str, object]) -> dict[str, object]:
    """The event with its own hash as id where it pays in: payments out name it in capitals."""
    return event | {"transfer_id": event["transfer_id"] or str(event["tx_hash"]).upper()}
