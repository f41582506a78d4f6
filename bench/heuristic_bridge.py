"""Rates of bridge matching: by the id that both sides carry, and by score with the id withheld.

Truth is what the source lists as a pair, and nothing else: a claim that it does not list is wrong, also where
both sides carry the same withheld id (their number is said). Decoys: by id, ids dealt anew to the
withdrawals; by score, accounts dealt anew to them, or, where no account is known, time run backwards.
"""

import os
import random
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.bridge_truth import BridgeTruth, nomad, ronin
from bench.heuristic_rate import Rate
from bongsu.analyze.bridge import MOST, ScoreModel, link_by_id, link_by_score, model_of
from bongsu.analyze.bridge_calibration import WIDEST, Calibration, Sample, calibrate, class_counts
from bongsu.analyze.bridge_candidate import BASIS, find_candidates
from bongsu.analyze.bridge_score import score_pairs
from bongsu.analyze.bridge_side import compare_sides
from bongsu.facts.load import load_bridges
from bongsu.kernel.case import Array
from bongsu.model.schema import AMOUNT

MADE_FEES = (30, 100, WIDEST)
"""Most basis points that are taken off in the tests with fees."""
SEED = 7
SETTINGS = ((0, True), (0, False), (WIDEST, True), (WIDEST, False))
"""Most basis points deducted, and whether the beneficiary is given."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Pairs chosen one to one whatever their score; all arrays have one item a pair."""

    score: Array
    right: Array
    """Whether the source lists the pair (bool)."""
    same_id: Array
    """Whether both sides carry the withheld id (bool)."""
    half: Array
    """0 or 1, by the hash of the withdrawal's transaction hash."""


def truths() -> tuple[BridgeTruth, ...]:
    """Bridges of which both sides are known."""
    folder = Path(os.environ["BONGSU_TEST_DATA"]) / "onchain" / "bridges_xchainwatcher"
    return ronin(folder / "ronin"), nomad(folder / "nomad")


def choose(truth: BridgeTruth, basis_points: int, *, beneficiary: bool) -> Chosen:
    """All chosen pairs of a bridge with the id withheld."""
    deposits, withdrawals = _asked(truth, basis_points, beneficiary=beneficiary)
    sides = compare_sides(deposits, withdrawals, {})
    found = score_pairs(sides, find_candidates(sides, basis_points, MOST))
    left = deposits["tx_hash"].take(pa.array(sides.deposits.row[found.deposit])).to_pylist()
    arrived = withdrawals["tx_hash"].take(pa.array(sides.withdrawals.row[found.withdrawal])).to_pylist()
    pairs = list(zip(left, arrived, strict=True))
    same = truth.same_id()
    return Chosen(
        found.score,
        np.array([pair in truth.pairs for pair in pairs]),
        np.array([pair in same for pair in pairs]),
        np.array([sha256(tx.encode()).digest()[-1] % 2 for tx in arrived]),
    )


def chosen_for(*, deducted: bool, beneficiary: bool) -> list[Chosen]:
    """What a calibration is made of: all chosen pairs of each bridge, with each made fee."""
    points = MADE_FEES if deducted else (0,)
    return [choose(truth, one, beneficiary=beneficiary) for one in points for truth in truths()]


def calibration_of(chosen: Iterable[Chosen], half: int | None = None) -> Calibration:
    """Calibration by all pairs, or by one half of each bridge's."""
    kept = [
        (one, np.ones(len(one.right), dtype=bool) if half is None else one.half == half) for one in chosen
    ]
    return calibrate(Sample(one.score[mask], one.right[mask]) for one, mask in kept)


def measure() -> list[Rate]:
    """Rates by id and by score, with the beneficiary given and withheld, with and without a fee."""
    rates = []
    for truth in truths():
        rates.append(_by_id(truth))
        rates += [_by_score(truth, points, beneficiary=given) for points, given in SETTINGS]
    return rates


def tables() -> str:
    """Rates and calibrations as the page docs/reference/bridges.md has them."""
    return f"{_rate_table()}\n{_calibration_table()}"


def _rate_table() -> str:
    head = "| method, data | right | wrong | missed | precision | recall | F1 | decoys fallen for |\n"
    rows = []
    for rate in measure():
        claims = rate.true_positive + rate.false_positive
        precision = f"{rate.true_positive / claims:.4f}" if claims else "nothing claimed"
        cells = (
            rate.name,
            f"{rate.true_positive:,}",
            f"{rate.false_positive:,}",
            f"{rate.false_negative:,}",
            precision,
            f"{rate.true_positive / rate.n:.4f}",
            f"{2 * rate.true_positive / (claims + rate.n):.4f}",
            f"{rate.decoy_hits:,} of {rate.decoys:,}",
        )
        rows.append(f"| {' | '.join(cells)} |\n")
    return f"{head}|---|---:|---:|---:|---:|---:|---:|---:|\n{''.join(rows)}"


def _calibration_table() -> str:
    """Right pairs of all pairs in each class of scores, and the probability that is claimed there."""
    head = "| beneficiary | made fee, bp | score from | Ronin: right of | Nomad: right of | claimed |\n"
    rows = []
    for deducted, given in product((False, True), (True, False)):
        chosen = chosen_for(deducted=deducted, beneficiary=given)
        found = calibration_of(chosen)
        counts = [class_counts(Sample(one.score, one.right), found.floors) for one in chosen]
        word, fee = "given" if given else "withheld", "30, 100, 500" if deducted else "none"
        for n, (floor, percent) in enumerate(zip(found.floors, found.percents, strict=True)):
            seen = [
                ", ".join(f"{right[n]:,} of {count[n]:,}" for right, count in counts[bridge::2])
                for bridge in (0, 1)
            ]
            rows.append(f"| {word} | {fee} | {floor} | {seen[0]} | {seen[1]} | {percent} % |\n")
    return f"{head}|---|---|---:|---:|---:|---:|\n{''.join(rows)}"


