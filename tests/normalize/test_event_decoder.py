"""What decoders make of sides that an event states, leaves out, or states as the native coin."""

import pyarrow as pa
import pytest
from tests.data.event_log import COIN, address, log, token

from bongsu.model.converter import Converter
from bongsu.normalize.event_abi import declare, read_logs
from bongsu.normalize.event_decoder import (
    BACKING,
    EMITTER,
    ISSUED,
    NATIVE_MARKS,
    NOTHING,
    Decoder,
    Leg,
    Origin,
    Side,
    decode,
)

TEXT = "Sold(address indexed who, address bought, uint256 sold, uint256 got)"
DECLARED = declare(TEXT)
SHOP = address("shop")


def made(leg, values, known=None):
    row = log(TEXT, SHOP, values)
    logs, _right = read_logs(DECLARED, pa.array([row["topics"]]), pa.array([row["data"]]))
    decoder = Decoder(declaration=DECLARED, protocol="shop", kind="swap", legs=(leg,))
    (found,) = decode(decoder, logs, Origin("eip155:1", pa.array([SHOP]), known))
    columns = {
        name: value.to_pylist()[0] if isinstance(value, pa.Array) else value
        for name, value in found.columns.items()
    }
    return columns, bool(found.present[0]), bool(found.fits[0])


def test_sides_that_are_stated_and_one_that_is_not():
    leg = Leg(given=Side(amount="sold"), received=Side(asset="bought", amount="got"), account="who")
    columns, present, fits = made(
        leg, {"who": address("w"), "bought": address("b"), "sold": 3, "got": 2**130}
    )
    assert (present, fits) == (True, False)
    assert (columns["account"], columns["venue"]) == (address("w"), SHOP)
    assert (columns["given_asset"], int(columns["given"])) == (None, 3)
    assert (columns["received_asset"], columns["received"]) == (token(address("b")), None)


@pytest.mark.parametrize("mark", NATIVE_MARKS)
def test_marks_of_the_coin_are_the_coin(mark):
    leg = Leg(given=NOTHING, received=Side(asset="bought", amount="got"))
    assert made(leg, {"bought": mark, "got": 1})[0]["received_asset"] == COIN


def test_a_leg_of_nothing_is_absent():
    leg = Leg(given=Side(amount="sold"), received=Side(amount="got"))
    assert made(leg, {"sold": 0, "got": 5})[1] is False


def test_a_vault_gives_what_it_is_known_to_give_else_itself():
    leg = Leg(given=Side(asset=BACKING), received=Side(asset=ISSUED, amount="got"), venue="")
    columns, *_ = made(leg, {"got": 1})
    assert (columns["given_asset"], columns["received_asset"]) == (None, token(SHOP))
    assert columns["venue"] == ""
    known = Converter(
        chain="eip155:1",
        address=SHOP,
        protocol="p",
        role="share",
        asset=token(address("issued")),
        backing=token(address("backing")),
        source="",
    )
    columns, *_ = made(leg, {"got": 1}, known)
    assert columns["given_asset"] == token(address("backing"))
    assert columns["received_asset"] == token(address("issued"))
    other = Leg(given=Side(asset=EMITTER), received=NOTHING)
    assert made(other, {}, known)[0]["given_asset"] == token(SHOP)
