from tests.data.event_rows import event, hits_of, subjects


def paid(one, other, amount="10", times=2, day=0):
    return [event(one, "payment", "account", other, note=amount, day=day + i) for i in range(times)]


def known(names):
    return [event(name, "register") for name in names]


def test_accounts_between_which_money_goes_round():
    rows = [*known("abcz"), *paid("a", "b"), *paid("b", "c"), *paid("c", "a"), *paid("z", "a", "1", 1)]
    hits = hits_of(*rows, flag="P05")
    assert subjects(hits) == ["a", "b", "c"]
    assert {(hit.strength, hit.family, hit.kind) for hit in hits} == {("high", "money", "account")}
    assert hits[0].others == ("b", "c")


def test_a_client_who_comes_back_is_no_ring():
    assert hits_of(*known("ab"), *paid("a", "b", times=20), *paid("b", "a", "1", 1), flag="P05") == []


def test_two_who_hire_each_other_beside_other_clients():
    rows = [*known("abyz"), *paid("a", "b"), *paid("b", "a"), *paid("y", "a", "50"), *paid("z", "b", "50")]
    assert hits_of(*rows, flag="P05") == []


def test_a_platform_that_pays_and_is_paid_by_all_is_a_hub():
    people = [f"p{i}" for i in range(40)]
    rows = [row for name in people for row in (*paid(name, "hub"), *paid("hub", name))]
    assert hits_of(*known([*people, "hub"]), *rows, flag="P05") == []


def test_payments_to_oneself_to_strangers_and_without_amounts():
    assert hits_of(*known("a"), *paid("a", "a"), *paid("a", "unknown"), flag="P05") == []
    ring = [*paid("a", "b", ""), *paid("b", "a", "")]
    assert subjects(hits_of(*known("ab"), *ring, flag="P05")) == ["a", "b"]


def test_an_account_that_somebody_states_is_theirs():
    alias = event("e1", "alias", "account", "a")
    rows = [*paid("e1", "b"), *paid("b", "a")]
    assert subjects(hits_of(alias, *known("b"), *rows, flag="P05")) == ["b", "e1"]
