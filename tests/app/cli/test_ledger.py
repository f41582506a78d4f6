"""Column maps on the command line."""

import pytest

from bongsu.app.cli.ledger import parse_map
from bongsu.errors import InputError


def test_map_is_parsed():
    assert parse_map("from=sender,to=receiver") == {"from": "sender", "to": "receiver"}
    assert parse_map("") == {}


def test_part_without_column_is_an_error():
    with pytest.raises(InputError, match="FIELD=COLUMN"):
        parse_map("from")
