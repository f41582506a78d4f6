"""Rates of the links from deposits to withdrawals of Tornado Cash."""

from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from bench.heuristic_rate import Rate
from bench.real_data import onchain, rows_of
from bongsu.analyze.payment import NO_TIME
from bongsu.analyze.tornado import Mixer, MixerPool, Visits
from bongsu.analyze.tornado_lead import DAY, HOUR, Leads, find_leads

Pairs = list[tuple[str, str]]
DATA = "Tornado Cash to February 2022 (tornado_cash_anonymity_tool)"
ROUNDS, SEED = 20, 7


def measure() -> list[Rate]:
    """Rates of what the published lists can measure, and of made visits where chance is the truth."""
    return [_reuse(), _gas_price(), *_address_links(), *made_rates()]


def _addresses(name: str, column: str) -> set[str]:
    return {row[column].lower() for row in rows_of(onchain() / "tornado_cash" / f"{name}.csv.gz")}


def _pairs(name: str) -> Pairs:
    rows = rows_of(onchain() / "tornado_cash" / f"{name}.csv.gz")
    return [(one.lower(), other.lower()) for one, other in (row.values() for row in rows)]


def _depositors() -> set[str]:
    return _addresses("deposit_addresses", "from_address")


def strangers() -> set[str]:
    """Accounts that used the Nomad bridge's contract in the same years: like the mixer's users, not of it."""
    exports = sorted((onchain() / "bridges_xchainwatcher" / "nomad").glob("etherscan-export_*"))
    return {row["From"].lower() for path in exports for row in rows_of(path)}


def _reuse() -> Rate:
    gave, took = _depositors(), _addresses("withdraw_addresses", "recipient_address")
    others = strangers() - took
    return Rate(
        name="tornado_address_reuse",
        data=DATA,
        n=len(took),
        true_positive=len(took & gave),
        false_positive=None,
        false_negative=None,
        decoy_hits=len(others & gave),
        decoys=len(others),
        note="accounts that were paid by a pool and had deposited too, whenever; decoy: users of the Nomad "
        "bridge. That both are one owner's is sure; that it is the same money is not",
    )


def _gas_price() -> Rate:
    pairs = _pairs("linked_transactions_same_gas_price_heuristic")
    possible = len({deposit for deposit, _withdrawal in pairs})
    return Rate(
        name="tornado_gas_price",
        data=DATA,
        n=len(pairs),
        true_positive=possible,
        false_positive=len(pairs) - possible,
        false_negative=None,
        decoy_hits=0,
        decoys=0,
        note="a deposit can be withdrawn once, and the list joins one with up to"
        f" {max(_counts([deposit for deposit, _w in pairs]))} withdrawals: at most one link of each can be"
        " true, so these are the most right and the fewest wrong. No prices in the list: no decoy",
    )


def _counts(values: list[str]) -> list[int]:
    return [values.count(value) for value in set(values)]


def _address_links() -> list[Rate]:
    """Links whose withdrawing account deposited itself: the true depositor is then known."""
    gave = _depositors()
    third = [pair for pair in _pairs("third_heruristic_linked_addresses") if pair[0] in gave]
    fourth = [pair for pair in _pairs("fourth_heuristic_linked_addresses") if pair[0] in gave]
    note = (
        "links whose withdrawing account is itself a depositor; right: the link names it. A wrong one may"
        " still name another account of the same owner; decoy: the depositors dealt anew"
    )
    return [
        _named("tornado_outside_contact", third, f"{note}. Links to itself may be so by construction"),
        _named("tornado_same_counts", fourth, note),
    ]


def _named(name: str, pairs: Pairs, note: str) -> Rate:
    chance = np.random.default_rng(SEED)
    takers, givers = (np.array(side) for side in zip(*pairs, strict=True))
    right = int((takers == givers).sum())
    dealt = sum(int((takers == chance.permutation(givers)).sum()) for _round in range(ROUNDS))
    return Rate(
        name=name,
        data=DATA,
        n=len(pairs),
        true_positive=right,
        false_positive=len(pairs) - right,
        false_negative=None,
        decoy_hits=dealt,
        decoys=ROUNDS * len(pairs),
        note=note,
    )


def made_mixer(seed: int, *, count: int = 400, planted: int = 0) -> Mixer:
    """Visits of two pools by different accounts at independent times; some withdraw what they deposited.

    Args:
        seed: The same seed gives the same visits.
        count: Deposits, and withdrawals.
        planted: Depositors that withdraw to the same account one to five hours later.
    """
    chance = np.random.default_rng(seed)
    span = 200 * DAY
    gave, took = (np.sort(chance.integers(0, span, size=count)) for _side in (0, 1))
    taker = np.arange(count, 2 * count)
    chosen = chance.choice(count // 2, size=planted, replace=False)
    took[chosen], taker[chosen] = gave[chosen] + chance.integers(HOUR, 5 * HOUR, size=planted), chosen
    pool = chance.integers(0, 2, size=count)
    nobody = np.full(count, -1)
    pools = tuple(
        MixerPool(address=f"0x{n:040x}", amount=Fraction(n), written=str(n), symbol="ETH") for n in (1, 10)
    )
    return Mixer(
        pools=pools,
        deposits=_made(pool, np.arange(count), nobody, gave),
        withdrawals=_made(pool, taker, nobody, took),
        accounts=pa.array([f"0x{n:040x}" for n in range(2 * count)]),
    )


def _made(pool: Any, account: Any, helper: Any, time: Any) -> Visits:  # noqa: ANN401
    assert (time != NO_TIME).all()
    return Visits(pool=pool, account=account, helper=helper, time=time, row=np.arange(len(time)))


def made_rates() -> list[Rate]:
    """What the rules of a trace find in visits that are independent, and in visits with planted reuse."""
    null = [
        _led(lead, "made: 400 independent visits, seed 7", "nothing to find")
        for lead in find_leads(made_mixer(7))
    ]
    reuse, *_others = find_leads(made_mixer(7, planted=40))
    return [*null, _led(reuse, "made: the same with 40 reused accounts", "40 to find")]


def _led(lead: Leads, data: str, truth: str) -> Rate:
    state = "on" if lead.on else "off"
    return Rate(
        name=f"mixer_lead ({lead.rule})",
        data=data,
        n=lead.looked_at,
        true_positive=lead.hits,
        false_positive=None,
        false_negative=None,
        decoy_hits=lead.decoy_hits,
        decoys=lead.decoys,
        note=f"{truth}; the rule is {state} in this ledger",
    )
