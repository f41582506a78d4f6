import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.ledger_rows import ASSET, BITCOIN, COIN, at, gaps, rows, sources
from tests.data.plain_ledger import plain_ledger
from tests.data.trace_case import (
    TOKEN,
    USD,
    amounts,
    changed,
    holders,
    known,
    label,
    lead,
    ledger,
    sums,
    theft,
    traced,
)

from bongsu.analyze import trace as module
from bongsu.analyze.lead import Limits
from bongsu.analyze.policy import FOR_SEVERAL, NOT_CONSERVING, POLICIES
from bongsu.analyze.tally import sums_by
from bongsu.errors import ConservationError, LeadError
from bongsu.store.ledger import memory_ledger

SHARED = (("v", "s", 100), ("x", "a", 50), ("s", "a", 100), ("a", "ex", 60), ("a", "b", 30), ("o", "n", 7))
"""a holds 50 clean before 100 stolen, and pays a service 60, then b 30."""
AT_SHARED = {
    # policy: ex, b, a; by hand from the definitions. Haircut: 60 * 100/150, then 30 * 60/90.
    "poison": (60, 30, 100),
    "haircut": (40, 20, 40),
    "fifo": (10, 30, 60),
    "lifo": (60, 30, 10),
    "tiho": (60, 30, 10),
    "pifo": (60, 30, 10),
    "libr": (10, 30, 60),
}
EX = known(label("ex", "exchange"))


def end_at(made, address, stop=None):
    (found,) = (end for end in made.endpoints if end.address == address and stop in (None, end.stop))
    return found


def way(made, end):
    """(source, target) of each movement of the way to an end."""
    names, moves = holders(made.found), made.found.case.moves
    return [(names[moves.source[m]], names[moves.target[m]]) for m in end.way]


def test_every_policy_says_what_is_at_every_end():
    made = traced(ledger(*SHARED), lead("s"), facts=EX)
    assert made.policies == list(POLICIES)
    for policy, expected in AT_SHARED.items():
        ends = (("ex", "service"), ("b", "unspent"), ("a", "unspent"))
        assert amounts(made, policy) == dict(zip(ends, expected, strict=True)), policy


def test_least_and_most_are_over_the_policies_that_conserve():
    made = traced(ledger(*SHARED), lead("s"), facts=EX)
    assert [(end.address, end.least, end.most) for end in made.endpoints] == [
        ("ex", 10, 60),  # first: someone can hold it
        ("b", 20, 30),
        ("a", 10, 60),
    ]


def test_every_conserving_policy_balances():
    made = traced(ledger(*SHARED), lead("s"), facts=EX)
    for policy, (at_service, at_b, at_a) in AT_SHARED.items():
        balance = made.balances[policy]
        kept_by_source = 100 if policy == "poison" else 0  # touched: poison counts all that it received
        assert balance.stolen == {ASSET: 100}
        assert balance.terms["at_services"] == {ASSET: at_service}
        assert balance.terms["held"] == {ASSET: at_b + at_a + kept_by_source}
        assert balance.conserving == balance.balanced == (policy != "poison")


def test_an_end_says_how_it_came_there():
    made = traced(ledger(*SHARED), lead("s"), facts=EX)
    end = end_at(made, "ex")
    assert (end.chain, end.asset, end.hops) == ("eip155:1", ASSET, 2)
    assert (end.first_arrival, end.last_arrival) == (at(4), at(4))
    assert end.arrivals == {"2024-01-01": {policy: sums[0] for policy, sums in AT_SHARED.items()}}
    assert set(end.direct.values()) == {0}
    assert [one.name for one in end.labels] == ["exchange"]
    assert [action.kind for action in end.actions] == ["account_hold"]
    assert way(made, end) == [("s", "a"), ("a", "ex")]
    assert (end.way_policy, end.weakest) == ("fifo", (2, "mixed", 16))  # 10 of 60
    held = end_at(made, "a")
    assert held.direct == held.amount
    assert (held.hops, way(made, held), held.weakest) == (1, [("s", "a")], None)
    assert [action.kind for action in held.actions] == ["monitor"]


