"""Rates of the patterns between accounts, on flows that experts followed and on the Bybit graph.

The flows are all laundering, so what is found in them is not wrong by that; whether a pattern was meant
nobody says. What counts is how often chance makes the same: counterparties, amounts or times dealt anew.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.heuristic_rate import Rate
from bench.real_data import (
    CASES,
    bybit_book,
    flow_book,
    flow_labels,
    flow_rows,
    made_book,
    onchain,
    rows_of,
)
from bongsu.analyze.cluster import label_masks
from bongsu.analyze.cycle import cycle_ways
from bongsu.analyze.deposit import find_deposits
from bongsu.analyze.dwell import LONG, QUICK, stays
from bongsu.analyze.end import Labels
from bongsu.analyze.fan import FEWEST_PARTNERS, scatter_gathers, widest_fans
from bongsu.analyze.payment import Payments, payments_of
from bongsu.analyze.peel_chain import peel_steps
from bongsu.analyze.poisoning import HEAD, TAIL, dealings_of, find_poisonings, looks_of
from bongsu.analyze.structuring import FEWEST_PARTS, equal_parts
from bongsu.facts.load import load_labels
from bongsu.rehearse.noise import Span, noise_around

Array = np.ndarray[Any, Any]
Count = Callable[[Payments], tuple[int, int]]
"""Hits and cases of a pattern in some payments."""
Decoy = Callable[[Payments, np.random.Generator], Payments]
DATA = "published flows of three thefts (MFTracer: 2,522)"
ROUNDS, SEED = 20, 7


def measure() -> list[Rate]:
    """Rates of all patterns that the flows and the graph can measure."""
    return [
        *(_measured(*one) for one in PLAIN),
        _deposit_reuse(),
        _deposit_account(),
        _poisoning(),
        made_poisoning(),
    ]


def dealt_targets(payments: Payments, chance: np.random.Generator) -> Payments:
    """Payments with the payees dealt anew: every account keeps how often it pays and is paid."""
    target = chance.permutation(payments.target)
    kept = target != payments.source
    columns = {name: getattr(payments, name)[kept] for name in ("row", "source", "size", "time")}
    return replace(payments, target=target[kept], **columns)


def dealt_sizes(payments: Payments, chance: np.random.Generator) -> Payments:
    """Payments with the amounts dealt anew."""
    return replace(payments, size=chance.permutation(payments.size))


def spread_times(payments: Payments, chance: np.random.Generator) -> Payments:
    """Payments in their order at times drawn anew over the period."""
    first, last = int(payments.time.min()), int(payments.time.max())
    return replace(payments, time=np.sort(chance.integers(first, last + 1, size=len(payments))))


def _fan_out(payments: Payments) -> tuple[int, int]:
    wide = widest_fans(payments, out=True).partners >= FEWEST_PARTNERS
    return int(wide.sum()), len(np.unique(payments.source))


def _fan_in(payments: Payments) -> tuple[int, int]:
    wide = widest_fans(payments, out=False).partners >= FEWEST_PARTNERS
    return int(wide.sum()), len(np.unique(payments.target))


def _scatter(payments: Payments) -> tuple[int, int]:
    return len(np.unique(scatter_gathers(payments).source)), len(np.unique(payments.source))


def _peel(payments: Payments) -> tuple[int, int]:
    return int((peel_steps(payments) >= 0).sum()), len(payments)


def _quick(payments: Payments) -> tuple[int, int]:
    time = stays(payments).time
    return int((time <= QUICK).sum()), len(time)


def _long(payments: Payments) -> tuple[int, int]:
    time = stays(payments).time
    return int((time >= LONG).sum()), len(time)


def _equal(payments: Payments) -> tuple[int, int]:
    return len(equal_parts(payments)), int((np.bincount(payments.source) >= FEWEST_PARTS).sum())


def _cycles(payments: Payments) -> tuple[int, int]:
    return len(cycle_ways(payments)[0]), len(payments)


PLAIN: tuple[tuple[str, Count, Decoy, str], ...] = (
    (
        "peel_chain_account",
        _peel,
        dealt_targets,
        "payments that are carried on by a peel; decoy: payees dealt anew",
    ),
    ("fan_out", _fan_out, spread_times, "paying accounts; decoy: times drawn anew over the period"),
    ("fan_in", _fan_in, spread_times, "paid accounts; decoy: times drawn anew over the period"),
    ("scatter_gather", _scatter, dealt_targets, "paying accounts; decoy: payees dealt anew"),
    (
        "pass_through",
        _quick,
        spread_times,
        "accounts that paid their main receipt on; decoy: times drawn anew",
    ),
    ("dormancy", _long, spread_times, "accounts that paid their main receipt on; decoy: times drawn anew"),
    (
        "structured_amounts",
        _equal,
        dealt_sizes,
        "accounts with five payments or more; decoy: amounts dealt anew",
    ),
    ("cycle", _cycles, dealt_targets, "payments that begin a way back; decoy: payees dealt anew"),
)


def _measured(name: str, count: Count, decoy: Decoy, note: str) -> Rate:
    chance = np.random.default_rng(SEED)
    books = [payments_of(flow_book(case)) for case in CASES]
    found = np.array([count(payments) for payments in books]).sum(axis=0)
    dealt = [count(decoy(payments, chance)) for payments in books for _round in range(ROUNDS)]
    hits, cases = np.array(dealt).sum(axis=0)
    return Rate(
        name=name,
        data=DATA,
        n=int(found[1]),
        true_positive=int(found[0]),
        false_positive=None,
        false_negative=None,
        decoy_hits=int(hits),
        decoys=int(cases),
        note=note,
    )


def _deposit_reuse() -> Rate:
    """Pairs of accounts that paid one deposit address: are they of one theft?"""
    payers: dict[str, set[tuple[str, str]]] = {}
    for case in CASES:
        deposits = {address for address, name in flow_labels(case).items() if "deposit" in name.lower()}
        for row in flow_rows(case):
            if row["To"].lower() in deposits:
                payers.setdefault(row["To"].lower(), set()).add((case, row["From"].lower()))
    pairs = [pair for group in payers.values() for pair in combinations(sorted(group), 2)]
    everyone = sorted(set().union(*payers.values()))
    chance = np.random.default_rng(SEED)
    drawn = [chance.choice(len(everyone), size=2, replace=False) for _pair in range(ROUNDS * len(pairs))]
    right = sum(one[0] == other[0] for one, other in pairs)
    return Rate(
        name="deposit_reuse",
        data=f"{DATA}: {len(payers)} deposit addresses as the experts name them",
        n=len(pairs),
        true_positive=right,
        false_positive=len(pairs) - right,
        false_negative=None,
        decoy_hits=sum(everyone[a][0] == everyone[b][0] for a, b in drawn),
        decoys=len(drawn),
        note="pairs of accounts that paid one address; right: both are of one theft; decoy: two payers"
        " drawn. Each theft was followed by itself, so a pair of two thefts could hardly get in: a weak test",
    )


def _deposit_account() -> Rate:
    """Accounts that pay a service's own wallet: the experts call none of them a deposit account."""
    found = asked = 0
    for case in CASES:
        book = flow_book(case)
        payments = payments_of(book)
        service, _deposit = label_masks(book.pools, Labels(load_labels()))
        asked += len(
            np.unique(payments.source[(service[payments.target] > 0) & (service[payments.source] == 0)])
        )
        found += len(find_deposits(payments, service).pool)
    return Rate(
        name="deposit_account",
        data=f"{DATA}: accounts that pay a labeled service",
        n=asked,
        true_positive=0,
        false_positive=found,
        false_negative=None,
        decoy_hits=0,
        decoys=0,
        note="the experts name the accounts that a service gave out, and these are ends: none pays on in the "
        "data, so none can be found right. Every account found is one of a launderer's",
    )


