import numpy as np
import pytest
from bench.heuristic_mixer import made_mixer, measure
from tests.analyze.test_tornado import ETH, ONE, TEN, pools
from tests.data.pattern_case import DAY, HOUR, flow_book

from bongsu.analyze.tornado import find_visits
from bongsu.analyze.tornado_lead import RULES, WINDOW, find_leads, mixer_findings

MICRO = 10**6


def mixer_of(*given):
    book = flow_book(*given)
    return book, find_visits(book, pools())


def joined(rule, *given):
    _book, mixer = mixer_of(*given)
    names = mixer.accounts.to_pylist()
    deposit, withdrawal = RULES[rule](mixer.deposits, mixer.withdrawals)
    return sorted(
        (names[mixer.deposits.account[d]], names[mixer.withdrawals.account[w]])
        for d, w in zip(deposit, withdrawal, strict=True)
    )


def test_the_same_account():
    assert joined("address_reuse", ("a", ONE, ETH, 0), (ONE, "a", ETH, DAY)) == [("a", "a")]
    assert joined("address_reuse", ("a", ONE, ETH, 0), (TEN, "a", 10 * ETH, DAY)) == []
    assert joined("address_reuse", (ONE, "a", ETH, 0), ("a", ONE, ETH, DAY)) == []
    late = WINDOW // MICRO + 1
    assert joined("address_reuse", ("a", ONE, ETH, 0), (ONE, "a", ETH, late)) == []
    assert joined("address_reuse", ("a", ONE, ETH, 0), (ONE, "a", ETH, late - 1)) == [("a", "a")]


def test_the_relayer():
    fee = {"tx_hash": "w", "kind": "internal"}
    given = [
        ("a", ONE, ETH, 0),
        (ONE, "b", 97 * ETH // 100, DAY, fee),
        (ONE, "a", 3 * ETH // 100, DAY, fee | {"block": 2}),
    ]
    assert joined("relayer", *given) == [("a", "b")]
    assert joined("relayer", *given[:2]) == []


def test_the_only_visits_of_an_hour():
    assert joined("timing", ("a", ONE, ETH, 0), (ONE, "b", ETH, HOUR)) == [("a", "b")]
    assert joined("timing", ("a", ONE, ETH, 0), (ONE, "b", ETH, HOUR + 1)) == []
    assert joined("timing", ("a", ONE, ETH, 0), ("c", ONE, ETH, 60), (ONE, "b", ETH, HOUR)) == []
    assert joined("timing", ("a", ONE, ETH, 0), (ONE, "b", ETH, 60), (ONE, "c", ETH, HOUR)) == []


COUNTS = [("a", ONE, ETH, 0), ("a", ONE, ETH, 60), ("a", TEN, 10 * ETH, 120)]
BACK = [(ONE, "b", ETH, 200), (TEN, "b", 10 * ETH, 260), (ONE, "b", ETH, 300)]


def test_equal_counts_in_every_pool():
    assert joined("count", *COUNTS, *BACK) == [("a", "b")] * 3
    assert joined("count", *COUNTS, *BACK[:2]) == []
    assert joined("count", *COUNTS[:2], *BACK) == []
    other = [("x", *one[1:3], one[3] + 5) for one in COUNTS]
    assert joined("count", *COUNTS, *other, *BACK) == []  # two could be meant


@pytest.mark.parametrize("seed", range(12))
def test_independent_visits_give_no_lead(seed):
    leads = find_leads(made_mixer(seed))
    assert [lead.rule for lead in leads] == list(RULES)
    assert [lead.on for lead in leads] == [False] * 4
    assert all(len(lead.deposit) == 0 for lead in leads)


def test_the_timing_rule_finds_by_chance_what_it_finds_at_all():
    """Over many made ledgers its rate is that of its decoys: the null result is one."""
    leads = [find_leads(made_mixer(seed, count=200))[2] for seed in range(30)]
    real = sum(lead.hits for lead in leads) / sum(lead.looked_at for lead in leads)
    chance = sum(lead.decoy_hits for lead in leads) / sum(lead.decoys for lead in leads)
    assert real > 0
    assert real == pytest.approx(chance, rel=0.25)


@pytest.mark.parametrize("seed", range(3))
def test_planted_reuse_is_found(seed):
    reuse, *others = find_leads(made_mixer(seed, planted=40))
    assert (reuse.on, reuse.hits) == (True, 40)
    assert not any(lead.on for lead in others[1:])
    assert len(reuse.withdrawal) == 40


def test_the_same_seed_gives_the_same_answer():
    first, second = (find_leads(made_mixer(3, planted=9)) for _time in range(2))
    assert [lead[3:] for lead in first] == [lead[3:] for lead in second]


def test_findings():
    visits = [
        one
        for n in range(60)
        for one in ((f"u{n}", ONE, ETH, n * 9 * DAY), (ONE, f"u{n}", ETH, n * 9 * DAY + 7 * HOUR))
    ]
    book, mixer = mixer_of(*visits)
    leads = find_leads(mixer)
    pool, *found = mixer_findings(book, mixer, leads)
    assert "60 deposits and 60 withdrawals of 1 ETH; the pool is an end" in pool.why[0]
    assert {one.what for one in found} == {"mixer_lead"}
    assert len(found) == 60
    assert "the same account u0 withdrew" in found[0].why[0]
    assert "joins 60 of 60 withdrawals here, and" in found[0].why[1]
    assert len(found[0].evidence) == 2
    assert mixer_findings(*mixer_of(("a", "b", 1)), []) == []


def test_real_links(onchain):
    rates = {rate.name: rate for rate in measure()}
    gas = rates["tornado_gas_price"]
    assert (gas.n, gas.true_positive, gas.false_positive) == (1_125, 193, 932)
    reuse = rates["tornado_address_reuse"]
    assert reuse.rate.low > 10 * reuse.chance.high
    assert np.isclose(rates["tornado_same_counts"].true_positive, 23)
