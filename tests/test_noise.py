"""A real theft among made noise: the same ends, and other amounts only where funds really mixed."""

import os
import random
from datetime import UTC, datetime

import pytest
from tests.data.acceptance import ends_of, import_all, published_case, traced, write_flows

from bongsu.rehearse.noise import Span, noise_around

COUNT = 1_000_000 if os.environ.get("BONGSU_FULL") else 20_000
"""Noise transfers to about a thousand of the case."""
FEW = 40
"""Accounts of the case that the noise is around where it is around some."""
KINDS = {
    # share of the noise to, from and between accounts of the case
    "apart": 0.0,
    "around some": 0.02,
    "around all": 0.1,
}
POLICIES = ["poison", "fifo"]
UNSURE = {"confidence": None, "why": None}


@pytest.fixture(scope="module")
def case(onchain):
    return published_case(onchain, "atomic_wallet_2023")


@pytest.fixture(scope="module", params=KINDS)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def noise(case, kind):
    times = [datetime.fromisoformat(row["Timestamp"]).replace(tzinfo=UTC) for row in case.rows]
    blocks = [int(row["Block"]) for row in case.rows]
    some = random.Random(7).sample(sorted(case.accounts - case.sources), FEW)
    return noise_around(
        some if kind == "around some" else sorted(case.accounts),
        transfers=COUNT,
        seed=1,
        span=Span(blocks[0], blocks[-1], min(times), max(times)),
        commingled=KINDS[kind],
    )


@pytest.fixture(scope="module")
def alone(case, tmp_path_factory):
    ledger = import_all(tmp_path_factory.mktemp("alone") / "ledger", [case.path])
    return traced(ledger, case.lead, policies=POLICIES)


@pytest.fixture(scope="module")
def mixed(case, noise, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mixed")
    path = write_flows(folder / "noise.csv", noise.transfers)
    return traced(import_all(folder / "ledger", [case.path, path]), case.lead, policies=POLICIES)


def arrived(document, policy, accounts):
    """Account to the stolen value that came to it, also where it went on."""
    found = dict.fromkeys(sorted(accounts), 0)
    for flow in document["flows"]:
        if flow["target"] in found:
            found[flow["target"]] += int(flow["amount"][policy])
    return found


def reached(document, accounts):
    """Accounts that value came to in some order."""
    touched = {address for address, value in arrived(document, "poison", accounts).items() if value}
    return touched | (accounts & set(ends_of(document)))


def commingling(noise):
    """(block, payer, payee) of noise to, from and between the case's accounts."""
    rows = noise.transfers.select(["block", "source", "target"]).filter(noise.commingles)
    return list(zip(*(rows[name].to_pylist() for name in rows.column_names), strict=True))


def influenced(case, noise):
    """Terminals that may get another amount: noise paid them, or somebody whose funds had mixed did.

    Funds mix from the block on in which an account first pays or gets noise, and then where it pays.
    """
    mixes = {}
    for block, *both in commingling(noise):
        for address in both:
            mixes[address] = min(block, mixes.get(address, block))
    paid = {payee for _block, _payer, payee in commingling(noise)}
    changed = True
    while changed:
        changed = False
        for row in case.rows:
            block, payer, payee = int(row["Block"]), row["From"], row["To"]
            if mixes.get(payer, block + 1) <= block:
                paid.add(payee)
                changed |= mixes.get(payee, block + 1) > block
                mixes[payee] = min(block, mixes.get(payee, block))
    return paid & case.terminals


def test_noise_is_all_there_is_asked_for(case, noise, kind, mixed):
    assert mixed["coverage"]["movements"] == len(case.rows) + COUNT
    rows = commingling(noise)
    kinds = {(payer in case.accounts, payee in case.accounts) for _block, payer, payee in rows}
    assert kinds == ({(True, True), (True, False), (False, True)} if KINDS[kind] else set())
    assert noise.look_alikes


def test_the_same_terminals_are_found(case, alone, mixed):
    assert reached(alone, case.terminals) == case.terminals
    assert reached(mixed, case.terminals) == case.terminals
    assert mixed["conservation"]["fifo"]["balanced"]


def test_amounts_move_only_where_noise_commingles(case, noise, kind, alone, mixed, capsys):
    before, after = (arrived(one, "fifo", case.terminals) for one in (alone, mixed))
    moved, open_to_it = {a for a in before if before[a] != after[a]}, influenced(case, noise)
    assert moved <= open_to_it
    assert bool(moved) == bool(KINDS[kind])
    assert kind != "around some" or len(open_to_it) < len(case.terminals)
    with capsys.disabled():
        print(f"\n{COUNT:,} noise transfers {kind}, {int(noise.commingles.sum()):,} of them commingle:")
        print(f"  {len(open_to_it)} terminals can be influenced, the FIFO amounts of {len(moved)} move")
        print(f"  {precision(case, mixed)}")


def precision(case, document):
    """Share of the ends with something by FIFO, and of the value there, that is the case's."""
    ends = {address: int(end["amount"]["fifo"]) for address, end in ends_of(document).items()}
    nonzero = {address: value for address, value in ends.items() if value}
    right = {address: value for address, value in nonzero.items() if address in case.accounts}
    value = sum(right.values()) / sum(nonzero.values())
    return f"precision: {len(right)} of {len(nonzero)} ends by FIFO are the case's, {value:.1%} of the value"


@pytest.mark.parametrize("kind", ["apart"], indirect=True, scope="module")
def test_noise_that_stays_apart_changes_nothing(noise, alone, mixed):
    """But for doubts: which of a block's movements came first may be less known among more of them."""
    names = ("address", "stop", "amount", "min", "max", "bounds", "arrivals", "hops")
    plain, among = (
        [
            {name: end[name] for name in names} | {"path": [step | UNSURE for step in end["path"]]}
            for end in one["endpoints"]
        ]
        for one in (alone, mixed)
    )
    assert among == plain
    assert mixed["flows"] == alone["flows"]
    assert not set(noise.look_alikes) & set(ends_of(mixed))


def test_look_alikes_are_named_and_not_merged(case, noise, mixed):
    """An account that value touched is named with the account of the noise that looks like it."""
    seen = {address for end in ("source", "target") for address in noise.transfers[end].to_pylist()}
    twins = {(address[:8], address[-4:]): address for address in seen & set(noise.look_alikes)}
    found = {one["subject"]: one["why"][0] for one in mixed["findings"] if one["what"] == "look_alike"}
    touched = {flow["target"] for flow in mixed["flows"]} & case.accounts
    mimicked = {address for address in touched if (address[:8], address[-4:]) in twins}
    assert mimicked
    assert mimicked <= set(found)
    assert all(twins[address[:8], address[-4:]] in found[address] for address in mimicked)
