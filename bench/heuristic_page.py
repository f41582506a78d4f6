"""Text of docs/reference/heuristics.md and docs/reference/coinjoin-hits.md, as the measurements write it."""

import csv
import io

import numpy as np
import pyarrow.compute as pc

from bench.heuristic_block import hits, read_verdicts
from bench.heuristic_rate import Rate, verdict
from bench.real_data import block_joints, block_transfers
from bongsu.analyze.coinjoin import PROTOCOLS, find_coinjoins
from bongsu.analyze.decoy import Interval
from bongsu.analyze.heuristic import HEURISTICS, VERDICTS, verdict_text
from bongsu.analyze.heuristic_rate import Measured
from bongsu.model.amount import format_amount

MADE = "<!-- Written by `python -m bench heuristics`; do not edit. -->"
INTRO = """# Heuristics: how often they are right

{made}

A heuristic guesses. Each is measured on real data and on **decoys**: the same data with times, amounts or
counterparties dealt anew, where only chance can find anything. One that is no better there is off by default.
Intervals are Wilson's at 95 %.

- *cases*: what the rule looked at. *right*: found and true; in parentheses, where nobody knows: found.
- *wrong*, *missed*: where the truth is known. *precision*: right among found.
- *rate*: right, or found, among the cases. *chance*: the same in decoys.
- A verdict follows from the figures alone: {rule}
- *Fact*: {facts}. Nothing is guessed there, so there is nothing to measure.

```console
$ python -m bench heuristics
```

"""
RULE = (
    "`imprecise` if at most half of what is found can be right;\n  `chance` if the intervals of rate and"
    " chance meet (`unproven` below ten cases); where the truth is not known,\n  `imprecise` if chance"
    " explains half of what is found; else `above_chance`."
)
HEAD = (
    "| heuristic | cases | right | wrong | missed | rate | chance | precision | verdict |\n"
    "|---|---:|---:|---:|---:|---|---|---|---|\n"
)


def heuristics_page(rates: list[Rate]) -> str:
    """The page of all rates, in the order given."""
    facts = ", ".join(f"`{name}`" for name, said in HEURISTICS.items() if said == "fact")
    meanings = "".join(f"| `{word}` | {verdict_text(word)} |\n" for word in VERDICTS)
    return (
        INTRO.format(made=MADE, rule=RULE, facts=facts)
        + HEAD
        + "".join(_row(rate) for rate in rates)
        + "\n| verdict | default |\n|---|---|\n"
        + meanings
        + "\n## What was measured\n"
        + "".join(f"- `{rate.name}`: {rate.data}; {rate.note}.\n" for rate in rates)
        + LIMITS
    )


def rates_table(rates: list[Rate]) -> str:
    """CSV of the counts of all rates of heuristics that are built in: what a trace document cites."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(["name", *Measured._fields])
    for rate in rates:
        own, _space, part = rate.name.partition(" ")
        if own in HEURISTICS:
            data = f"{part.strip('()')}: {rate.data}" if part else rate.data
            counts = (rate.n, rate.true_positive, rate.false_positive, rate.false_negative)
            writer.writerow([own, data, *counts, rate.decoy_hits, rate.decoys])
    return sink.getvalue()


def _row(rate: Rate) -> str:
    known = rate.false_positive is not None
    cells = [
        f"`{rate.name}`",
        f"{rate.n:,}",
        f"{rate.true_positive:,}" if known else f"({rate.true_positive:,})",
        _count(rate.false_positive),
        _count(rate.false_negative),
        _share(rate.rate) if rate.n and (known or rate.decoys) else "",
        f"{rate.decoy_hits:,} of {rate.decoys:,}: {_share(rate.chance)}" if rate.decoys else "no decoy",
        _share(rate.precision) if rate.precision else "",
        _verdict(rate),
    ]
    return f"| {' | '.join(cells)} |\n"


def _verdict(rate: Rate) -> str:
    said, own = verdict(rate), rate.name.partition(" ")[0]
    if own not in HEURISTICS:
        return f"{said}; not built in"
    return said if rate.name == own else f"{said} here; {HEURISTICS[own]}"


def _count(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _share(interval: Interval) -> str:
    low, high = (f"{100 * bound:.3g}" for bound in interval)
    return f"{low} to {high} %"


LIMITS = """
## What the data cannot measure
- **Co-spend**: no list of who owns Bitcoin addresses touches the blocks. That its guard keeps out what is
  known to be false is measured (`cospend_unguarded`).