def _poisoning() -> Rate:
    """Accounts of the Bybit graph that only dust touched: which look like a real partner of their partner?"""
    book = bybit_book()
    dealings = _rough(book)
    valued = np.zeros(len(dealings.accounts), dtype=bool)
    valued[dealings.one[dealings.real]] = True
    fakes = np.unique(find_poisonings(dealings).fake)
    known = _known_accounts()
    listed = [place for place, name in enumerate(dealings.accounts.to_pylist()) if name in known]
    touched = int(valued[listed].sum())
    moved = pc.greater(book.movements["amount"], 0).to_numpy()[dealings.row]
    silent = replace(
        dealings,
        **{name: getattr(dealings, name)[moved] for name in ("one", "other", "real", "row")},
    )
    loud = len(np.unique(find_poisonings(silent).fake))
    chance = np.random.default_rng(SEED)
    heads, tails = (dealings.accounts.to_pylist() for _side in (0, 1))
    dealt = 0
    for _round in range(ROUNDS):
        mixed = pa.array(
            [a[:HEAD] + b[-TAIL:] for a, b in zip(heads, chance.permutation(tails), strict=True)]
        )
        dealt += len(np.unique(find_poisonings(dealings, looks_of(mixed)).fake))
    return Rate(
        name="address_poisoning",
        data="graph of the Bybit theft (bybit_2025: 14,169 edges)",
        n=int((~valued).sum()),
        true_positive=len(fakes),
        false_positive=None,
        false_negative=None,
        decoy_hits=dealt,
        decoys=ROUNDS * int((~valued).sum()),
        note="accounts that only dust touched, and that look like a real partner of the same account; decoy:"
        f" the last characters dealt anew. The {len(listed)} accounts of the theft that others list are no"
        f" test of false alarms: {touched} of them moved value. The graph states no times and mixes tokens."
        f" An import sets transfers of nothing aside; without them {loud:,} are found",
    )