def made_fee(withdrawals: pa.Table, basis_points: int) -> pa.Table:
    """The withdrawals, each with 0 to `basis_points` less, by its transaction's hash."""
    hashes = withdrawals["tx_hash"].to_pylist()
    taken = [int(tx[-8:], 16) % (basis_points + 1) for tx in hashes]
    amounts = withdrawals["amount"].to_pylist()
    less = [int(n) - int(n) * part // BASIS for n, part in zip(amounts, taken, strict=True)]
    return _replaced(withdrawals, "amount", pa.array(less, AMOUNT))


def dealt(events: pa.Table, name: str) -> pa.Table:
    """The events with a column dealt anew to them, no row keeping its own."""
    order = list(range(events.num_rows))
    random.Random(SEED).shuffle(order)
    source = dict(zip(order, order[1:] + order[:1], strict=True))
    return _replaced(events, name, events[name].take(pa.array([source[row] for row in sorted(order)])))


def backwards(events: pa.Table) -> pa.Table:
    """The events with time run backwards: no withdrawal comes after its deposit."""
    times = events["time"].cast(pa.int64())
    return _replaced(events, "time", pc.negate(times).cast(events.schema.field("time").type))


def _asked(truth: BridgeTruth, basis_points: int, *, beneficiary: bool) -> tuple[pa.Table, pa.Table]:
    deposits, withdrawals = truth.without_ids(beneficiary=beneficiary)
    return deposits, made_fee(withdrawals, basis_points) if basis_points else withdrawals


def _replaced(events: pa.Table, name: str, column: pa.Array) -> pa.Table:
    place = events.column_names.index(name)
    return events.set_column(place, events.schema.field(name), column)


def _pairs(links: pa.Table) -> list[tuple[str, str]]:
    return list(zip(links["deposit_tx"].to_pylist(), links["withdrawal_tx"].to_pylist(), strict=True))


def _data(truth: BridgeTruth) -> str:
    return (
        f"{truth.name}, 2022 (XChainWatcher): {len(truth.pairs):,} pairs; {truth.decoy_deposits:,} deposits"
        f" and {truth.decoy_withdrawals:,} withdrawals that it does not pair"
    )


def _by_id(truth: BridgeTruth) -> Rate:
    bridges = load_bridges()
    linked = link_by_id(pa.concat_tables([truth.deposits, truth.withdrawals]), bridges)
    claims = set(_pairs(linked.links))
    decoys = link_by_id(
        pa.concat_tables([truth.deposits, dealt(truth.withdrawals, "transfer_id")]), bridges
    ).links
    listed = {tx for pair in truth.pairs for tx in pair}
    beside = sum(not listed & set(pair) for pair in claims - truth.pairs)
    note = (
        f"{beside} of the wrong are of two sides that the source pairs with nothing, of one id, account and"
        f" amount; {linked.refused.num_rows} more pairs carry one id and were refused"
    )
    return _rate(
        f"bridge_id {truth.name}", truth, claims, (decoys.num_rows, truth.withdrawals.num_rows, note)
    )


def _by_score(truth: BridgeTruth, basis_points: int, *, beneficiary: bool) -> Rate:
    model = _model(truth, basis_points)
    deposits, withdrawals = _asked(truth, basis_points, beneficiary=beneficiary)
    claims = set(_pairs(link_by_score(deposits, withdrawals, model)))
    if beneficiary:
        decoys = link_by_score(deposits, dealt(withdrawals, "beneficiary"), model)
    else:
        decoys = link_by_score(backwards(deposits), backwards(withdrawals), model)
    given = "beneficiary given" if beneficiary else "beneficiary withheld"
    name = f"bridge_score {truth.name}, {given}" + (f", {basis_points} bp made fee" if basis_points else "")
    same = len((claims - truth.pairs) & truth.same_id())
    note = (
        f"claims of {model.threshold} % and more, F1 {_f1(claims, truth):.4f}; {same} of the wrong carry one"
        f" withheld id; decoy: {'accounts dealt anew' if beneficiary else 'time run backwards'}"
    )
    return _rate(name, truth, claims, (decoys.num_rows, withdrawals.num_rows, note))


def _model(truth: BridgeTruth, basis_points: int) -> ScoreModel:
    if not basis_points:
        return model_of(load_bridges())
    return ScoreModel(basis_points={truth.name: basis_points})


def _f1(claims: set[tuple[str, str]], truth: BridgeTruth) -> float:
    return 2 * len(claims & truth.pairs) / (len(claims) + len(truth.pairs))


def _rate(name: str, truth: BridgeTruth, claims: set[tuple[str, str]], rest: tuple[int, int, str]) -> Rate:
    right = len(claims & truth.pairs)
    decoy_hits, decoys, note = rest
    return Rate(
        name=name,
        data=_data(truth),
        n=len(truth.pairs),
        true_positive=right,
        false_positive=len(claims) - right,
        false_negative=len(truth.pairs) - right,
        decoy_hits=decoy_hits,
        decoys=decoys,
        note=note,
    )


if __name__ == "__main__":
    print(tables())
