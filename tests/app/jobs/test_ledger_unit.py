"""Whether a file counts its asset as its ledger does."""

from pathlib import Path

import pytest

from bongsu.app.jobs.ledger_unit import demand_one_scale
from bongsu.errors import InputError
from bongsu.store.manifest import SourceRecord

USDT = "0xdAC17F958D2ee523a2206206994597C13D831ec7"


def record(unit, chain="eip155:1"):
    return SourceRecord(sha256=unit, name=unit, format="flows", options={"unit": unit, "chain": chain})


def demand(unit, *others, chain="eip155:1"):
    demand_one_scale(Path("x.csv"), record(unit, chain), others)


@pytest.mark.parametrize(
    ("unit", "other"),
    [("USD", "usd"), ("USD", "USD:2"), ("USD:4", "EUR"), ("USD:4", ""), ("", "USD"), ("ETH", "ETH:9")],
)
def test_same_size_and_other_assets_agree(unit, other):
    demand(unit, record(other))


def test_same_name_on_another_chain_is_another_asset():
    demand("GLD:4", record("GLD:5", "eip155:56"))


@pytest.mark.parametrize(("unit", "other"), [("USD:4", "USD"), ("USD", "USD:4"), ("GLD:4", "GLD:5")])
def test_another_size_is_refused(unit, other):
    with pytest.raises(InputError, match="decimals, and") as caught:
        demand(unit, record("EUR"), record(other))
    assert caught.value.hint


def test_genuine_token_has_the_decimals_that_it_has():
    demand(f"{USDT}:6")
    demand(f"{USDT}:8", chain="eip155:56")
    with pytest.raises(InputError, match="is counted with 6"):
        demand(f"{USDT}:8")


def test_unknown_unit_is_refused_before_anything_is_read():
    with pytest.raises(InputError, match="it is not known"):
        demand("nonsense")
