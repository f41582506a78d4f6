"""Leads from a deposit to a withdrawal of Tornado Cash, each with its count in decoys; off where they match.

A decoy is the same ledger with the withdrawals' times shifted and their recipients dealt anew: whatever a
rule finds there it finds by chance.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.decoy import beats_chance
from bongsu.analyze.payment import NO_TIME
from bongsu.analyze.tornado import Mixer, Visits, dealt, shifted
from bongsu.kernel.case import Array
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.tornado@1"
HOUR, DAY = 3600 * 10**6, 86400 * 10**6
WINDOW = 30 * DAY
"""Longest time from a deposit to the withdrawal that a lead joins it with."""
FEWEST_VISITS = 3
"""Deposits and withdrawals of two accounts that are compared by count."""
ROUNDS = 20
SCORE = 30
"""Of a lead: where to look next, never who it was."""

Pairs = tuple[Array, Array]
"""Places of deposits, and of the withdrawals that they are joined with."""
Rule = Callable[[Visits, Visits], Pairs]


class Leads(NamedTuple):
    """What one rule found, and what it found in decoys."""

    rule: str
    deposit: Array
    """Places of deposits; empty where the rule does not beat chance."""
    withdrawal: Array
    hits: int
    """Withdrawals that the rule joins with a deposit, also where it does not beat chance."""
    looked_at: int
    """Withdrawals that it looked at."""
    decoy_hits: int
    decoys: int
    on: bool


def same_account(deposits: Visits, withdrawals: Visits) -> Pairs:
    """Pairs of one pool whose deposit was by the account that was paid, in the WINDOW before."""
    return _joined(deposits, withdrawals, deposits.account, withdrawals.account)


def own_relayer(deposits: Visits, withdrawals: Visits) -> Pairs:
    """Pairs of one pool whose deposit was by the account that got the relayer's fee."""
    return _joined(deposits, withdrawals, deposits.account, withdrawals.helper)


def only_candidate(deposits: Visits, withdrawals: Visits) -> Pairs:
    """Pairs of one pool within an hour, where no other deposit or withdrawal of it is in that hour."""
    deposit, withdrawal = _joined(deposits, withdrawals, deposits.pool, withdrawals.pool, window=HOUR)
    single = np.bincount(withdrawal, minlength=len(withdrawals))[withdrawal] == 1
    single &= np.bincount(deposit, minlength=len(deposits))[deposit] == 1
    return deposit[single], withdrawal[single]


def same_counts(deposits: Visits, withdrawals: Visits) -> Pairs:
    """Visits of two accounts with equal counts in every pool, FEWEST_VISITS or more, no third like them."""
    given, taken = _profiles(deposits), _profiles(withdrawals)
    found: list[tuple[int, int]] = []
    for profile, givers in given.items():
        takers = taken.get(profile, [])
        if len(givers) == len(takers) == 1:
            pairs = list(zip(givers[0], takers[0], strict=True))
            waits = [int(withdrawals.time[w] - deposits.time[d]) for d, w in pairs]
            if all(0 <= wait <= WINDOW for wait in waits):
                found += pairs
    columns = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return columns[0], columns[1]


RULES: dict[str, Rule] = {
    "address_reuse": same_account,
    "relayer": own_relayer,
    "timing": only_candidate,
    "count": same_counts,
}


def _joined(
    deposits: Visits, withdrawals: Visits, giver: Array, taker: Array, *, window: int = WINDOW
) -> Pairs:
    """Pairs of one pool with equal keys, the withdrawal not before the deposit and within the window."""
    most = int(max(giver.max(initial=0), taker.max(initial=0))) + 1
    given, taken = deposits.pool * most + giver, withdrawals.pool * most + taker
    known = np.flatnonzero(deposits.time != NO_TIME)
    order = known[np.lexsort((deposits.time[known], given[known]))]
    asked = np.flatnonzero((taker >= 0) & (withdrawals.time != NO_TIME))
    begin = _place(given[order], deposits.time[order], taken[asked], withdrawals.time[asked] - window - 1)
    end = _place(given[order], deposits.time[order], taken[asked], withdrawals.time[asked])
    counts = end - begin
    withdrawal = np.repeat(asked, counts)
    within = np.arange(len(withdrawal)) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[np.repeat(begin, counts) + within], withdrawal


def _place(keys: Array, times: Array, key: Array, time: Array) -> Array:
    """Number of entries, ascending by key and time, that are at most each asked key and time."""
    count = len(keys)
    asked = np.repeat([0, 1], [count, len(key)])
    order = np.lexsort((asked, np.concatenate([times, time]), np.concatenate([keys, key])))
    seen = np.cumsum(order < count)
    found = np.empty(len(key), dtype=np.int64)
    later = order >= count
    found[order[later] - count] = seen[later]
    return found


def _profiles(visits: Visits) -> dict[tuple[int, ...], list[list[int]]]:
    """Pools of an account's visits, sorted, to the visits of each account that has them so."""
    by_account: dict[int, list[int]] = {}
    for place in np.flatnonzero(visits.time != NO_TIME).tolist():
        by_account.setdefault(int(visits.account[place]), []).append(place)
    found: dict[tuple[int, ...], list[list[int]]] = {}
    for places in by_account.values():
        if len(places) >= FEWEST_VISITS:
            ranked = sorted(places, key=lambda place: (int(visits.pool[place]), int(visits.time[place])))
            found.setdefault(tuple(int(visits.pool[place]) for place in ranked), []).append(ranked)
    return found


