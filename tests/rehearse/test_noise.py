from datetime import UTC, datetime

import numpy as np
import pytest

from bongsu.model.transfer import TRANSFER
from bongsu.rehearse.made_address import made_addresses
from bongsu.rehearse.noise import DOLLARS, Span, noise_around

CASE = made_addresses(np.arange(5, dtype=np.uint64), 99, "case").to_pylist()
SPAN = Span(17_000_000, 17_010_000, datetime(2023, 6, 2, tzinfo=UTC), datetime(2023, 6, 3, tzinfo=UTC))


def rows_of(noise):
    return noise.transfers.select(["source", "target"]).to_pylist()


@pytest.fixture(scope="module")
def noise():
    return noise_around(CASE, transfers=3000, seed=1, span=SPAN)


def test_rows_are_of_the_model_and_the_case_s_asset(noise):
    assert noise.transfers.schema.equals(TRANSFER, check_metadata=True)
    noise.transfers.validate(full=True)
    assert set(noise.transfers["asset"].to_pylist()) == {DOLLARS}
    assert set(noise.transfers["chain"].to_pylist()) == {"eip155:1"}


def test_commingling_rows_are_exactly_those_with_an_address_of_the_case(noise):
    touching = [row["source"] in CASE or row["target"] in CASE for row in rows_of(noise)]
    assert noise.commingles.tolist() == touching
    assert sum(touching) == pytest.approx(300, abs=60)


def test_there_is_noise_to_from_and_between(noise):
    kinds = {(row["source"] in CASE, row["target"] in CASE) for row in rows_of(noise)}
    assert kinds == {(False, False), (False, True), (True, False), (True, True)}


def test_look_alikes_differ_only_in_the_middle(noise):
    pairs = list(zip(CASE, noise.look_alikes, strict=True))
    assert all(one[:8] == two[:8] and one[-4:] == two[-4:] and one != two for one, two in pairs)
    used = {row[end] for row in rows_of(noise) for end in ("source", "target")}
    assert set(noise.look_alikes) <= used
    assert set(CASE) <= used


def test_amounts_spread_evenly_over_their_magnitudes(noise):
    amounts = [int(value) for value in noise.transfers["amount"].to_pylist()]
    digits = np.bincount([len(str(value)) for value in amounts])
    assert min(amounts) >= 100
    assert max(amounts) < 10**9
    assert digits[3:10].min() > 0.7 * len(amounts) / 7


def test_times_stay_in_the_span_and_go_with_their_blocks(noise):
    blocks, times = noise.transfers["block"].to_pylist(), noise.transfers["time"].to_pylist()
    assert blocks == sorted(blocks)
    assert times == sorted(times)
    assert SPAN.first_block <= blocks[0] < blocks[-1] <= SPAN.last_block
    assert SPAN.start <= times[0] < times[-1] <= SPAN.end
    assert len(set(zip(blocks, times, strict=True))) == len(set(blocks))


def test_without_commingling_no_row_has_an_address_of_the_case():
    noise = noise_around(CASE, transfers=500, seed=1, span=SPAN, commingled=0)
    assert not noise.commingles.any()
    assert not any(row["source"] in CASE or row["target"] in CASE for row in rows_of(noise))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_small_noise_has_as_many_rows_as_asked(count):
    noise = noise_around(CASE, transfers=count, seed=1, span=SPAN)
    assert len(noise.transfers) == len(noise.commingles) == count


def test_the_seed_decides_everything(noise):
    same = noise_around(CASE, transfers=3000, seed=1, span=SPAN)
    other = noise_around(CASE, transfers=3000, seed=2, span=SPAN)
    assert same.transfers.equals(noise.transfers)
    assert set(other.transfers["tx_hash"].to_pylist()).isdisjoint(noise.transfers["tx_hash"].to_pylist())


def test_noise_around_nothing_is_refused():
    with pytest.raises(ValueError, match="address"):
        noise_around([], transfers=5, seed=1, span=SPAN)
