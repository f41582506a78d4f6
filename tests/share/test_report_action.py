"""Ends grouped by who can act."""

from tests.data.trace_document import ETH, small

from bongsu.share.report_action import actor_row, actors
from bongsu.share.report_money import conserving, money_of, total_of


def first_action(document):
    return next(end["actions"][0] for end in document["endpoints"] if end["actions"])


def test_each_end_with_an_action_is_in_exactly_one_group_of_its_kind():
    document = small(ends=60)
    found = actors(document)
    grouped = sorted(end["rank"] for actor in found for end in actor.ends)
    assert grouped == [end["rank"] for end in document["endpoints"] if end["actions"]]
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
