"""Labels gathered row by row."""

from bongsu.model.label import LABEL
from bongsu.model.reject import REJECT
from bongsu.read.label_batch import LabelRows

LABEL_OF = {"name": "n", "category": "other", "source": "s", "confidence": 50}


def test_address_becomes_canonical_and_license_is_kept():
    rows = LabelRows(license_name="MIT")
    rows.add(1, "eip155:*", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", **LABEL_OF)
    batch = rows.batch()
    assert batch.labels.schema.equals(LABEL)
    (label,) = batch.labels.to_pylist()
    assert label["address"] == "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
    assert (label["chain"], label["license"], label["valid_from"]) == ("eip155:*", "MIT", None)
    assert rows.batch().labels.num_rows == 0


def test_row_that_is_no_label_becomes_a_reject():
    rows = LabelRows()
    rows.add(1, None, "abc", **LABEL_OF)
    rows.add(2, "eip155:1", "abc", **LABEL_OF)
    rows.add(3, "eip155:1", "0x098B716b8Aaf21512996dC57EB0615e2383E2f96", **LABEL_OF)
    rows.refuse(4, "no_address", "m")
    batch = rows.batch()
    assert batch.rejects.schema.equals(REJECT)
    found = [(row["locator"], row["rule"]) for row in batch.rejects.to_pylist()]
    assert found == [(1, "unknown_chain"), (2, "bad_address"), (3, "bad_checksum"), (4, "no_address")]
    assert batch.labels.num_rows == 0
