import pytest
from tests.data.trace_case import extracted, holders, lead, ledger, sums, tallied

from bongsu.analyze.policy import FOR_SEVERAL, NOT_CONSERVING, POLICIES, policies_for, run_policies


def test_the_order_to_show_them_is_fixed():
    alone = ["poison", "haircut", "fifo", "lifo", "tiho", "pifo", "libr"]
    assert list(policies_for(1)) == alone
    assert list(policies_for(2)) == [*alone, "pari_passu", "rolling_charge"]
    assert list(policies_for(2, ["rolling_charge", "fifo"])) == ["fifo", "rolling_charge"]
    assert list(policies_for(1, ["rolling_charge", "fifo"])) == ["fifo"]
    assert list(policies_for(1, [])) == alone
    assert set(POLICIES).isdisjoint(FOR_SEVERAL)
    assert set(POLICIES) >= NOT_CONSERVING


T4 = (
    ("s", "bank", 1),
    ("other", "q", 500),
    ("s", "q", 100),
    ("other", "q", 500),
    ("q", "bob", 100),
    ("q", "carol", 500),
)
"""Vector T4 in hundredths, the theft's account in front."""


@pytest.mark.parametrize(
    ("policy", "bob", "carol", "left"),
    [
        ("poison", 100, 500, 600),
        ("haircut", 9, 46, 45),
        ("fifo", 0, 100, 0),
        ("lifo", 0, 100, 0),
        ("pifo", 100, 0, 0),
        ("libr", 0, 0, 100),
    ],
)
def test_each_name_runs_its_own_policy(policy, bob, carol, left):
    found = extracted(ledger(*T4), lead("s"))
    tally = tallied(found, policy)
    pool = holders(found).index
    to = {int(found.case.moves.target[m]): value for m, value in sums(tally.carried).items()}
    assert (to.get(pool("bob"), 0), to.get(pool("carol"), 0)) == (bob, carol)
    assert sums(tally.held).get(pool("q"), 0) == left


def test_largest_payment_of_a_transaction_first_and_the_fee_last():
    same = {"tx_hash": "one", "block": 3}
    book = ledger(
        ("s", "q", 5),
        ("other", "q", 95),
        ("q", "fee:3", 50, same | {"kind": "fee", "position": 1}),
        ("q", "small", 4, same | {"position": 2}),
        ("q", "large", 6, same | {"position": 3}),
        block=2,
    )
    found = extracted(book, lead("s"))
    to = {
        holders(found)[found.case.moves.target[m]]: value
        for m, value in sums(tallied(found, "tiho").carried).items()
    }
    assert to == {"q": 5, "large": 5}


def test_missing_history_may_be_put_at_the_young_end():
    found = extracted(ledger(("s", "q", 5), ("q", "x", 6), ("q", "y", 1)), lead("s"))
    chosen = policies_for(1, ["fifo"])
    assert list(run_policies(found, chosen)) == ["fifo"]
    oldest = run_policies(found, chosen)["fifo"][0]
    newest = run_policies(found, chosen, unknown_newest=True)["fifo"][0]
    assert oldest.tag.tolist() != newest.tag.tolist()