def find_leads(mixer: Mixer, *, rounds: int = ROUNDS, seed: int = 7) -> list[Leads]:
    """Leads of each rule; a rule that does not beat its decoys gives none and says so.

    Args:
        mixer: Deposits and withdrawals.
        rounds: Decoys that are made.
        seed: Of the decoys; the same seed gives the same answer.
    """
    decoys = _decoys(mixer.withdrawals, rounds, seed)
    return [_measured(name, rule, mixer, decoys) for name, rule in RULES.items()]


def _decoys(withdrawals: Visits, rounds: int, seed: int) -> list[Visits]:
    known = withdrawals.time[withdrawals.time != NO_TIME]
    span = int(known.max() - known.min()) if len(known) else 0
    chance = np.random.default_rng(seed)
    shifts = chance.integers(span // 10, max(span - span // 10, span // 10 + 1), size=rounds)
    return [dealt(shifted(withdrawals, int(by)), seed + n) for n, by in enumerate(shifts)]


def _measured(name: str, rule: Rule, mixer: Mixer, decoys: list[Visits]) -> Leads:
    deposit, withdrawal = rule(mixer.deposits, mixer.withdrawals)
    hits = len(np.unique(withdrawal))
    count = len(mixer.withdrawals)
    chance = sum(len(np.unique(rule(mixer.deposits, decoy)[1])) for decoy in decoys)
    on = beats_chance(hits, count, chance, count * len(decoys))
    if not on:
        deposit, withdrawal = deposit[:0], withdrawal[:0]
    return Leads(
        rule=name,
        deposit=deposit,
        withdrawal=withdrawal,
        hits=hits,
        looked_at=count,
        decoy_hits=chance,
        decoys=count * len(decoys),
        on=on,
    )


def mixer_findings(book: Book, mixer: Mixer, leads: list[Leads]) -> list[Finding]:
    """A finding for each pool that was visited, and one for each lead that beats chance."""
    found = [_visited(book, mixer, pool) for pool in range(len(mixer.pools)) if _rows_of(mixer, pool).size]
    return found + [
        _lead(book, mixer, lead, (int(deposit), int(withdrawal)))
        for lead in leads
        for deposit, withdrawal in zip(lead.deposit, lead.withdrawal, strict=True)
    ]


def _rows_of(mixer: Mixer, pool: int) -> Array:
    sides = (mixer.deposits, mixer.withdrawals)
    return np.concatenate([side.row[side.pool == pool] for side in sides])


def _visited(book: Book, mixer: Mixer, pool: int) -> Finding:
    place, rows = mixer.pools[pool], _rows_of(mixer, pool)
    came, went = (int((side.pool == pool).sum()) for side in (mixer.deposits, mixer.withdrawals))
    why = _("{deposits} deposits and {withdrawals} withdrawals of {amount} {symbol}; the pool is an end")
    said = Statement(
        what="mixer_pool",
        subject=_account(book, rows, place.address),
        score=100,
        why=(why.format(deposits=came, withdrawals=went, amount=place.written, symbol=place.symbol),),
        rows=rows,
    )
    return finding_of(book, said, method=METHOD, params={"pool": place.address})


def _account(book: Book, rows: Array, address: str) -> str:
    chain = book.pools["chain"][int(book.movements["source"][int(rows[0])].as_py())].as_py()
    return f"{chain}:{address}"


def _lead(book: Book, mixer: Mixer, lead: Leads, pair: tuple[int, int]) -> Finding:
    deposit, withdrawal = pair
    giver, taker = (
        mixer.accounts[int(side.account[place])].as_py()
        for side, place in ((mixer.deposits, deposit), (mixer.withdrawals, withdrawal))
    )
    rows = np.array([mixer.deposits.row[deposit], mixer.withdrawals.row[withdrawal]])
    rate = _("the rule joins {hits} of {count} withdrawals here, and {chance} of {decoys} in decoys")
    said = Statement(
        what="mixer_lead",
        subject=_account(book, rows, taker),
        score=SCORE,
        why=(
            _why(lead.rule).format(giver=giver, taker=taker),
            rate.format(hits=lead.hits, count=lead.looked_at, chance=lead.decoy_hits, decoys=lead.decoys),
            _("a lead says where to look; it does not say whose money was withdrawn"),
        ),
        rows=rows,
    )
    return finding_of(book, said, method=METHOD, params={"rule": lead.rule})


def _why(rule: str) -> str:
    return {
        "address_reuse": _("{giver} deposited, and the same account {taker} withdrew within 30 days"),
        "relayer": _("{giver} deposited, and got the relayer's fee of the withdrawal to {taker}"),
        "timing": _("{taker} withdrew within an hour of {giver}'s deposit, the only visits of that hour"),
        "count": _("{taker} withdrew as often from the same pools as {giver} deposited, and nobody else did"),
    }[rule]