def test_a_way_is_shown_under_the_first_policy_that_has_one():
    book = ledger(("x", "a", 50), ("v", "s", 10), ("s", "a", 10), ("a", "ex", 50), ("a", "b", 10))
    made = traced(book, lead("s"), facts=EX)
    end = end_at(made, "ex")
    assert (end.amount["fifo"], end.amount["haircut"], end.amount["pifo"]) == (0, 8, 10)  # 50 * 10/60
    assert (end.way_policy, way(made, end)) == ("haircut", [("s", "a"), ("a", "ex")])
    assert end.least == 0
    assert end.last_arrival == at(4)


def test_an_end_that_only_poison_sees_has_the_way_of_poison():
    book = ledger(("x", "a", 50), ("v", "s", 10), ("s", "a", 10), ("a", "ex", 50), ("a", "b", 10))
    made = traced(book, lead("s"), facts=EX, policies=["poison", "fifo"])
    end = end_at(made, "ex")
    assert end.amount == {"poison": 50, "fifo": 0}
    assert (end.least, end.most, end.way_policy) == (0, 0, "poison")
    assert way(made, end) == [("s", "a"), ("a", "ex")]


def test_an_end_that_nothing_reached_has_no_way_and_no_arrival():
    book = ledger(("x", "a", 50), ("v", "s", 10), ("s", "a", 10), ("a", "ex", 50))
    end = end_at(traced(book, lead("s"), facts=EX, policies=["fifo"]), "ex")
    assert (end.amount, end.way, end.way_policy, end.weakest) == ({"fifo": 0}, (), "", None)
    assert (end.first_arrival, end.last_arrival, end.arrivals) == (None, None, {})


def test_only_the_policies_named_are_run():
    made = traced(ledger(*SHARED), lead("s"), facts=EX, policies=["lifo", "fifo"])
    assert made.policies == ["fifo", "lifo"] == list(made.balances) == list(made.tallies)
    assert end_at(made, "ex").amount == {"fifo": 10, "lifo": 60}
    assert (end_at(made, "ex").least, end_at(made, "ex").most) == (10, 60)


def test_poison_alone_is_not_called_nothing():
    made = traced(ledger(*SHARED), lead("s"), facts=EX, policies=["poison"])
    assert made.endpoints
    assert {(end.least, end.most) for end in made.endpoints if end.address == "ex"} == {(60, 60)}


VICTIMS = (
    ("va", "a", 600), ("a", "pot", 600), ("vb", "b", 600), ("b", "pot", 600), ("pot", "first", 300),
    ("vc", "c", 600), ("c", "pot", 600), ("pot", "second", 450),
)  # fmt: skip
"""Three victims of 100 each, drawings of 50 and 75, as in vector T7, six times as large."""


@pytest.mark.parametrize(
    ("policy", "left"),
    [("fifo", [0, 450, 600]), ("pari_passu", [350, 350, 350]), ("rolling_charge", [315, 315, 420])],
)
def test_several_victims_share_what_is_left(policy, left):
    made = traced(ledger(*VICTIMS), lead("a", "b", "c"))
    pot = holders(made.found).index("pot")
    victims = made.tallies[policy].victims
    shares = {
        tag: value
        for (tag, pool), value in sums_by(victims.amount, victims.tag, victims.pool).items()
        if pool == pot
    }
    first = int(made.tallies["pari_passu"].victims.tag.min())
    assert [shares.get(first + n, 0) for n in range(3)] == left
    assert made.balances[policy].balanced
    assert end_at(made, "pot").amount[policy] == 1050


def test_pari_passu_and_rolling_charge_are_for_several_victims():
    assert traced(ledger(*VICTIMS), lead("a", "b")).policies == [*POLICIES, *FOR_SEVERAL]
    assert traced(ledger(*VICTIMS), lead("a")).policies == [*POLICIES]


