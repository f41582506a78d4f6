"""Sides of transfers over bridges, from the logs of an EVM chain, by what the facts say of each bridge.

Anybody may log an event of the same name: only a contract that a source names for the bridge is
established; what others log is kept with a low confidence. Where one event says the id and another the
amount, as on Poly, Nomad, CCTP and Stargate, the two of one transaction are joined in their order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.facts.load import load_assets, load_bridges
from bongsu.model.abi import Declaration, parse_declaration
from bongsu.model.bridge import BRIDGE_EVENT, Bridge, BridgeSignature
from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT
from bongsu.model.text import _
from bongsu.normalize.bridge_part import join_parts
from bongsu.normalize.bridge_reading import Reading
from bongsu.normalize.context import Context
from bongsu.normalize.log_value import LogValues, Packed, pack
from bongsu.normalize.movement import own_rows
from bongsu.normalize.screen import Mask, Screen, as_mask

TOPIC = 66
"""Characters of a topic: 0x and 64 digits."""
STRANGER = 30
"""Confidence in an event that a contract logs which no source names for the bridge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeEvents:
    """What the logs of a batch say: events (schema `BRIDGE_EVENT`), rejects, and logs set aside by why."""

    rows_in: int
    events: pa.Table
    rejects: pa.Table
    set_aside: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Logs:
    """The logs of a batch, their columns checked."""

    screen: Screen
    chain: str
    topics: pa.Array
    data: Packed
    columns: Mapping[str, pa.Array]
    """Columns of BRIDGE_EVENT that each log states itself, and its emitter."""


def normalize(batch: Batch, context: Context) -> BridgeEvents:
    """Events of the bridges that the facts know; other logs are set aside.

    Args:
        batch: Raw columns address, topics (joined by commas), data, transaction_hash, log_index,
            block_number, and block_timestamp where the source has it.
        context: The chain, and decimals of tokens that the facts do not list.
    """
    rows, aside = own_rows(batch.rows, "log")
    screen = Screen(rows)
    topics = pc.ascii_lower(screen.text("topics").fill_null(""))
    data = pack(pc.ascii_lower(screen.text("data").fill_null("0x")))
    columns = {
        "block": screen.integer("block_number"),
        "time": screen.time("block_timestamp"),
        "tx_hash": screen.tx_hash("transaction_hash"),
        "position": screen.integer("log_index"),
        "emitter": screen.bulk_address("address"),
        "locator": screen.locators,
    }
    logs = _Logs(screen, context.chain, topics, data, columns)
    decimals = {asset.id: asset.decimals for asset in load_assets().values()} | dict(context.decimals)
    found, read = _decode(logs, decimals)
    others = int((~read & ~screen.struck).sum())
    return BridgeEvents(
        rows_in=screen.count + sum(aside.values()),
        events=join_parts(found),
        rejects=screen.rejects() if screen.struck.any() else REJECT.empty_table(),
        set_aside=aside | ({"other_event": others} if others else {}),
    )


@cache
def known_topics() -> dict[str, tuple[tuple[Bridge, BridgeSignature, Declaration], ...]]:
    """Events of all bridges by their first topic."""
    found: dict[str, list[tuple[Bridge, BridgeSignature, Declaration]]] = {}
    for bridge in load_bridges().values():
        for signature in bridge.signatures:
            declared = parse_declaration(signature.declaration)
            found.setdefault(signature.topic, []).append((bridge, signature, declared))
    return {topic: tuple(events) for topic, events in found.items()}


def _decode(logs: _Logs, decimals: Mapping[str, int]) -> tuple[pa.Table, Mask]:
    """Events of all logs in the order of the batch, and which logs they were read from."""
    codes = pc.utf8_slice_codeunits(logs.topics, 0, TOPIC).dictionary_encode()
    numbers = codes.indices.to_numpy(zero_copy_only=False)
    read = np.zeros(logs.screen.count, dtype=np.bool_)
    tables = [BRIDGE_EVENT.empty_table()]
    for code, topic in enumerate(codes.dictionary.to_pylist()):
        rows = np.flatnonzero((numbers == code) & ~logs.screen.struck)
        for bridge, signature, declared in known_topics().get(topic, ()):
            table, used = _events(logs, rows, (bridge, signature, declared), decimals)
            read[used] = True
            tables.append(table)
    return pa.concat_tables(tables).sort_by([("locator", "ascending"), ("bridge", "ascending")]), read


def _events(
    logs: _Logs,
    rows: np.ndarray[tuple[int], np.dtype[np.int64]],
    event: tuple[Bridge, BridgeSignature, Declaration],
    decimals: Mapping[str, int],
) -> tuple[pa.Table, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Events of some logs that share a topic, and the logs that hold them."""
    bridge, signature, declared = event
    flat = pc.replace_substring(logs.topics.take(pa.array(rows)), ",0x", "")
    whole = as_mask(pc.equal(pc.binary_length(flat), 2 + 64 * declared.topics))
    rows, flat = rows[whole], flat.filter(pa.array(whole))
    packed = pack(flat)
    words, right = packed.all(32 * declared.topics)
    values = LogValues(words.reshape(-1, declared.topics, 32), logs.data.take(rows))
    given = {name: column.take(pa.array(rows)) for name, column in logs.columns.items()}
    reading = Reading(bridge, signature, declared, values, logs.chain, given, decimals)
    kept = reading.kept() & right & logs.data.right[rows]
    table, sound = reading.table(STRANGER)
    _strike(logs.screen, rows[kept & ~sound])
    chosen = kept & sound
    return table.filter(pa.array(chosen)), rows[kept]


def _strike(screen: Screen, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    """Nothing; logs whose data does not hold what their event declares, or too much, become rejects."""
    wrong = np.zeros(screen.count, dtype=np.bool_)
    wrong[rows] = True
    screen.strike(
        wrong, "bad_log", _("the data does not hold what the event declares, or more than a ledger holds")
    )
