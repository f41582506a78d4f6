"""CoinJoin transactions by the shape that each protocol gives them.

Sources: Stockinger, Haslhofer, Moreno-Sanchez, Maffei, "Pinpointing and Measuring Wasabi and Samourai
CoinJoins in the Bitcoin Ecosystem" (arXiv 2109.10229) and Ficsór's Dumplings, whose rules for Wasabi 1 and
Whirlpool it measures; Schnoering and Vazirgiannis, "Heuristics for Detecting CoinJoin Transactions on the
Bitcoin Blockchain" (arXiv 2311.12491) for Wasabi 2 and JoinMarket; Möser and Böhme, "Join Me on a Market for
Anonymity" (WEIS 2016) for JoinMarket; the coordinator's notice of 15 May 2023 for Whirlpool of 6 to 8.

Only the shape is looked at: what was paid by whom to whom inside stays unknown, and that is the point.
Where the inputs are not all in the table, Whirlpool and Wasabi 1 are told by their outputs alone, with less
confidence, and the others are not judged.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from bongsu.analyze.book import Book, Statement, finding_of
from bongsu.analyze.joint import UNKNOWN, Ends, Joints
from bongsu.analyze.pool_mask import Mask
from bongsu.kernel.case import Array
from bongsu.model.amount import format_amount
from bongsu.model.asset import BITCOIN, BITCOIN_COIN
from bongsu.model.finding import Finding
from bongsu.model.text import _

METHOD = "bongsu.coinjoin@1"
PROTOCOLS = ("", "whirlpool", "wasabi1", "wasabi2", "joinmarket")
"""Protocol by code; 0: no CoinJoin."""
SCORES = {"whirlpool": 90, "wasabi1": 90, "wasabi2": 60, "joinmarket": 40}
"""Confidence by protocol. The first two are published as more than 99 % accurate; the shape of JoinMarket is
shared by payments of equal amounts."""
OUTPUTS_ALONE = 20
"""Confidence less where not all inputs are known."""
COIN = 10**8
WHIRLPOOL_POOLS = tuple(COIN * thousandths // 1000 for thousandths in (1, 10, 50, 500))
WASABI_BASE, WASABI_NEAR = COIN // 10, COIN // 50
DUST = 2_730
"""Satoshi: equal outputs of this or less are markers of other protocols, not money."""
FEWEST_MAKERS = 3
"""Equal outputs of JoinMarket. Two are as often two payments of one amount."""
WASABI2_INPUTS, WASABI2_LEAST, WASABI2_ONE_PAYER = 50, 5_000, 10
"""Fewest inputs, smallest output in satoshi, and 1/n of the inputs that one address may own at most."""


def _micros(year: int, month: int, day: int) -> int:
    return int(dt.datetime(year, month, day, tzinfo=dt.UTC).timestamp()) * 10**6


SINCE = {
    "joinmarket": _micros(2015, 1, 9),
    "wasabi1": _micros(2018, 7, 5),
    "whirlpool": _micros(2019, 4, 1),
    "wasabi2": _micros(2022, 6, 1),
}
"""When each protocol was first used; nothing before can be of it."""
SURGE_SINCE = _micros(2023, 5, 15)
"""From then on Whirlpool had up to 8 participants; before, 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoinJoins:
    """What was found, one entry a transaction of the table."""

    protocol: Array
    """Place in PROTOCOLS: int8."""
    participants: Array
    """Equal outputs of the largest group: int64."""
    amount: Array
    """What each of them has, in satoshi: int64."""
    unjudged: int
    """Transactions whose inputs are not all in the table and whose outputs alone show nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """Numbers of each transaction, shape (transactions,)."""

    whole: Array
    """Whether all inputs are known: bool."""
    inputs: Array
    payers: Array
    """Different input addresses; an unknown one counts as another."""
    busiest: Array
    """Most inputs of one known address."""
    outputs: Array
    """Outputs with money in them."""
    payees: Array
    least: Array
    """Smallest of them."""
    equal: Array
    amount: Array
    mixed: Array
    """Outputs that share their amount with another, above dust."""
    standard: Array
    """Outputs of a denomination of Wasabi 2."""


def find_coinjoins(joints: Joints, *, fewest: int = FEWEST_MAKERS) -> CoinJoins:
    """Protocol of each transaction, 0 for none.

    Args:
        joints: Transactions of Bitcoin.
        fewest: Equal outputs from which on the shape of JoinMarket counts.

    Cost: sorts of the inputs and outputs; no work per transaction.
    """
    shape = _shape_of(joints)
    protocol = np.zeros(len(joints), dtype=np.int8)
    rules = {
        "joinmarket": _is_joinmarket(shape, fewest),
        "wasabi2": _is_wasabi2(shape),
        "wasabi1": _is_wasabi1(shape),
        "whirlpool": _is_whirlpool(shape, joints.time),
    }
    undated = joints.time == np.iinfo(np.int64).min
    for name, found in rules.items():
        since = undated | (joints.time >= SINCE[name])
        protocol[found & since] = PROTOCOLS.index(name)
    return CoinJoins(
        protocol=protocol,
        participants=shape.equal,
        amount=shape.amount,
        unjudged=int((~joints.whole & (protocol == 0)).sum()),
    )


def _is_whirlpool(shape: _Shape, time: Array) -> Array:
    """As many inputs as outputs, each of another address, all outputs of exactly a pool's amount."""
    size = shape.equal
    surge = (time >= SURGE_SINCE) | (time == np.iinfo(np.int64).min)
    found: Array = np.isin(shape.amount, WHIRLPOOL_POOLS)
    found &= (size == 5) | (surge & (size > 5) & (size <= 8))
    found &= (shape.outputs == size) & (shape.payees == size)
    found &= ~shape.whole | ((shape.inputs == size) & (shape.payers == size))
    return found


