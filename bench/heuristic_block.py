"""Rates on the raw Bitcoin blocks: CoinJoin, co-spend, change and peel chains."""

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.heuristic_rate import Rate
from bench.real_data import block_joints
from bongsu.analyze.change import RULES, address_types, change_outputs, change_votes, two_outputs
from bongsu.analyze.coinjoin import find_coinjoins
from bongsu.analyze.cospend import cospend_links, suspects
from bongsu.analyze.joint import UNKNOWN, Joints
from bongsu.analyze.peel_chain import spenders
from bongsu.kernel.union_find import joined_sets

Array = np.ndarray[Any, Any]
DATA = "raw Bitcoin blocks (6,049 transactions that are no coinbase)"
VERDICTS = Path(__file__).parent / "coinjoin_verdicts.csv"
"""What was said of each hit, and of what came near, after looking at it."""
ROUNDS, SEED = 20, 7


def read_verdicts() -> dict[str, dict[str, str]]:
    """Verdict by transaction: columns tx, verdict (true, doubtful or false), why, date."""
    with VERDICTS.open(newline="", encoding="utf-8") as file:
        return {row["tx"]: row for row in csv.DictReader(file)}


def measure() -> list[Rate]:
    """Rates of all heuristics that the blocks can measure."""
    joints = block_joints()
    return [
        _coinjoin(joints, fewest=3),
        _coinjoin(replace(joints, whole=np.zeros(len(joints), dtype=bool)), fewest=3),
        _coinjoin(joints, fewest=2),
        *_cospend(joints),
        *_change(joints),
        _peel(joints),
    ]


def hits(joints: Joints, fewest: int) -> Array:
    """Transactions found with that many equal outputs for JoinMarket; with 2, those found by 2 alone."""
    found = find_coinjoins(joints, fewest=fewest).protocol > 0
    if fewest == 2:
        found &= find_coinjoins(joints).protocol == 0
    return np.flatnonzero(found)


def dealt_values(joints: Joints, seed: int) -> Joints:
    """The transactions with the amounts of all outputs dealt anew: sizes stay, agreement is chance."""
    outs = joints.outputs
    return replace(joints, outputs=replace(outs, amount=np.random.default_rng(seed).permutation(outs.amount)))


def _coinjoin(joints: Joints, fewest: int) -> Rate:
    verdicts, whole = read_verdicts(), bool(joints.whole.any())
    found = [verdicts[joints.tx_hash[int(t)].as_py()]["verdict"] for t in hits(joints, fewest)]
    listed = {joints.tx_hash[int(t)].as_py() for size in (2, 3) for t in hits(block_joints(), size)}
    missed = [one["verdict"] for tx, one in verdicts.items() if tx not in listed]
    chance = sum(len(hits(dealt_values(joints, SEED + n), fewest)) for n in range(ROUNDS))
    note = (
        "every hit looked at by hand (coinjoin-hits.md); missed: of those that came near; decoy: amounts of"
        " all outputs dealt anew. No Wasabi 2 and no JoinMarket is in the blocks: for these two only the"
        " false alarms are measured"
    )
    if not whole:
        note = "the same with all inputs hidden, as a ledger of raw blocks has most: told by outputs alone"
    pairs = "two equal outputs of JoinMarket's shape; doubtful ones are counted as wrong; decoy: the same"
    return Rate(
        name="coinjoin_pair" if fewest == 2 else "coinjoin" if whole else "coinjoin_outputs",
        data=DATA,
        n=len(joints),
        true_positive=found.count("true"),
        false_positive=len(found) - found.count("true"),
        false_negative=missed.count("true") if fewest > 2 else None,
        decoy_hits=chance,
        decoys=ROUNDS * len(joints),
        note=note if fewest > 2 else pairs,
    )


def _cospend(joints: Joints) -> list[Rate]:
    """Joins of co-spend: addresses of one wallet are of one type; CoinJoins join strangers."""
    types = address_types(joints.addresses)
    links = cospend_links(joints, suspects(joints))
    dealt = types[np.random.default_rng(SEED).permutation(links.right)]
    same, chance = (np.mean(types[links.left] == other) for other in (types[links.right], dealt))
    unguarded = cospend_links(joints, np.zeros(len(joints), dtype=bool))
    strangers = _false_joins(joints)
    return [
        Rate(
            name="cospend",
            data=DATA,
            n=len(links.left),
            true_positive=len(links.left),
            false_positive=None,
            false_negative=None,
            decoy_hits=0,
            decoys=0,
            note="joins of two addresses; nobody says who owns them, so there is no truth and no decoy. A"
            f" sign: {same:.1%} of the joins are of one address type, {chance:.1%} when the addresses are"
            " dealt anew. None of the joins is known to be false",
        ),
        Rate(
            name="cospend_unguarded",
            data=f"{DATA}: joins that CoinJoins make",
            n=strangers[1],
            true_positive=strangers[1] - strangers[0],
            false_positive=strangers[0],
            false_negative=None,
            decoy_hits=0,
            decoys=0,
            note=f"without the guard, of {len(unguarded.left):,} joins in all; at least so many are false: "
            "a CoinJoin of n participants has n owners",
        ),
    ]


