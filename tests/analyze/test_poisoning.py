import numpy as np
import pyarrow as pa
from bench.heuristic_pattern import _rough
from bench.real_data import bybit_book
from tests.data.pattern_case import flow_book, pool

from bongsu.analyze.poisoning import HEAD, TAIL, dealings_of, find_poisonings, looks_of, poisonings

VICTIM = "0x" + "a" * 40
GENUINE = "0x1234" + "5" * 32 + "beef"
FAKE = "0x1234" + "6" * 32 + "beef"
OTHER = "0x9999" + "6" * 32 + "beef"
TOKEN = "eip155:1/erc20:0x" + "cd" * 20
ETH = 10**18


def triples(*given):
    book = flow_book(*given)
    found = find_poisonings(dealings_of(book))
    names = dealings_of(book).accounts
    codes = (found.fake, found.victim, found.genuine)
    return [tuple(names[int(one)].as_py() for one in triple) for triple in zip(*codes, strict=True)]


def test_dust_from_a_look_alike():
    assert triples((VICTIM, GENUINE, ETH), (FAKE, VICTIM, 10)) == [(FAKE, VICTIM, GENUINE)]
    assert triples((GENUINE, VICTIM, ETH), (VICTIM, FAKE, 10)) == [(FAKE, VICTIM, GENUINE)]


def test_a_worthless_token_is_dust_whatever_its_number():
    fake = (VICTIM, FAKE, ETH, 5, {"asset": TOKEN, "kind": "token"})
    assert triples((VICTIM, GENUINE, ETH), fake) == [(FAKE, VICTIM, GENUINE)]


def test_what_is_no_poisoning():
    assert triples((VICTIM, GENUINE, ETH), (OTHER, VICTIM, 10)) == []  # does not look like it
    assert triples((VICTIM, GENUINE, ETH), (FAKE, VICTIM, ETH)) == []  # real money
    assert triples((VICTIM, GENUINE, ETH), (FAKE, VICTIM, 10), ("0x" + "b" * 40, FAKE, ETH)) == []
    assert triples((VICTIM, GENUINE, 10), (FAKE, VICTIM, 10)) == []  # nobody deals with the other
    assert triples((OTHER, GENUINE, ETH), (FAKE, VICTIM, 10)) == []  # another's partner


def test_findings():
    book = flow_book((VICTIM, GENUINE, ETH), (FAKE, VICTIM, 10), (VICTIM, OTHER, ETH))
    (found,) = poisonings(book)
    assert found.subject == f"eip155:1:{FAKE}"
    assert found.why[0] == f"looks like {GENUINE}, which {VICTIM} deals with; only dust ever moved here"
    assert [one.locator for one in found.evidence] == ["row 2"]
    pools = np.arange(book.pools.num_rows)
    assert poisonings(book, pools == pool(book, OTHER)) == []
    assert len(poisonings(book, pools == pool(book, GENUINE))) == 1


def test_the_bybit_thieves_were_poisoned_and_chance_does_not_do_that(onchain):
    dealings = _rough(bybit_book())
    names = dealings.accounts.to_pylist()
    assert len(np.unique(find_poisonings(dealings).fake)) == 1_861
    tails = np.random.default_rng(1).permutation(names)
    mixed = pa.array([one[:HEAD] + other[-TAIL:] for one, other in zip(names, tails, strict=True)])
    assert len(np.unique(find_poisonings(dealings, looks_of(mixed)).fake)) < 10