def test_the_order_that_is_not_known_gives_bounds():
    book = plain_ledger([("v", "s", 5), ("s", "a", 5), ("a", "b", 5)], ties=[0, 1, 1])
    made = traced(book, lead("s"))
    end = end_at(made, "b")
    assert (end.bounds_kind, end.bounds["fifo"], end.amount["fifo"]) == ("ordered", (0, 5), 5)
    assert made.unordered == 1
    sure = traced(plain_ledger([("v", "s", 5), ("s", "a", 5), ("a", "b", 5)]), lead("s"))
    assert (end_at(sure, "b").bounds_kind, end_at(sure, "b").bounds["fifo"]) == ("exact", (5, 5))
    assert sure.unordered == 0


def test_small_movements_are_an_end_of_their_own_with_their_own_arrivals():
    book = ledger(("v", "s", 30), ("s", "a", 2), ("s", "a", 9), ("s", "b", 2))
    made = traced(book, lead("s"), Limits(minimum={"*": 5}))
    small, rest = end_at(made, "a", "below_threshold"), end_at(made, "a", "unspent")
    assert (small.amount["fifo"], rest.amount["fifo"]) == (2, 9)
    assert (small.first_arrival, rest.first_arrival) == (at(2), at(3))
    assert small.arrivals["2024-01-01"]["fifo"] == 2
    assert made.balances["fifo"].not_followed == {"below_threshold": {ASSET: 4}}


def test_the_window_and_known_gaps_say_why_it_was_last_seen_there():
    book = ledger(
        ("v", "s", 9),
        ("s", "a", 4),
        ("s", "b", 5),
        ("a", "c", 4),
        gaps=gaps({"holder": "b", "tx_hash": "t3"}),
    )
    made = traced(book, lead("s"), Limits(until=at(3)))
    assert amounts(made) == {("a", "window_end"): 4, ("b", "ledger_end"): 5}
    assert made.balances["fifo"].terms["beyond_ledger"] == {ASSET: 5}
    assert made.as_of == {"eip155:1": (3, at(3))}


def test_as_of_is_the_last_block_of_each_chain_touched_or_not():
    elsewhere = {"chain": BITCOIN, "asset": COIN, "block": 900, "time": at(50)}
    made = traced(ledger(*SHARED, ("y", "z", 1, elsewhere)), lead("s"))
    assert made.as_of == {"eip155:1": (6, at(6)), BITCOIN: (900, at(50))}
    bare = {"block": None, "time": None, "tx_index": None}
    timeless = memory_ledger(
        rows({"source": "v", "target": "s", **bare}, {"source": "s", "target": "a", **bare}), sources()
    )
    assert traced(timeless, lead("s")).as_of == {"eip155:1": (None, None)}


def test_an_asset_that_no_fact_knows_has_no_symbol_and_impostors_carry_nothing():
    coin = "eip155:1/slip44:1"
    other = ({"asset": coin}, {"asset": TOKEN})
    book = ledger(*((s, t, 9, extra) for extra in other for s, t in (("v", "s"), ("s", "a"))))
    made = traced(book, lead("s"))
    assert [(one.id, one.symbol, one.decimals) for one in made.assets] == [(coin, "", 0)]
    assert {end.asset for end in made.endpoints} == {coin}


def test_assets_are_traced_each_for_itself():
    book = ledger(*SHARED, *((s, t, 8, {"asset": USD.id}) for s, t in (("v", "s"), ("s", "b"))))
    made = traced(book, lead("s"), facts=EX)
    assert {(end.address, end.asset): end.amount["fifo"] for end in made.endpoints} == {
        ("ex", ASSET): 10, ("b", ASSET): 30, ("a", ASSET): 60, ("b", USD.id): 8
    }  # fmt: skip
    assert made.balances["fifo"].stolen == {ASSET: 100, USD.id: 8}


