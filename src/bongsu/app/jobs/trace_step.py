"""Steps of the paths of a trace document: one movement each, with the row of the file that states it."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from bongsu.analyze.conservation import received_amounts
from bongsu.analyze.extract import Extract, Turn, amounts_of
from bongsu.analyze.swap import Crossing
from bongsu.analyze.tally import (
    Tally,
    amount_texts,
    assets_of,
    moments_of,
    rows_of,
    some,
    texts_by_policy,
)
from bongsu.analyze.trace import Trace
from bongsu.facts.load import load_bridges
from bongsu.kernel.amount import Amounts
from bongsu.kernel.case import Array
from bongsu.model.ports import Ledger, SourceFile

Document = dict[str, Any]


class Names(NamedTuple):
    """Holder and asset of each pool of a case, texts: object, shape (pools,)."""

    holder: Array
    asset: Array


def names_of(found: Extract) -> Names:
    """Names of the pools of a case."""
    assets = assets_of(found)
    return Names(found.pools["holder"].to_numpy(), np.array(assets.names, dtype=object)[assets.place])


class Walked(NamedTuple):
    """Movements on the ways to the ends, and what sources state of them."""

    way: Array
    """Movements of the case, ascending."""
    cited: Array
    """Their rows in the ledger, and those that brought what they became, ascending."""
    said: pa.Table
    """Schema `bongsu.model.movement.CITATION`, a row for each of `cited`."""


def walk(made: Trace, ledger: Ledger) -> Walked:
    """What the ways to all ends are made of; most of its time goes by in reading files."""
    found = made.found
    walked: set[int] = set().union(*(end.way for end in made.endpoints))
    way = np.array(sorted(walked), dtype=np.int64)
    turns = [turn for m, turn in found.turns.items() if m in walked]
    brought = np.fromiter(chain.from_iterable(one.arrivals for one in turns), dtype=np.int64)
    cited = np.union1d(found.rows[way], brought)
    return Walked(way, cited, ledger.citations(cited))


def steps_of(made: Trace, ledger: Ledger, names: Names, walked: Walked) -> dict[int, Document]:
    """Movement to its step, for every movement on the way to an end; ways that share one share its step.

    A step is sure here; what speaks against it depends on the policy that the way is of, so the end says it.
    """
    found, moves = made.found, made.found.case.moves
    way, cited, said = walked
    turns = {m: found.turns[m] for m in way.tolist() if m in found.turns}
    evidence = _evidence(said, ledger.sources)
    place = np.searchsorted(cited, found.rows[way])
    source, target = _payers_and_payees(made, ledger, names, way)
    none = [None] * len(way)
    columns: dict[str, list[Any]] = {
        "kind": _kinds(made, way),
        "chain": found.pools["chain"].take(moves.target[way]).to_pylist(),
        "tx_hash": said["tx_hash"].take(place).to_pylist(),
        "block": found.table["block"].take(way).to_pylist(),
        "time": moment_texts(moments_of(found)[way]),
        "tx_index": said["tx_index"].take(place).to_pylist(),
        "position": said["position"].take(place).to_pylist(),
        "source": source,
        "target": target,
        "asset": names.asset[moves.source[way]].tolist(),
        "amount": amount_texts(amounts_of(found.table["amount"].take(way))),
        "tainted": texts_by_policy({name: _left(tally, way) for name, tally in made.tallies.items()}),
        "evidence": [evidence[one] for one in place.tolist()],
        "swap": none,
        "bridge": [crossing_document(_crossing(found, m)) for m in way.tolist()] if found.flights else none,
        "confidence": [100] * len(way),
        "why": [[] for _step in way],
    }
    steps = dict(zip(way.tolist(), rows_of(list(columns), list(columns.values())), strict=True))
    by_movement = dict(zip(cited.tolist(), evidence, strict=True))
    for (m, turn), swap in zip(turns.items(), _swaps(made, turns, names.asset), strict=True):
        events = [stated_at(ledger.sources, one) for one in turn.how.stated]
        steps[m]["swap"] = swap | {
            "kind": turn.how.kind,
            "method": turn.how.method,
            "by": turn.how.by,
            "evidence": [by_movement[row] for row in turn.arrivals],
            "events": events,
        }
    return steps


def _payers_and_payees(made: Trace, ledger: Ledger, names: Names, way: Array) -> tuple[list[str], list[str]]:
    """Who pays and who is paid by movements; over a bridge the accounts that the ledger names."""
    found, moves = made.found, made.found.case.moves
    source, target = names.holder[moves.source[way]].tolist(), names.holder[moves.target[way]].tolist()
    for place, m in enumerate(way.tolist() if found.flights else ()):
        pays, paid = int(moves.source[m]), int(moves.target[m])
        if paid in found.flights:
            target[place] = found.pools["address"][paid].as_py()
        if pays in found.flights:
            pool = ledger.pools(ledger.ends()[0][[found.rows[m]]])
            source[place] = pool["holder"][0].as_py()
    return source, target


def _kinds(made: Trace, way: Array) -> list[str]:
    """Kind of each movement."""
    found, moves = made.found, made.found.case.moves
    kinds = ["transfer"] * len(way)
    for place, m in enumerate(way.tolist() if found.flights or found.turns else ()):
        if int(moves.source[m]) in found.flights:
            kinds[place] = "bridge_withdrawal"
        elif m in found.turns:
            kinds[place] = found.turns[m].how.kind
        elif int(moves.target[m]) in found.flights:
            kinds[place] = "bridge_deposit"
    return kinds


def _crossing(found: Extract, m: int) -> Crossing | None:
    """The crossing that a movement leaves or arrives by."""
    moves = found.case.moves
    return found.flights.get(int(moves.source[m])) or found.flights.get(int(moves.target[m]))


def crossing_document(one: Crossing | None) -> Document | None:
    """Both sides of a crossing as a document states them, or null."""
    if one is None:
        return None
    known = load_bridges().get(one.how.by)
    return {
        "bridge": one.how.by,
        "name": known.name if known else one.how.by,
        "method": one.how.method,
        "probability": one.how.confidence,
        "why": list(one.how.why),
        "fee": None if one.fee is None else str(one.fee),
        "deposit_chain": one.deposit_chain,
        "deposit_tx": one.deposit_tx,
        "withdrawal_chain": one.withdrawal_chain or None,
        "withdrawal_tx": one.withdrawal_tx or None,
    }


def stated_at(sources: Sequence[SourceFile], place: tuple[int, int]) -> Document:
    """File and row that state an event."""
    return {"sha256": sources[place[0]].sha256, "locator": f"row {place[1]}"}


def moment_texts(moments: Array) -> list[str | None]:
    """ISO 8601 texts of times in UTC, whole seconds; null where not stated."""
    distinct, places = np.unique(moments.astype("datetime64[s]"), return_inverse=True)
    texts = [None if text == "NaT" else f"{text}Z" for text in np.datetime_as_string(distinct).tolist()]
    return [texts[place] for place in places.tolist()]


def _left(tally: Tally, rows: Array) -> Amounts:
    """Stolen value that left its payer by each movement, in the payer's asset."""
    return np.where(some(tally.paid)[rows, np.newaxis], tally.paid[rows], tally.carried[rows])


def _evidence(said: pa.Table, sources: Sequence[SourceFile]) -> list[Document]:
    """File and row that state each movement."""
    digests = [source.sha256 for source in sources]
    return [
        {"sha256": digests[file], "locator": f"row {locator}"}
        for file, locator in zip(said["file"].to_pylist(), said["locator"].to_pylist(), strict=True)
    ]


def _swaps(made: Trace, brought: Mapping[int, Turn], assets: Array) -> list[Document]:
    """What each exchange brought, in the order given, without its evidence."""
    rows = np.array(list(brought), dtype=np.int64)
    target = made.found.case.moves.target[rows]
    received = amount_texts(received_amounts(made.found)[rows])
    tainted = texts_by_policy({name: tally.carried[rows] for name, tally in made.tallies.items()})
    return [
        {"asset": asset, "received": value, "tainted": one}
        for asset, value, one in zip(assets[target].tolist(), received, tainted, strict=True)
    ]
