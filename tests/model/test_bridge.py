"""Facts fit the schema of bridges; that both shapes of the nouns agree is proven in test_model."""

import dataclasses

import pyarrow as pa

from bongsu.facts import load_bridges
from bongsu.model.bridge import BRIDGE


def test_bridges_fit_their_arrow_schema():
    table = pa.Table.from_pylist(
        [dataclasses.asdict(found) for found in load_bridges().values()], schema=BRIDGE
    )
    table.validate(full=True)
    assert table.num_rows == len(load_bridges())
