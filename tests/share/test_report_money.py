"""Amounts with symbols, and sums over policies."""

from tests.data.trace_document import CONSERVING, ETH, small

from bongsu.share.report_money import (
    Money,
    bounds_of,
    certain,
    conserving,
    holds,
    money_of,
    range_of,
    total_of,
)

MONEY = Money(
    {
        "a": {"symbol": "AAA", "decimals": 6, "known": True},
        "f": {"symbol": "USDT", "decimals": 6, "known": False},
    }
)


def end(asset="a", kind="exact", bounds=None, **amount):
    per_policy = {p: {"min": str(lo), "max": str(hi)} for p, (lo, hi) in (bounds or {}).items()}
    return {
        "asset": asset,
        "amount": {p: str(v) for p, v in amount.items()},
        "bounds": {"kind": kind, "per_policy": per_policy},
    }


def test_amounts_are_shown_with_symbol():
    assert MONEY.exact("a", "1234567891") == "1,234.567891 AAA"
    assert MONEY.range("a", 0, 1234567891) == "0 – 1,234.5678 AAA"
    assert MONEY.ranges({"a": (1, 1)}) == "<0.0001 AAA"


def test_fake_token_does_not_pass_as_the_real_one():
    assert MONEY.symbol("f") == "USDT (unverified token)"


def test_a_token_on_two_chains_is_named_with_its_chain():
    tokens = {
        "eip155:1/erc20:0xa": ("USDC", True),
        "eip155:2020/erc20:0xb": ("USDC", True),
        "x": ("USDC", False),
    }
    listed = [
        {"id": name, "symbol": one, "decimals": 6, "known": known} for name, (one, known) in tokens.items()
    ]
    money = money_of({"assets": listed})
    said = ["USDC (Ethereum)", "USDC (Ronin)", "USDC (unverified token)"]
    assert [money.symbol(name) for name in tokens] == said


def test_asset_that_the_document_does_not_list_is_shown_in_base_units():
    assert MONEY.exact("x:1/erc20:0x", 12345) == "12,345 base units of x:1/erc20:0x"


def test_two_ends_that_share_an_amount_do_not_count_twice():
    ends = [end(fifo=100, lifo=0), end(fifo=0, lifo=100)]
    assert total_of(ends, ["fifo", "lifo"]) == {"a": (100, 100)}


def test_total_leaves_poison_out_and_keeps_assets_apart():
    ends = [end(fifo=1, lifo=3, poison=99), end(asset="b", fifo=5, lifo=5)]
    assert total_of(ends, ["fifo", "lifo"]) == {"a": (1, 3), "b": (5, 5)}


def test_total_uses_bounds_where_order_is_unknown():
    loose = end(kind="outer", bounds={"fifo": (0, 10), "lifo": (2, 4)}, fifo=5, lifo=3)
    assert total_of([loose, end(fifo=1, lifo=1)], ["fifo", "lifo"]) == {"a": (1, 11)}


def test_policy_without_amount_counts_zero():
    assert range_of({"fifo": 5}, ["fifo", "lifo"]) == (0, 5)
    assert range_of({}, []) == (0, 0)


def test_conserving_policies_in_document_order():
    document = small()
    assert conserving(document) == CONSERVING
    document["conservation"]["lifo"]["conserving"] = False
    assert "lifo" not in conserving(document)
    assert money_of(document).symbol(ETH) == "ETH"


def test_an_end_is_certain_only_in_every_order_under_every_policy():
    exact, both = end(fifo=5, lifo=3), ["fifo", "lifo"]
    assert (bounds_of(exact, both), holds(exact, both), certain(exact, both)) == ((3, 5), True, True)
    other = end(fifo=5, lifo=0)
    assert (bounds_of(other, both), holds(other, both), certain(other, both)) == ((0, 5), True, False)
    unsure = end(kind="outer", bounds={"fifo": (0, 9), "lifo": (3, 3)}, fifo=5, lifo=3)
    assert (bounds_of(unsure, both), holds(unsure, both), certain(unsure, both)) == ((0, 9), True, False)
    touched = end(fifo=0, lifo=0, poison=9)
    assert (holds(touched, both), certain(touched, both)) == (False, False)
