"""A path as a line of hops."""

import pytest

from bongsu.share.report_money import Money
from bongsu.share.report_route import crossing_view, kind_name, product_text, route_of, tone_of

MONEY = Money(
    {"x": {"symbol": "X", "decimals": 2, "known": True}, "y": {"symbol": "Y", "decimals": 0, "known": True}}
)
SWAP = {"asset": "y", "received": "7"}


def step(**other):
    return {"amount": "150", "asset": "x", "chain": "eip155:1", "kind": "transfer", "confidence": 100} | other


def test_each_hop_says_what_moved_where_and_how_sure_it_is():
    path = [step(), step(kind="bridge_withdrawal", chain="eip155:2020", confidence=85, swap=SWAP, why=["w"])]
    first, second = route_of(path, "x", MONEY)
    assert (first["moved"], first["became"], first["crosses"], first["tone"]) == ("1.50 X", "", "", "sure")
    assert (second["crosses"], second["chain"], second["became"]) == ("Ethereum", "Ronin", "7 Y")
    assert (second["confidence"], second["tone"], second["why"]) == (85, "fair", ["w"])


def test_steps_of_older_documents_have_no_chain_and_no_confidence():
    (hop,) = route_of([{"amount": None, "swap": SWAP}], "x", MONEY)
    assert (hop["kind"], hop["moved"], hop["chain"], hop["confidence"]) == ("Swap", "", "", None)
    assert route_of([], "x", MONEY) == []


@pytest.mark.parametrize(("percent", "tone"), [(100, "sure"), (90, "sure"), (75, "fair"), (40, "weak")])
def test_tones(percent, tone):
    assert tone_of(percent) == tone


def test_a_kind_without_words_is_its_code():
    assert kind_name("swap") == "Swap"
    assert kind_name("other") == "other"


def test_products():
    assert product_text({"product": {"confidence": 73.5, "statement": "assumes independence"}}) == (
        "73.5 % (assumes independence)"
    )
    assert product_text({"product": {"confidence": 0.0, "statement": "s"}}) == "< 0.01 % (s)"
    assert product_text({}) == ""


def test_both_transactions_of_a_bridge():
    one = {
        "name": "B", "method": "open", "why": [], "deposit_chain": "eip155:1", "deposit_tx": "0x1",
        "withdrawal_chain": None, "withdrawal_tx": None,
    }  # fmt: skip
    view = crossing_view(one)
    assert (view["left"], view["arrived"]) == (("Ethereum", "0x1"), ("", ""))
    assert crossing_view(None) is None