def _false_joins(joints: Joints) -> tuple[int, int]:
    """Least number of false joins that the CoinJoins make, and of all joins that they make."""
    found = find_coinjoins(joints)
    wrong = joins = 0
    for t in np.flatnonzero(found.protocol).tolist():
        payers = len(np.unique(joints.inputs.address[slice(*joints.inputs.first[t : t + 2])]))
        wrong, joins = wrong + int(found.participants[t]) - 1, joins + payers - 1
    return wrong, joins


def true_changes(joints: Joints) -> tuple[Array, Array]:
    """Change of each transaction with two outputs, UNKNOWN where not known: two kinds of truth.

    First: exactly one output pays an address that the inputs are of. Second: none does, and exactly one
    pays an address that other transactions spend together with the inputs' addresses.
    """
    pairs, skip = two_outputs(joints), suspects(joints)
    links = cospend_links(joints, skip)
    count = len(joints.addresses)
    sets, _refused = joined_sets(links.left, links.right, np.zeros(count, dtype=np.int64), most=count)
    spent = np.zeros(count, dtype=bool)
    spent[joints.inputs.address[joints.inputs.address >= 0]] = True
    first, second = np.full(len(joints), UNKNOWN), np.full(len(joints), UNKNOWN)
    for t in np.flatnonzero((pairs[:, 0] >= 0) & ~skip).tolist():
        ins = joints.inputs.address[slice(*joints.inputs.first[t : t + 2])]
        outs = joints.outputs.address[pairs[t]]
        if (ins < 0).any() or (outs < 0).any():
            continue
        own = np.isin(outs, ins)
        kin = np.isin(sets[outs], sets[ins]) & spent[outs]
        if own.sum() == 1:
            first[t] = pairs[t][own][0]
        elif not own.any() and kin.sum() == 1:
            second[t] = pairs[t][kin][0]
    return first, second


def _change(joints: Joints) -> list[Rate]:
    back, kin = true_changes(joints)
    votes = change_votes(joints)
    coins = [_swapped(joints, SEED + n) for n in range(ROUNDS)]
    swapped = [change_votes(coin) for coin in coins]
    made = {
        "address_type": kin,
        "round_amount": np.maximum(back, kin),
        "optimal_change": back,
        "one_time": kin,
    }
    notes = {
        "address_type": "truth: an address that other transactions spend together with the payer's. "
        "Change to the payer's own address is no truth here: it has the type by definition",
        "round_amount": "truth: change to the payer's own address, or to one that is spent with it",
        "optimal_change": "truth: change to the payer's own address; all input values must be known",
        "one_time": "truth as for address_type; in three blocks nearly every address is seen once",
    }
    rates = [
        _rule(
            f"change_{rule}", votes[rule], made[rule], chance=[one[rule] for one in swapped], note=notes[rule]
        )
        for rule in RULES
    ]
    both = _rule(
        "change",
        change_outputs(joints),
        kin,
        chance=[change_outputs(coin) for coin in coins],
        note="two rules agree and none contradicts; truth as for address_type",
    )
    return [both, *rates]


def _swapped(joints: Joints, seed: int) -> Joints:
    """The transactions where a coin decides for each whether its two outputs change places."""
    pairs = two_outputs(joints)
    turned = np.flatnonzero((pairs[:, 0] >= 0) & (np.random.default_rng(seed).random(len(joints)) < 0.5))
    order = np.arange(len(joints.outputs.row))
    order[pairs[turned]] = pairs[turned][:, ::-1]
    outs = joints.outputs
    return replace(joints, outputs=replace(outs, amount=outs.amount[order], address=outs.address[order]))


def _rule(name: str, named: Array, truth: Array, *, chance: list[Array], note: str) -> Rate:
    asked = (truth >= 0) & (named >= 0)
    decoys = [one[(truth >= 0) & (one >= 0)] == truth[(truth >= 0) & (one >= 0)] for one in chance]
    right = int((named[asked] == truth[asked]).sum())
    return Rate(
        name=name,
        data=DATA,
        n=int(asked.sum()),
        true_positive=right,
        false_positive=int(asked.sum()) - right,
        false_negative=int((truth >= 0).sum()) - right,
        decoy_hits=sum(int(one.sum()) for one in decoys),
        decoys=sum(len(one) for one in decoys),
        note=f"{note}; decoy: a coin decides which output is which",
    )


def _peel(joints: Joints) -> Rate:
    """Of two outputs, one of which is spent alone in the blocks: is it the larger?"""
    pairs, spender = two_outputs(joints), spenders(joints)
    alone = joints.inputs.count == 1
    asked = np.flatnonzero((pairs[:, 0] >= 0) & ~suspects(joints))
    on = (spender[pairs[asked]] >= 0) & alone[spender[pairs[asked]]]
    one = on.sum(axis=1) == 1
    amount = joints.outputs.amount[pairs[asked][one]]
    larger = amount == amount.max(axis=1, keepdims=True)
    right = int((larger & on[one]).any(axis=1).sum())
    count = int(one.sum())
    coins = np.random.default_rng(SEED).integers(0, 2, size=(ROUNDS, count))
    chance = sum(int(on[one][np.arange(count), coin].sum()) for coin in coins)
    return Rate(
        name="peel_chain",
        data=f"{DATA}: outputs spent in the same blocks",
        n=count,
        true_positive=right,
        false_positive=count - right,
        false_negative=None,
        decoy_hits=chance,
        decoys=ROUNDS * count,
        note="two outputs of which exactly one is spent alone in the blocks: it is the larger; decoy: a coin",
    )