def test_progress_is_told_every_stage_as_it_begins():
    said = []
    traced(ledger(*SHARED), lead("s"), progress=said.append)
    assert [stage.split()[0] for stage in said] == ["marking", "finding", "tracing", "trying", "describing"]


def test_a_lead_that_the_ledger_has_nothing_of_is_an_error():
    stages = []
    with pytest.raises(LeadError, match="the ledger has no movement of nobody") as error:
        traced(ledger(*SHARED), lead("nobody"), progress=stages.append)
    assert "ledger import" in error.value.hint
    assert len(stages) == 1
    with pytest.raises(LeadError):
        traced(ledger(*SHARED), lead(theft("s", chain=BITCOIN)))


def test_a_policy_that_does_not_add_up_stops_the_run(monkeypatch):
    def lost(found, parts, held):
        tally = tally_policy(found, parts, held)
        less = {pool: value - 1 for pool, value in sums(tally.held).items()}
        return replace(tally, held=changed(tally.held, less))

    tally_policy = module.tally_policy
    monkeypatch.setattr(module, "tally_policy", lost)
    with pytest.raises(ConservationError, match="haircut does not add up at transaction"):
        traced(ledger(*SHARED), lead("s"))
    assert traced(ledger(*SHARED), lead("s"), policies=["poison"]).endpoints


def test_terms_that_do_not_add_up_stop_the_run(monkeypatch):
    def unbalanced(*given, **named):
        return replace(balance_of(*given, **named), balanced=False)

    balance_of = module.balance_of
    monkeypatch.setattr(module, "balance_of", unbalanced)
    with pytest.raises(ConservationError, match="the terms of haircut do not add up") as error:
        traced(ledger(*SHARED), lead("s"))
    assert "report" in error.value.hint


NAMES = ("v", "s", "r", "a", "b", "c", "ex")
PAYMENTS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 9)), min_size=1, max_size=14
)


@given(given=PAYMENTS, tied=st.booleans())
def test_ends_hold_together_on_any_ledger(given, tied):
    payments = [("v", "s", 5), ("v", "r", 4), *given]
    ties = [0, 0] + [1 if tied and n < 4 else 0 for n in range(len(given))]
    made = traced(plain_ledger(payments, ties=ties), lead("s", "r"), facts=EX)
    for policy in [name for name in made.policies if name not in NOT_CONSERVING]:
        balance = made.balances[policy]
        assert balance.balanced
        assert sum(end.amount[policy] for end in made.endpoints) == sum(balance.stolen.values())
    for end in made.endpoints:
        conserving = [value for name, value in end.amount.items() if name not in NOT_CONSERVING]
        assert (end.least, end.most) == (min(conserving), max(conserving))
        for policy, value in end.amount.items():
            assert end.bounds[policy][0] <= value <= end.bounds[policy][1]
            assert 0 <= end.direct[policy] <= value
            assert end.bounds_kind != "exact" or end.bounds[policy] == (value, value)
        check_way(made, end)


def check_way(made, end):
    """The way is one of movements that carried something, each from where the one before went."""
    steps, moves = list(end.way), made.found.case.moves
    assert bool(steps) == bool(end.way_policy)
    assert steps == sorted(steps)
    assert not steps or int(moves.target[steps[-1]]) == end.pool
    assert not steps or set(steps) <= set(sums(made.tallies[end.way_policy].carried))
    assert all(int(moves.target[m]) == int(moves.source[n]) for m, n in itertools.pairwise(steps))
    assert not any(end.amount.values()) or steps or end.hops == 0


def test_two_runs_are_the_same():
    first, second = (traced(ledger(*VICTIMS), lead("a", "b", "c")) for _run in range(2))
    assert first.endpoints == second.endpoints
    assert first.balances == second.balances
    assert (first.as_of, first.assets, first.bounds) == (second.as_of, second.assets, second.bounds)
