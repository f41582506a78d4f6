"""A table of bridge events as a file of a ledger."""

import pyarrow as pa
import pytest

from bongsu.errors import InputError
from bongsu.model.ports import Batch
from bongsu.model.reject import REJECT
from bongsu.normalize.bridge_table import normalize
from bongsu.normalize.context import Context
from bongsu.read.bridge_csv import NAMES

ROW = {"bridge": "nomad", "tx": "0x" + "ab" * 32, "amount": "5", "id": "7", "locator": 1}


def batch(*rows):
    """Raw rows as the reader gives them."""
    fields = [*((name, pa.string()) for name in NAMES), ("locator", pa.int64())]
    return Batch(
        rows=pa.Table.from_pylist(list(rows), schema=pa.schema(fields)), rejects=REJECT.empty_table()
    )


def test_what_holds_for_all_rows_is_said_once():
    columns = {"direction": "=deposit", "chain": "=eip155:1", "amount": "value"}
    made = normalize(batch(ROW), Context(columns=columns))
    (event,) = made.crossings.to_pylist()
    assert (event["direction"], event["chain"], event["transfer_id"]) == ("deposit", "eip155:1", "7")
    assert (made.rows_in, made.rows_kept, made.transfers.num_rows) == (1, 1, 0)


def test_rows_that_say_too_little_are_rejects():
    made = normalize(batch(ROW), Context())
    assert (made.rows_in, made.rows_kept, made.rejects.num_rows) == (1, 0, 1)


def test_an_amount_is_not_the_same_for_all_rows():
    with pytest.raises(InputError, match="amount"):
        normalize(batch(ROW), Context(columns={"amount": "=5"}))
