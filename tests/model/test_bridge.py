"""Both shapes of the bridge nouns agree, and a table takes what a dataclass holds."""

import dataclasses

import pyarrow as pa
import pytest

from bongsu.facts import load_bridges
from bongsu.model import bridge

SHAPES = [
    (bridge.Bridge, bridge.BRIDGE),
    (bridge.BridgeChain, bridge.BRIDGE_CHAIN),
    (bridge.BridgeContract, bridge.BRIDGE_CONTRACT),
    (bridge.BridgeEvent, bridge.BRIDGE_EVENT),
    (bridge.BridgeLink, bridge.BRIDGE_LINK),
    (bridge.BridgeSignature, bridge.BRIDGE_SIGNATURE),
]


@pytest.mark.parametrize(("row", "schema"), SHAPES, ids=lambda shape: getattr(shape, "__name__", ""))
def test_dataclass_and_schema_agree(row, schema):
    fields = dataclasses.fields(row)
    assert [f.name for f in fields] == schema.names
    for declared in fields:
        column = schema.field(declared.name)
        assert column.metadata[b"doc"].decode() == declared.metadata["doc"]
        assert column.nullable == ("None" in str(declared.type))


def test_bridges_fit_their_arrow_schema():
    table = pa.Table.from_pylist(
        [dataclasses.asdict(found) for found in load_bridges().values()], schema=bridge.BRIDGE
    )
    table.validate(full=True)
    assert table.num_rows == len(load_bridges())