def _is_wasabi1(shape: _Shape) -> Array:
    """Ten or more equal outputs near 0.1 coin, no fewer inputs; half of the outputs have an equal."""
    near = np.abs(shape.amount - WASABI_BASE) <= WASABI_NEAR
    found: Array = (shape.equal >= 10) & near & (~shape.whole | (shape.inputs >= shape.equal))
    found &= (shape.payees == shape.outputs) & (2 * shape.mixed + 1 >= shape.outputs)
    return found


def _is_wasabi2(shape: _Shape) -> Array:
    """Fifty or more inputs of many payers, no small output, half of the outputs standard denominations."""
    found: Array = shape.whole & (shape.inputs >= WASABI2_INPUTS) & (shape.least >= WASABI2_LEAST)
    found &= shape.busiest * WASABI2_ONE_PAYER <= shape.inputs
    found &= (shape.payees == shape.outputs) & (2 * shape.standard >= shape.outputs)
    return found


def _is_joinmarket(shape: _Shape, fewest: int) -> Array:
    """N equal outputs, n or n - 1 others (the taker may have no change), n payers or more."""
    size = shape.equal
    found: Array = shape.whole & (size >= fewest) & (shape.amount > DUST) & (shape.payers >= size)
    others = shape.outputs - size
    found &= (shape.payees == shape.outputs) & (others >= size - 1) & (others <= size) & (others > 0)
    return found


def wasabi2_denominations() -> Array:
    """Standard denominations in satoshi, ascending: powers of 2 and 3, twice those of 3, and 1-2-5 series."""
    series = [(1, 2), (1, 3), (2, 3), (1, 10), (2, 10), (5, 10)]
    found = {factor * base**power for factor, base in series for power in range(64)}
    most = 134_375_000_000
    return np.array(sorted(value for value in found if WASABI2_LEAST <= value <= most), dtype=np.int64)


