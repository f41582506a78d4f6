"""Record linkage and name matching beside their peers, on published truth."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from bench.linkage_truth import (
    NamePair,
    Score,
    Truth,
    fake,
    group_score,
    historical,
    name_pairs,
    name_score,
    pair_score,
    stated_people,
)
from bench.peer_splink import plain_splink
from bongsu.analyze.linkage import link_people
from bongsu.analyze.name_match import NAME_THRESHOLD, name_likeness
from bongsu.analyze.same_person import weigh_stated
from bongsu.model.extra import load_extra
from bongsu.store.link_engine import open_link_engine

CHOSEN_ON, REPORTED = 0, 1
"""Half that anything was chosen on, and the half that is reported."""
PEER_WEIGHTS = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
PRECISION = 0.98


class LinkageRow(NamedTuple):
    """A line of the table."""

    data: str
    name: str
    seconds: float
    score: Score


def measure_linkage() -> Iterator[LinkageRow]:
    """Rows as they are measured: ours and plain Splink, pairs and groups, then names."""
    for data, truth, halves in (
        ("historical_50k", historical(), {REPORTED: "half not looked at", CHOSEN_ON: "half chosen on"}),
        ("fake_1000", fake(), {0: "half 0, nothing chosen", 1: "half 1, nothing chosen"}),
    ):
        scored = [*_ours(truth), *_peer(truth)]
        for half, said in halves.items():
            yield from (LinkageRow(f"{data}, {said}", name, spent, at(half)) for name, spent, at in scored)
    yield from _names()


_Scored = tuple[str, float, Callable[[int], Score]]
"""Who, seconds, and the score in a half."""


def _ours(truth: Truth) -> Iterator[_Scored]:
    start = time.perf_counter()
    with open_link_engine() as engine:
        found = link_people(truth.records, engine)
    seconds = time.perf_counter() - start
    yield "Bongsu, every link", seconds, lambda half: _pairs_score(truth, found.links, half)
    yield "Bongsu, groups", seconds, lambda half: group_score(truth, found.groups, half)
    start = time.perf_counter()
    pairs, _note = weigh_stated(stated_people(truth))
    left, right = [one.left for one in pairs], [one.right for one in pairs]
    seconds = time.perf_counter() - start
    yield "Bongsu, fixed weights", seconds, lambda half: pair_score(truth, left, right, half)


def _peer(truth: Truth) -> Iterator[_Scored]:
    """Plain Splink; its weight is chosen on the same half as ours, enough precision first."""
    start = time.perf_counter()
    peer = plain_splink(truth.records, PEER_WEIGHTS)
    seconds = time.perf_counter() - start

    def pairs_at(weight: float, half: int) -> Score:
        kept = peer.pairs.filter(pc.greater_equal(peer.pairs["weight"], weight))
        return _pairs_score(truth, kept, half)

    def groups_at(weight: float, half: int) -> Score:
        return group_score(truth, peer.groups[weight], half)

    yield "plain Splink, all it compares", seconds, lambda half: _pairs_score(truth, peer.pairs, half)
    for what, at in (("pairs", pairs_at), ("clusters", groups_at)):
        best = max(PEER_WEIGHTS, key=lambda weight, at=at: _rank(at(weight, CHOSEN_ON)))  # type: ignore[misc]
        yield f"plain Splink, {what} from {best:.0f} bits", seconds, partial(at, best)


def _pairs_score(truth: Truth, pairs: pa.Table, half: int) -> Score:
    return pair_score(truth, pairs["left"].to_pylist(), pairs["right"].to_pylist(), half)


def _rank(score: Score) -> tuple[bool, float]:
    """Enough precision first, then the mean."""
    return score.precision >= PRECISION, score.f1


def _names() -> Iterator[LinkageRow]:
    """Names: ours with its shipped threshold; peers with the best threshold of the chosen half."""
    pairs = name_pairs()
    split: dict[int, list[NamePair]] = {half: [p for p in pairs if p.half == half] for half in (0, 1)}
    fuzz = load_extra("rapidfuzz.fuzz", "screen")
    winkler = load_extra("rapidfuzz.distance", "screen").JaroWinkler
    contestants = {
        "Bongsu": name_likeness,
        "rapidfuzz token_sort_ratio": lambda a, b: fuzz.token_sort_ratio(a.lower(), b.lower()) / 100,
        "Jaro-Winkler": lambda a, b: winkler.similarity(a.lower(), b.lower()),
    }
    for name, likeness in contestants.items():
        start = time.perf_counter()
        alike = {(p.left, p.right): likeness(p.left, p.right) for p in pairs}
        seconds = time.perf_counter() - start
        steps = [step / 100 for step in range(50, 100)]
        best = max(steps, key=lambda step, on=alike: name_score(split[CHOSEN_ON], on, step).f1)
        least = NAME_THRESHOLD if name == "Bongsu" else best
        for half, said in ((REPORTED, "not looked at"), (CHOSEN_ON, "chosen on")):
            score = name_score(split[half], alike, least)
            yield LinkageRow(f"826 names, half {said}", f"{name}, from {least:.2f}", seconds, score)
