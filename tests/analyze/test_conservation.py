from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.ledger_rows import ASSET
from tests.data.plain_ledger import plain_ledger
from tests.data.trace_case import (
    LIMITS,
    USD,
    changed,
    extracted,
    holders,
    label,
    lead,
    ledger,
    resting_at,
    sums,
    tallied,
)

from bongsu.analyze.conservation import balance_of, check_replay
from bongsu.analyze.lead import Limits
from bongsu.analyze.policy import NOT_CONSERVING, policies_for, run_policies
from bongsu.analyze.slot import resting, stops_of
from bongsu.analyze.stop import NOT_FOLLOWED, STOPS, TERMS
from bongsu.analyze.tally import tally_policy
from bongsu.errors import ConservationError
from bongsu.model.movement import MOVEMENT

WAY = (("v", "s", 10), ("s", "a", 12), ("a", "b", 5), ("a", "ex", 4))


def balance(found, tally, *, conserving=True, gaps=()):
    stops = stops_of(found, pa.array(list(gaps), pa.string()))
    return balance_of(found, tally, resting(found, tally), stops, conserving=conserving)


def at_ends(found, tally, gaps=()):
    found_there = resting_at(found, tally, gaps)
    return {(holders(found)[pool], stop): value for (pool, stop), value in found_there.items()}


def test_every_unit_has_one_place():
    found = extracted(ledger(*WAY), lead("s"), labels=[label("ex", "exchange")])
    tally = tallied(found)
    assert at_ends(found, tally, ["b"]) == {("b", "ledger_end"): 5, ("ex", "service"): 4, ("a", "unspent"): 3}
    made = balance(found, tally, gaps=["b"])
    assert made.balanced
    assert made.stolen == {ASSET: 12}
    assert {term: sums for term, sums in made.terms.items() if sums} == {
        "at_services": {ASSET: 4},
        "held": {ASSET: 3},
        "beyond_ledger": {ASSET: 5},
    }
    assert made.not_followed == {}
    check_replay(found, tally, "fifo")


def test_every_stop_is_a_term_or_not_followed():
    assert {*TERMS, *NOT_FOLLOWED} == set(STOPS[1:])
    assert set(TERMS).isdisjoint(NOT_FOLLOWED)
    found = extracted(ledger(*WAY), lead("s"))
    equation = "held at_services in_bridges in_mixers burned fees converted_out beyond_ledger converted_in"
    assert set(balance(found, tallied(found)).terms) == set(equation.split())


def test_what_is_not_followed_says_why():
    found = extracted(ledger(*WAY), lead("s"), Limits(hops=2, minimum={"*": 5}))
    made = balance(found, tallied(found))
    assert made.balanced
    assert made.not_followed == {"hops": {ASSET: 5}, "below_threshold": {ASSET: 4}}
    assert made.terms["held"] == {ASSET: 3}


def test_unknown_history_stands_outside_the_equation():
    found = extracted(ledger(*WAY, ("b", "c", 100)), lead("s"))
    made = balance(found, tallied(found))
    assert made.balanced
    assert made.unknown == {ASSET: 95}


def test_assets_are_balanced_each_for_itself():
    book = ledger(*WAY, ("v", "s", 7, {"asset": USD.id}), ("s", "a", 7, {"asset": USD.id}))
    found = extracted(book, lead("s"))
    tally = tallied(found)
    assert balance(found, tally).stolen == {ASSET: 12, USD.id: 7}
    ether, dollar = (m for m, asset in ((0, ASSET), (4, USD.id)))
    swapped = replace(tally, credited=changed(tally.credited, {ether: 9, dollar: 8}))
    assert sum(balance(found, swapped).stolen.values()) == 19
    assert not balance(found, swapped).balanced


@pytest.mark.parametrize(
    ("change", "movement"),
    [
        ({"carried": {2: 6}}, 2),
        ({"carried": {1: 13}}, 1),
        ({"carried": {3: 9}}, 3),
        ({"carried": {3: 3}}, 1),
        ({"assumed": {1: 0}}, 1),
        ({"credited": {0: 9}}, 0),
        ({"held": {}}, 1),
    ],
)
def test_a_broken_tally_is_refused_with_the_movement_that_breaks_it(change, movement):
    found = extracted(ledger(*WAY), lead("s"), labels=[label("ex", "exchange")])
    tally = tallied(found)
    plain = {name: getattr(tally, name) for name in change}
    changes = {
        name: changed(plain[name], new) if new else np.zeros_like(plain[name]) for name, new in change.items()
    }
    message = f"fifo does not add up at transaction t{movement + 1}, block {movement + 1}\\."
    with pytest.raises(ConservationError, match=message) as error:
        check_replay(found, replace(tally, **changes), "fifo")
    assert "report" in error.value.hint


NAMES = ("v", "s", "r", "a", "b", "ex", "null")
ROWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 12)), min_size=2, max_size=14
)


@given(
    rows=ROWS,
    scale=st.sampled_from([1, 10**19]),
    limits=st.sampled_from([LIMITS, Limits(hops=1), Limits(minimum={"*": 4})]),
    same=st.booleans(),
)
def test_every_conserving_policy_adds_up_for_several_victims(rows, scale, limits, same):
    rows = [("v", "s", 3), ("v", "r", 3), *rows]
    book = plain_ledger([(s, t, amount * scale) for s, t, amount in rows], one_transaction=same)
    assert book.movements().schema == MOVEMENT
    found = extracted(book, lead("s", "r"), limits, [label("ex", "exchange")])
    stolen = set()
    for name, made in run_policies(found, policies_for(2)).items():
        tally = tally_policy(found, *made)
        assert all(value <= found.table["amount"][m].as_py() for m, value in sums(tally.carried).items()), (
            name
        )
        if name in NOT_CONSERVING:
            continue
        check_replay(found, tally, name)
        result = balance(found, tally)
        assert result.balanced, name
        stolen.add(sum(result.stolen.values()))
    assert min(stolen) >= 6 * scale