def made_poisoning(planted: int = 200, noise: int = 20_000) -> Rate:
    """Look-alikes planted with dust among flows of a theft, and noise whose look-alikes move real amounts."""
    book = flow_book(CASES[0])
    holders = book.pools["holder"].to_pylist()
    span = Span(1, 10**6, dt.datetime(2023, 6, 1, tzinfo=dt.UTC), dt.datetime(2023, 8, 1, tzinfo=dt.UTC))
    around = noise_around(holders, transfers=noise, seed=SEED, span=span)
    fakes = noise_around(holders, transfers=10, seed=SEED + 1, span=span).look_alikes
    moves = book.movements.to_pylist()[:planted]
    wanted = {(fakes[move["target"]], holders[move["source"]], holders[move["target"]]) for move in moves}
    real = [(holders[move["source"]], holders[move["target"]], int(move["amount"])) for move in moves]
    noisy = around.transfers.select(["source", "target", "amount"]).to_pylist()
    rows = [*real, *((row["source"], row["target"], int(row["amount"])) for row in noisy)]
    rows += [(fake, victim, 1) for fake, victim, _genuine in sorted(wanted)]
    dealings = dealings_of(made_book(rows))
    found = find_poisonings(replace(dealings, real=_above(made_book(rows), dealings.row, 1)))
    names = dealings.accounts.to_pylist()
    triples = {
        tuple(names[int(code)] for code in codes)
        for codes in zip(found.fake, found.victim, found.genuine, strict=True)
    }
    seen = {(fake, victim) for fake, victim, _genuine in triples}
    asked = {(fake, victim) for fake, victim, _genuine in wanted}
    return Rate(
        name="address_poisoning (made)",
        data=f"made: {planted} flows of a theft, {noise:,} transfers of noise, {len(asked)} planted fakes",
        n=len(asked),
        true_positive=len(seen & asked),
        false_positive=len(seen - asked),
        false_negative=len(asked - seen),
        decoy_hits=len({fake for fake, _victim in seen} & set(around.look_alikes)),
        decoys=len(around.look_alikes),
        note="a fake sends dust to who paid the account it imitates; decoy: look-alikes in the noise, which "
        "deal with others and in real amounts",
    )


def _rough(book: Any) -> Any:  # noqa: ANN401
    """Dealings where more than 0.0001 units count as value: the graph does not say of which token."""
    dealings = dealings_of(book)
    return replace(dealings, real=_above(book, dealings.row, 10**14))


def _above(book: Any, rows: Array, most: int) -> Array:  # noqa: ANN401
    amounts = book.movements["amount"].take(pa.array(rows))
    return pc.greater(amounts, pa.scalar(most, amounts.type)).to_numpy()


def _known_accounts() -> set[str]:
    folder = onchain() / "bybit_2025"
    listed = [
        rows_of(folder / f"{name}.csv")
        for name in ("Bybit_depth1_analysis_result_new", "tayvano_bybit_addresses")
    ]
    return {row["address"].lower() for rows in listed for row in rows}
