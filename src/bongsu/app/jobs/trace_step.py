"""Steps of the paths of a trace document: one movement each, with the row of the file that states it."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from bongsu.analyze.conservation import received_amounts
from bongsu.analyze.extract import Extract, amounts_of
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


def steps_of(made: Trace, ledger: Ledger, names: Names) -> dict[int, Document]:
    """Movement to its step, for every movement on the way to an end; ways that share one share its step."""
    found, moves = made.found, made.found.case.moves
    way = np.array(sorted(set().union(*(end.way for end in made.endpoints))), dtype=np.int64)
    brought = {m: found.arrivals[m] for m in way.tolist() if m in found.arrivals}
    cited = np.union1d(way, np.fromiter(chain.from_iterable(brought.values()), dtype=np.int64))
    said = ledger.citations(found.rows[cited])
    place = np.searchsorted(cited, way)
    evidence = _evidence(said, ledger.sources)
    columns: dict[str, list[Any]] = {
        "tx_hash": said["tx_hash"].take(place).to_pylist(),
        "block": found.table["block"].take(way).to_pylist(),
        "time": moment_texts(moments_of(found)[way]),
        "tx_index": said["tx_index"].take(place).to_pylist(),
        "position": said["position"].take(place).to_pylist(),
        "source": names.holder[moves.source[way]].tolist(),
        "target": names.holder[moves.target[way]].tolist(),
        "asset": names.asset[moves.source[way]].tolist(),
        "amount": amount_texts(amounts_of(found.table["amount"].take(way))),
        "tainted": texts_by_policy({name: _left(tally, way) for name, tally in made.tallies.items()}),
        "evidence": [evidence[one] for one in place.tolist()],
        "swap": [None] * len(way),
    }
    steps = dict(zip(way.tolist(), rows_of(list(columns), list(columns.values())), strict=True))
    by_movement = dict(zip(cited.tolist(), evidence, strict=True))
    for m, swap in zip(brought, _swaps(made, brought, names.asset), strict=True):
        steps[m]["swap"] = swap | {"evidence": [by_movement[row] for row in brought[m]]}
    return steps


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


def _swaps(made: Trace, brought: dict[int, tuple[int, ...]], assets: Array) -> list[Document]:
    """What each exchange brought, in the order given, without its evidence."""
    rows = np.array(list(brought), dtype=np.int64)
    target = made.found.case.moves.target[rows]
    received = amount_texts(received_amounts(made.found)[rows])
    tainted = texts_by_policy({name: tally.carried[rows] for name, tally in made.tallies.items()})
    return [
        {"asset": asset, "received": value, "tainted": one}
        for asset, value, one in zip(assets[target].tolist(), received, tainted, strict=True)
    ]
