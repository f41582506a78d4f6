"""A referral needs two independent families, one verified by machine."""

import dataclasses

import pytest

from bongsu.analyze.referral import Company, carrying_families, find_referrals
from bongsu.facts.red_flag import load_red_flags
from bongsu.model.red_flag import FlagHit

FLAGS = load_red_flags()


def hit(flag, *, subject="a", strength="", machine=True, value="v", explained=""):
    rule = FLAGS[flag]
    return FlagHit(
        flag=flag, subject=subject, family=rule.family, strength=strength or rule.strength, machine=machine,
        kind="thing", value=value, others=(), explained=explained, why="It is so.", rows=(0,),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("hits", "families"),
    [
        ([hit("P01", value="x"), hit("E06", value="y")], ("network", "money")),
        ([hit("P01", value="x")], ()),
        ([hit("P01", value="x"), hit("P01", value="y")], ()),  # one family twice
        ([hit("P01", value="x"), hit("E06", value="x")], ()),  # one thing twice
        ([hit("P01", value="x"), hit("E06", value="y", explained="a couple")], ()),
        ([hit("P01", value="x"), hit("E06", value="y", strength="medium")], ()),
        ([hit("I06", machine=False, value=""), hit("A08", machine=False, value="")], ()),
        ([hit("I06", machine=False, value=""), hit("E06")], ("identity", "network")),
        ([hit("E09"), hit("E08"), hit("P03"), hit("P02"), hit("E05"), hit("O01", strength="medium")], ()),
    ],
)
def test_what_carries_a_referral(hits, families):
    assert carrying_families(hits) == families
    assert [one.subject for one in find_referrals(hits, FLAGS)] == (["a"] if families else [])


def test_two_persons_and_no_machine_carry_nothing():
    assert (
        carrying_families([hit("I06", machine=False), hit("E12", machine=False, strength="high", value="w")])
        == ()
    )


def test_a_referral_says_for_against_next_and_not():
    (one,) = find_referrals(
        [hit("P01", value="x"), hit("E06", value="y"), hit("O02", explained="a move")], FLAGS
    )
    assert one.kind == "person"
    assert (len(one.hits), len(one.explained)) == (2, 1)
    assert "couples with a joint account" in one.against
    assert any("Ask payroll" in step for step in one.next_steps)
    assert any("Counsel" in who for who in one.tell)
    assert any("Do not let the person know" in what for what in one.avoid)
    assert not any("reject" in text.lower() for text in (*one.next_steps, *one.tell, *one.avoid))
    assert one.score == 12 * (4 + 3)


def test_a_payment_to_a_listed_wallet_is_referred_as_a_payment():
    (one,) = find_referrals([hit("P04")], FLAGS)
    assert (one.kind, one.families) == ("payment", ("money",))
    assert any("sanctions" in who for who in one.tell)


def test_more_to_look_at_comes_first():
    rows = [
        hit("P01", subject="z", value="x"),
        hit("E06", subject="z", value="y"),
        hit("E07", subject="z", value="w"),
    ]
    rows += [hit("O02", subject="b", value="x"), hit("E06", subject="b", value="y")]
    assert [one.subject for one in find_referrals(rows, FLAGS)] == ["z", "b"]


def shared(flag, subject, value, others, **more):
    return dataclasses.replace(hit(flag, subject=subject, value=value, **more), others=tuple(others))


def test_two_reasons_that_join_somebody_with_different_strangers_are_two_coincidences():
    own = [shared("A01", "a", "x", "bcd"), shared("E13", "a", "y", "z")]
    assert carrying_families(own) == ()
    same = [own[0], shared("E13", "a", "y", "bz")]
    assert carrying_families(same) == ("identity", "device")
    linked = Company(
        [*own, shared("P01", "z", "w", "q"), shared("P01", "q", "w", "zd"), shared("P01", "d", "w", "q")]
    )
    assert carrying_families(own, linked) == ("identity", "device")
    weak = Company(
        [*own, shared("P01", "z", "w", "d", strength="low"), shared("P01", "d", "w", "z", strength="low")]
    )
    assert carrying_families(own, weak) == ()


def test_what_one_person_alone_has_needs_no_company():
    assert carrying_families([hit("A12", value="x"), hit("E02", value="k")]) == ("identity", "device")
    own = [hit("I06", machine=False, value=""), shared("P01", "a", "x", "bcd")]
    assert carrying_families(own) == ("identity", "money")


def test_a_device_of_hobbyists_carries_only_where_somebody_joined_has_one_too():
    own = [shared("A01", "a", "x", "bcd"), hit("E02", value="k")]
    assert carrying_families(own) == ()
    with_one = Company([*own, hit("E02", subject="c", value="k")])
    assert carrying_families(own, with_one) == ("identity", "device")
    elsewhere = Company([*own, hit("E02", subject="z", value="k")])
    assert carrying_families(own, elsewhere) == ()


def test_code_that_one_person_took_carries_only_where_somebody_joined_took_some_too():
    own = [shared("E03", "a", "x", "bcd"), hit("E10", value="")]
    assert carrying_families(own) == ()
    assert carrying_families(own, Company([*own, hit("E10", subject="c", value="")])) == ("device", "code")
    assert carrying_families([hit("E02", value="k"), hit("E10", value="")]) == ("device", "code")


def test_a_contract_that_somebody_moves_carries_only_where_somebody_joined_has_such_a_reason_too():
    own = [shared("E13", "a", "x", "b"), hit("P07", value="")]
    assert carrying_families(own) == ()
    assert carrying_families(own, Company([*own, hit("A12", subject="b", value="k")])) == (
        "identity",
        "device",
    )
    assert carrying_families([shared("E13", "a", "x", "b"), hit("A12", value="k")]) == ("identity", "device")
