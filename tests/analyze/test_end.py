import numpy as np
import pytest
from tests.data.ledger_rows import ASSET, BITCOIN, CHAIN, sources, utxo
from tests.data.trace_case import LIMITS, USD, label, ledger

from bongsu.analyze.end import Labels, mark_ends, stop_of
from bongsu.analyze.lead import Limits
from bongsu.analyze.stop import STOPS
from bongsu.store.ledger import memory_ledger


def stops(book, *labels, limits=LIMITS, source=(), valuation=False):
    """Holder to its stop, those that are followed left out."""
    holder = book.pools()["holder"].to_pylist()
    codes = mark_ends(
        book,
        Labels(labels),
        limits,
        sources=np.flatnonzero(np.isin(holder, list(source))),
        valuations={ASSET: False, USD.id: valuation},
    )
    assert codes.dtype == np.int8
    return {name: STOPS[code] for name, code in zip(holder, codes, strict=True) if code}


@pytest.mark.parametrize(
    ("category", "stop"),
    [
        ("exchange", "service"),
        ("deposit", "service"),
        ("payment", "service"),
        ("gambling", "service"),
        ("custodian", "service"),
        ("bridge", "bridge"),
        ("dex", "conversion"),
        ("mixer", "mixer"),
        ("burn", "burn"),
        ("theft", ""),
        ("victim", ""),
        ("sanctioned", ""),
        ("abuse", ""),
        ("issuer", ""),
        ("contract", ""),
        ("other", ""),
    ],
)
def test_a_label_says_whether_value_stops(category, stop):
    assert stops(ledger(("a", "b", 1)), label("b", category)) == ({"b": stop} if stop else {})
    assert stops(ledger(("a", "b", 1)), label("b", category), source="b") == {}


def test_value_is_not_followed_into_null_and_fee_pools():
    book = ledger(("a", "null", 1), ("a", "fee:3", 1), ("null", "b", 1))
    assert stops(book) == {"null": "burn", "fee:3": "fee"}


def test_a_converter_does_not_end_a_valuation():
    assert stops(ledger(("a", "b", 1), asset=USD.id), label("b", "dex"), valuation=True) == {}
    assert stops(ledger(("a", "b", 1), asset=USD.id), label("b", "mixer"), valuation=True) == {"b": "mixer"}


def test_a_pool_with_more_counterparties_than_the_limit_is_a_likely_service():
    book = ledger(*(("hub", f"b{n}", 1) for n in range(3)), ("b0", "hub", 1))
    assert stops(book, limits=Limits(counterparties=3)) == {}
    assert stops(book, limits=Limits(counterparties=2)) == {"hub": "likely_service"}
    assert stops(book, limits=Limits(counterparties=0)) == {}
    assert stops(book, label("hub", "exchange"), limits=Limits(counterparties=2)) == {"hub": "service"}
    assert stops(book, label("hub", "contract"), limits=Limits(counterparties=2)) == {"hub": "likely_service"}
    assert stops(book, label("hub", "theft"), limits=Limits(counterparties=2)) == {}
    assert stops(book, limits=Limits(counterparties=2), source=["hub"]) == {}


def test_a_transaction_with_many_outputs_is_no_service():
    tx = "ab" * 32
    outputs = ({"source": tx, "target": f"{tx}:{n}", "position": n, "kind": "pay"} for n in range(4))
    book = memory_ledger(utxo(*outputs), sources())
    assert stops(book, limits=Limits(counterparties=2)) == {}


def test_a_person_may_name_where_to_stop():
    book = ledger(("a", "b", 1), ("b", "c", 1))
    limits = Limits(stop_at=frozenset({"b", "a"}))
    assert stops(book, label("b", "exchange"), limits=limits, source="a") == {"b": "stop_at"}


def test_the_surest_label_counts_and_all_are_kept():
    labels = Labels(
        [
            label("b", "exchange", confidence=50),
            label("b", "theft", confidence=90),
            label("b", "mixer", confidence=50, source="a"),
            label("b", "bridge", confidence=99, chain="eip155:10"),
            label("b", "other", confidence=10, chain="eip155:*"),
        ]
    )
    assert [one.category for one in labels.of("eip155:1", "b")] == ["theft", "mixer", "exchange", "other"]
    assert [one.category for one in labels.of(BITCOIN, "b")] == []
    assert labels.of("eip155:1", "bb") == []
    assert stop_of(labels.of("eip155:1", "b"), valuation=False) == ""
    assert stop_of(labels.of("eip155:1", "b")[1:], valuation=False) == "mixer"
    assert stop_of([], valuation=False) == ""


def test_a_sanction_does_not_hide_what_an_address_is():
    tornado = [label("m", "sanctioned", confidence=95), label("m", "mixer", confidence=60)]
    assert stops(ledger(("a", "m", 1)), *tornado) == {"m": "mixer"}
    assert [found.category for found in Labels(tornado).of(CHAIN, "m")] == ["mixer", "sanctioned"]
    thief = [label("t", "sanctioned", confidence=95), label("t", "theft", confidence=60)]
    assert stops(ledger(("a", "t", 1)), *thief) == {}


def test_an_output_ends_by_the_label_of_its_address():
    tx = "ab" * 32
    book = memory_ledger(
        utxo({"source": tx, "target": tx + ":0", "address": "bc1x", "kind": "pay"}), sources()
    )
    assert stops(book, label("bc1x", "exchange", chain=BITCOIN)) == {tx + ":0": "service"}
    assert stops(book, label("bc1x", "exchange")) == {}
