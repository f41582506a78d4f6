"""Tables of shipped movements."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bongsu.errors import FactsError
from bongsu.facts.movement import movement_path, transfers_of
from bongsu.model.transfer import TRANSFER

HEADER = "tx,block,time,from,to,cents\n"


def test_row_becomes_a_flow(tmp_path):
    path = movement_path("case", tmp_path)
    path.parent.mkdir()
    path.write_text(
        HEADER + "0xa,17395810,2023-06-02 21:49:23,0xb,0xc,94564673\n"
        "0xd,17395811,2023-06-02T23:49:25+02:00,0xb,0xc,1\n"
    )
    transfers = transfers_of(path)
    assert transfers.schema.equals(TRANSFER)
    first, second = transfers.to_pylist()
    assert (first["asset"], first["kind"]) == ("eip155:1/iso4217:USD", "flow")
    assert (first["amount"], first["block"]) == (Decimal(94564673), 17395810)
    assert (first["source"], first["target"], first["tx_hash"]) == ("0xb", "0xc", "0xa")
    assert first["position"] is None
    assert second["time"] == datetime(2023, 6, 2, 21, 49, 25, tzinfo=UTC)
    assert [first["locator"], second["locator"]] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "tx,block,time,from,to,usd\n0xa,1,2023-06-02 21:49:23,0xb,0xc,1\n",
        "tx,block,when,from,to,cents\n0xa,1,2023-06-02 21:49:23,0xb,0xc,1\n",
        HEADER + "0xa,1,yesterday,0xb,0xc,1\n",
        HEADER + "0xa,1,2023-06-02 21:49:23,0xb,0xc,1.5\n",
        HEADER + "0xa,1,2023-06-02 21:49:23,0xb\n",
    ],
)
def test_broken_table_is_refused(tmp_path, text):
    path = tmp_path / "case.csv"
    path.write_text(text)
    with pytest.raises(FactsError, match=r"case\.csv"):
        transfers_of(path)


def test_missing_table_is_refused(tmp_path):
    with pytest.raises(FactsError, match=r"absent\.csv"):
        transfers_of(tmp_path / "absent.csv")
