import dataclasses

import pytest

from bongsu.model.exposure import EXPOSURE, PASSAGE, Exposure, Passage


@pytest.mark.parametrize(("row", "schema"), [(Exposure, EXPOSURE), (Passage, PASSAGE)])
def test_dataclass_and_schema_agree(row, schema):
    fields = dataclasses.fields(row)
    assert [one.name for one in fields] == schema.names
    for declared in fields:
        column = schema.field(declared.name)
        assert column.metadata[b"doc"].decode() == declared.metadata["doc"]
        assert column.nullable == ("None" in str(declared.type))
