"""Ends that a bridge leaves open."""

import csv
import gzip

import pyarrow as pa
import pytest
from bench.bridge_truth import nomad, ronin
from tests.data.bridge_case import BOB, HERE, TOKEN, deposit, events, withdrawal

from bongsu.analyze.bridge import Linked, link_events, model_of
from bongsu.analyze.bridge_open import SIGNS, sign_text, unmatched
from bongsu.facts.load import load_bridges
from bongsu.model.bridge import BRIDGE_LINK

BRIDGES = load_bridges()
NOTHING = Linked(BRIDGE_LINK.empty_table(), BRIDGE_LINK.empty_table())


def signs(*rows, linked=NOTHING):
    found = unmatched(events(*rows), linked).withdrawals
    return dict(zip(found["tx_hash"].to_pylist(), found["sign"].to_pylist(), strict=True))


GIVEN = [deposit(f"d{n}", 100 * n, transfer_id=f"out:{n}") for n in (10, 11, 13, 14)]


@pytest.mark.parametrize(
    ("number", "seconds", "sign"),
    [
        ("out:9", 1_200, "before"),
        ("out:12", 1_250, "missing"),
        ("out:12", 1_400, "missing"),
        ("out:12", 1_050, "beyond"),
        ("out:2000000", 1_350, "beyond"),
        ("out:15", 1_450, "after"),
        ("out:2000000", 1_450, "after"),
        (f"out:{2**255}", 1_350, "unnumbered"),
        ("0x1f", 1_350, "unnumbered"),
        ("in:12", 1_350, "unnumbered"),
        (None, 1_350, "no_id"),
    ],
)
def test_what_the_id_of_a_withdrawal_says(number, seconds, sign):
    assert signs(*GIVEN, withdrawal("w", seconds, transfer_id=number)) == {"w": sign}


def test_linked_withdrawals_are_not_open_and_refused_ones_are_contradicted():
    rows = [
        *GIVEN,
        withdrawal("good", 2_000, transfer_id="out:11"),
        withdrawal("bad", 2_000, transfer_id="out:13", beneficiary=BOB),
    ]
    found = unmatched(events(*rows), link_events(events(*rows), BRIDGES, model_of(BRIDGES)))
    assert found.withdrawals["tx_hash"].to_pylist() == ["bad"]
    assert found.counts == {("ronin-bridge", "contradicted"): 1}
    # What nothing continues is still in flight, also where a thief used its id.
    assert found.deposits["tx_hash"].to_pylist() == ["d10", "d13", "d14"]


def test_value_in_flight_is_summed_exactly():
    most = 10**38 - 1
    found = unmatched(
        events(
            deposit("a", amount=most),
            deposit("b", amount=most),
            deposit("c", amount=None),
            deposit("d", asset=None, amount=5),
            deposit("e", bridge="hop", amount=7),
            withdrawal("w"),
        ),
        NOTHING,
    )
    sums = [
        (one.bridge, one.chain, one.asset, one.deposits, one.amount, one.unstated) for one in found.in_flight
    ]
    assert sums == [
        ("hop", HERE, TOKEN, 1, 7, 0),
        ("ronin-bridge", HERE, None, 1, 5, 0),
        ("ronin-bridge", HERE, TOKEN, 3, 2 * most, 1),
    ]
    assert found.deposits.num_rows == 5


def test_every_sign_has_a_sentence():
    assert len({sign_text(sign) for sign in SIGNS}) == len(SIGNS)


def test_no_events_leave_nothing_open():
    found = unmatched(events(), NOTHING)
    assert (found.withdrawals.num_rows, found.deposits.num_rows, found.in_flight) == (0, 0, ())


# Real data


def attacks(path):
    with gzip.open(path, "rt") as file:
        return {row["dst_transaction_hash"].lower() for row in csv.DictReader(file)}


def opened(truth):
    all_events = events_of(truth)
    return unmatched(all_events, link_events(all_events, BRIDGES, model_of(BRIDGES)))


def events_of(truth):
    return pa.concat_tables([truth.deposits, truth.withdrawals])


def with_sign(found, sign):
    rows = found.withdrawals.to_pylist()
    return {row["tx_hash"] for row in rows if row["sign"] == sign}


def test_the_two_ronin_thefts_are_flagged_among_honest_unmatched_withdrawals(onchain):
    folder = onchain / "bridges_xchainwatcher" / "ronin"
    found = opened(ronin(folder))
    assert with_sign(found, "beyond") == attacks(folder / "attacks.csv.gz")
    assert len(with_sign(found, "beyond")) == 2
    # Honest ones: their deposits came before the data begins.
    assert found.counts == {("ronin-bridge", "beyond"): 2, ("ronin-bridge", "before"): 708}
    assert sum(one.deposits for one in found.in_flight) == found.deposits.num_rows == 11_795


def test_nomad_exploit_is_contradicted_and_nothing_else(onchain):
    folder = onchain / "bridges_xchainwatcher" / "nomad"
    found = opened(nomad(folder))
    assert found.counts == {("nomad", "contradicted"): 382, ("nomad", "missing"): 5}
    assert with_sign(found, "contradicted") == attacks(folder / "attacks.csv.gz")
    assert found.deposits.num_rows == 828
