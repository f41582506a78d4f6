"""Logs made into events by the normalizer, for tests of what each event means."""

import pyarrow as pa
from tests.data.event_log import log

from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT
from bongsu.normalize.context import Context
from bongsu.normalize.evm_log import normalize

SIDES = ("given_asset", "given", "received_asset", "received")


def normalized(*rows):
    """Normalized logs."""
    columns = {name: pa.array([row[name] for row in rows], pa.string()) for name in rows[0]}
    columns["locator"] = pa.array(range(1, len(rows) + 1), pa.int64())
    return normalize(Batch(rows=pa.table(columns), rejects=REJECT.empty_table()), Context())


def events_of(*rows):
    """Legs of some logs, amounts as integers."""
    made = normalized(*rows).events.to_pylist()
    for one in made:
        for name in ("given", "received"):
            one[name] = None if one[name] is None else int(one[name])
    return made


def legs_of(declaration, emitter, values):
    """(protocol, kind, sides) of each leg of one log."""
    return [
        (one["protocol"], one["kind"], *(one[name] for name in SIDES))
        for one in events_of(log(declaration, emitter, values))
    ]