- **Tornado Cash by time, count and relayer**: the published lists hold addresses and hashes, no times, no
  amounts, no relayers. In a trace each rule is compared with decoys made of the ledger at hand and is silent
  if it does not beat them; visits that were made independent show that it is silent there. **By gas
  price**: a ledger holds no prices.
- **Deposit accounts**: no labeled one pays on in the data at hand.
- **Poisoning by transfers of nothing**: an import sets them aside; a trace sees dust and worthless tokens.
- **Bitfinex 2016**: one payment a transaction, no times, no second step: there is no pattern to look for.
- **Wasabi 2, JoinMarket**: none is in the blocks; nothing is known of what the rules miss.
"""
PAIRS = """
*Two equal outputs* is the shape of JoinMarket with two participants. It is not reported as a CoinJoin; it
only keeps a transaction from joining addresses by co-spend.
"""
NEAR = """
## Came near, not found
Three or more equal outputs and as many inputs, ten or more of both, or equal dust.
"""
HITS_INTRO = """# CoinJoin on the raw Bitcoin blocks: every hit

{made}

The three blocks and the first 255 ({rows:,} transactions, {count:,} that are no coinbase) were searched for
the shapes of Whirlpool, Wasabi 1, Wasabi 2 and JoinMarket. Values of inputs are known only where the same
block made them, so the verdicts rest on addresses, outputs and where inputs come from. **Each verdict was
written after looking at that transaction's inputs and outputs, one by one, on the date given. No named
outside reader has signed them off.** The figures are computed; the verdicts are in
`bench/coinjoin_verdicts.csv`.

| found as | hits | true | doubtful | false |
|---|---:|---:|---:|---:|
"""


def hits_page() -> str:
    """The page of CoinJoin hits, of what the looser rule adds, and of what came near."""
    joints, verdicts = block_joints(), read_verdicts()
    found = find_coinjoins(joints)
    sections = {name: np.flatnonzero(found.protocol == code) for code, name in enumerate(PROTOCOLS) if name}
    pairs = hits(joints, 2)
    counts = "".join(
        _tally(name, places, verdicts) for name, places in [*sections.items(), ("two equal outputs", pairs)]
    )
    listed = np.concatenate([*sections.values(), pairs])
    near = [
        t
        for t in range(len(joints))
        if joints.tx_hash[t].as_py() in verdicts and t not in set(listed.tolist())
    ]
    text = HITS_INTRO.format(made=MADE, count=len(joints), rows=_transactions()) + counts
    text += PAIRS
    for name, places in sections.items():
        if len(places):
            text += f"\n## Found as {name}\n" + "".join(_entry(int(t), verdicts) for t in places)
    text += "\n## Two equal outputs\n" + "".join(_entry(int(t), verdicts) for t in pairs)
    return text + NEAR + "".join(_entry(t, verdicts) for t in near)


def _transactions() -> int:
    """Transactions of the blocks, coinbases too."""
    return int(pc.count_distinct(block_transfers()["tx_hash"]).as_py())


def _tally(name: str, places: np.ndarray, verdicts: dict[str, dict[str, str]]) -> str:  # type: ignore[type-arg]
    said = [verdicts[block_joints().tx_hash[int(t)].as_py()]["verdict"] for t in places]
    counts = " | ".join(str(said.count(word)) for word in ("true", "doubtful", "false"))
    return f"| {name} | {len(said)} | {counts} |\n"


def _entry(t: int, verdicts: dict[str, dict[str, str]]) -> str:
    joints = block_joints()
    ins, outs = (slice(*end.first[t : t + 2]) for end in (joints.inputs, joints.outputs))
    payers, amounts = np.unique(joints.inputs.address[ins]), joints.outputs.amount[outs]
    values, sizes = np.unique(amounts[amounts > 0], return_counts=True)
    most = np.lexsort((values, -sizes))[:4]
    shown = ", ".join(f"{sizes[n]} x {format_amount(int(values[n]), 8)}" for n in most)
    tx = joints.tx_hash[t].as_py()
    block = block_transfers()["block"][int(joints.inputs.row[ins][0])].as_py()
    said = verdicts[tx]
    return (
        f"- **{said['verdict']}** `{tx}` (block {block:,}):"
        f" {ins.stop - ins.start} inputs of {len(payers)} addresses,"
        f" {outs.stop - outs.start} outputs; BTC {shown}{', ...' if len(values) > 4 else ''}. {said['why']}"
        f" ({said['date']})\n"
    )
