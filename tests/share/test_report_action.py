"""Ends grouped by who can act."""

from tests.data.trace_document import CONSERVING, ETH, USDT, small

from bongsu.share.report_action import actor_row, actors
from bongsu.share.report_money import conserving, money_of, total_of


def with_actions(*given):
    """A document whose ends are (party, kind, asset, amount under every policy)."""
    document = small(ends=len(given) + 2)
    able = next(end["actions"][0] for end in small()["endpoints"] if end["actions"])
    document["endpoints"] = document["endpoints"][: len(given)]
    for end, (by, kind, asset, amount) in zip(document["endpoints"], given, strict=True):
        end["asset"], end["amount"] = asset, dict.fromkeys(end["amount"], str(amount))
        end["bounds"]["kind"] = "exact"
        end["actions"] = [able | {"by": by, "entity": "", "kind": kind}]
    return document


def names(document):
    return [actor.by for actor in actors(document)]


def first_action(document):
    return next(end["actions"][0] for end in document["endpoints"] if end["actions"])


def test_each_end_with_an_action_is_in_exactly_one_group_of_its_kind():
    document = small(ends=60)
    found = actors(document)
    grouped = sorted(end["rank"] for actor in found for end in actor.ends)
    able = [end for end in document["endpoints"] if end["actions"]]
    held = [end["rank"] for end in able if any(end["amount"][policy] != "0" for policy in CONSERVING)]
    assert grouped == held
    assert len({(actor.kind, actor.by) for actor in found}) == len(found) == 5


def test_totals_are_sums_within_policies():
    document = small(ends=60)
    for actor in actors(document):
        assert actor.totals == total_of(actor.ends, conserving(document))
        for asset, (low, high) in actor.totals.items():
            ends = [end for end in actor.ends if end["asset"] == asset]
            assert sum(int(end["min"]) for end in ends) <= low <= high
            assert high <= sum(int(end["max"]) for end in ends)


def test_firm_part_holds_only_ends_that_hold_under_all_policies():
    document = small(ends=60)
    for actor in actors(document):
        firm = [end for end in actor.ends if end["actions"][0]["holds_under_all"]]
        assert actor.firm == total_of(firm, conserving(document))


def test_those_who_can_stop_come_first_and_no_action_is_no_actor():
    document = small(ends=60)
    action = first_action(document)
    action |= {"kind": "monitor", "by": "Example Agency", "entity": "example-agency"}
    next(end for end in document["endpoints"][5:] if end["actions"])["actions"][0]["kind"] = "none"
    found = actors(document)
    assert [actor.stops for actor in found] == [True] * (len(found) - 1) + [False]
    assert found[-1].by == "Example Agency"
    assert (
        sum(len(actor.ends) for actor in found)
        == sum(bool(end["actions"]) for end in document["endpoints"]) - 1
    )


def test_voluntary_and_compelled_are_told_apart():
    document = small(ends=60)
    first_action(document)["voluntary"] = False
    natures = {actor.nature for actor in actors(document)}
    assert natures == {"voluntary request", "voluntary request; compelled by an order"}


def test_row_gives_whole_addresses_and_amounts():
    document = small()
    actor = actors(document)[0]
    row = actor_row(actor, money_of(document))
    assert [len(shown) for rank, shown in row["ends"]] == [42] * len(actor.ends)
    assert row["total"][0].endswith("ETH" if ETH in actor.totals else "USDT")
    assert row["route"] == ["compliance@example.invalid"]


HOLD = "account_hold"


def test_the_party_that_has_most_under_every_policy_comes_first():
    """B's best end comes after A's, and B has more than A at two."""
    assert names(with_actions(("A", HOLD, ETH, 50), ("B", HOLD, ETH, 40), ("B", HOLD, ETH, 30))) == ["B", "A"]
    document = with_actions(("A", HOLD, ETH, 50), ("B", HOLD, ETH, 60))
    document["endpoints"][1]["amount"]["lifo"] = "10"
    assert names(document) == ["A", "B"], "60 but for one policy"


def test_who_can_stop_comes_before_who_can_refuse_and_watching_is_last():
    given = [("W", "monitor", ETH, 99), ("D", "delist", ETH, 50), ("R", "reversal", ETH, 1)]
    assert names(with_actions(*given)) == ["R", "D", "W"]


def test_amounts_of_two_assets_are_not_compared():
    given = [("A", HOLD, ETH, 5), ("B", HOLD, USDT, 900), ("C", HOLD, ETH, 7)]
    assert names(with_actions(*given)) == ["C", "A", "B"], "by the asset of the best end first"
    priced = with_actions(*given)
    priced["method"]["params"]["prices"] = {"name": "p.csv", "sha256": "0" * 64, "currency": "USD"}
    assert names(priced) == ["A", "B", "C"], "ranks are by value"


def test_an_end_that_was_only_touched_is_nobodys_to_act_on():
    document = with_actions(("A", HOLD, ETH, 5), ("A", HOLD, ETH, 0), ("B", HOLD, ETH, 0))
    document["endpoints"][1]["amount"]["poison"] = "99"
    assert [(actor.by, len(actor.ends)) for actor in actors(document)] == [("A", 1)]
    document["endpoints"][2]["bounds"] = {"kind": "outer", "per_policy": {"fifo": {"min": "0", "max": "3"}}}
    assert names(document) == ["A", "B"], "in another order something may be there"