def _shape_of(joints: Joints) -> _Shape:
    count, money = len(joints), _with_money(joints.outputs)
    parent, amount = joints.outputs.parent[money], joints.outputs.amount[money]
    outputs = np.bincount(parent, minlength=count)
    least = np.full(count, np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(least, parent, amount)
    payers, busiest = _addresses(joints.inputs.parent, joints.inputs.address, count)
    payees, _most = _addresses(parent, joints.outputs.address[money], count)
    equal, common, mixed = _equal_outputs(parent, amount, count)
    standard = parent[np.isin(amount, wasabi2_denominations())]
    return _Shape(
        whole=joints.whole,
        inputs=joints.inputs.count,
        payers=payers,
        busiest=busiest,
        outputs=outputs,
        payees=payees,
        least=least,
        equal=equal,
        amount=common,
        mixed=mixed,
        standard=np.bincount(standard, minlength=count),
    )


def _with_money(outputs: Ends) -> Array:
    return outputs.amount > 0


def _runs(parent: Array, value: Array) -> tuple[Array, Array, Array]:
    """Parent, value and length of each run of equal pairs."""
    order = np.lexsort((value, parent))
    first, second = parent[order], value[order]
    starts = np.flatnonzero(np.diff(first, prepend=-1) | np.diff(second, prepend=-1))
    return first[starts], second[starts], np.diff(starts, append=len(order))


def _addresses(parent: Array, address: Array, count: int) -> tuple[Array, Array]:
    """Number of different addresses, and of the entries of the most frequent known one."""
    owner, code, size = _runs(parent, address)
    lost = code == UNKNOWN
    different = np.bincount(owner, minlength=count) - np.bincount(owner[lost], minlength=count)
    different += np.bincount(owner[lost], weights=size[lost], minlength=count).astype(np.int64)
    busiest = np.zeros(count, dtype=np.int64)
    np.maximum.at(busiest, owner[~lost], size[~lost])
    return different, busiest


def _equal_outputs(parent: Array, amount: Array, count: int) -> tuple[Array, Array, Array]:
    """Size and amount of the largest group of equal outputs above dust, and outputs that have an equal."""
    owner, value, size = _runs(parent, amount)
    kept = value > DUST
    owner, value, size = owner[kept], value[kept], size[kept]
    order = np.lexsort((value, size, owner))
    last = order[np.flatnonzero(np.diff(owner[order], append=-1))]
    equal, common = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    equal[owner[last]], common[owner[last]] = size[last], value[last]
    several = size > 1
    mixed = np.bincount(owner[several], weights=size[several], minlength=count).astype(np.int64)
    return equal, common, mixed


def coinjoin_findings(
    book: Book, joints: Joints, found: CoinJoins, *, focus: Mask | None = None
) -> list[Finding]:
    """A finding for each CoinJoin, in the order of the table.

    Args:
        book: The ledger that the joints are of; their rows are its movements.
        joints: Its transactions.
        found: What `find_coinjoins` says of them.
        focus: Pools of which a CoinJoin must spend or pay one; all by default.
    """
    kept = found.protocol > 0
    if focus is not None:
        kept &= joints.touching(book.touching(focus))
    return [_finding(book, joints, found, int(t)) for t in np.flatnonzero(kept)]


def _finding(book: Book, joints: Joints, found: CoinJoins, t: int) -> Finding:
    name, whole = PROTOCOLS[found.protocol[t]], bool(joints.whole[t])
    inputs, outputs = (int(end.first[t + 1] - end.first[t]) for end in (joints.inputs, joints.outputs))
    equal = _("{count} outputs have exactly {amount} BTC each; {inputs} inputs, {outputs} outputs")
    said = Statement(
        what="coinjoin",
        subject=f"{BITCOIN}:{joints.tx_hash[t].as_py()}",
        score=SCORES[name] - (0 if whole else OUTPUTS_ALONE),
        why=(
            equal.format(
                count=int(found.participants[t]),
                amount=format_amount(int(found.amount[t]), BITCOIN_COIN.decimals),
                inputs=inputs,
                outputs=outputs,
            ),
            _why(name),
            *(() if whole else (_("told by its outputs alone: not all of its inputs are in the ledger"),)),
            _("who paid whom inside cannot be told; its inputs are not of one owner"),
        ),
        rows=joints.rows(t),
    )
    return finding_of(book, said, method=METHOD, params={"protocol": name})


def _why(name: str) -> str:
    return {
        "whirlpool": _("shape of Whirlpool: as many inputs as outputs, all outputs of a pool's exact amount"),
        "wasabi1": _(
            "shape of Wasabi 1: ten or more equal outputs near 0.1 BTC, change and a coordinator fee"
        ),
        "wasabi2": _("shape of Wasabi 2: fifty or more inputs, outputs of its standard denominations"),
        "joinmarket": _("shape of JoinMarket: n equal outputs, n or n - 1 changes, n or more payers"),
    }[name]
