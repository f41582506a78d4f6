"""Small traces for tests of the analysis: a ledger of payments, a lead, what is known."""

import pyarrow as pa
from tests.data.ledger_rows import CHAIN, paid, sources

from bongsu.analyze.end import Labels, mark_ends
from bongsu.analyze.extract import extract
from bongsu.analyze.lead import Account, Lead, Limits, Theft
from bongsu.analyze.policy import policies_for, run_policies
from bongsu.analyze.pool_mask import counted_pools
from bongsu.analyze.slot import resting, stops_of
from bongsu.analyze.stop import STOPS
from bongsu.analyze.swap import SwapFinder
from bongsu.analyze.tally import tally_policy
from bongsu.analyze.theft import mark_thefts
from bongsu.analyze.trace import Known, trace
from bongsu.kernel.amount import to_integers, to_wide
from bongsu.model.asset import ETHER, valuation
from bongsu.model.label import Label
from bongsu.store.ledger import memory_ledger

USD = valuation(CHAIN, "USD")
TOKEN = CHAIN + "/erc20:0x" + "ab" * 20
LIMITS = Limits()


def ledger(*given, gaps=None, **shared):
    """Ledger of payments (source, target, amount[, other values])."""
    return memory_ledger(paid(*given, **shared), sources(), gaps=gaps)


def theft(*addresses, name="theft", chain=CHAIN, **window):
    """Theft of the addresses."""
    return Theft(name=name, sources=tuple(Account(chain=chain, address=a) for a in addresses), **window)


def lead(*given):
    """Lead of thefts; a name stands for the theft at that address."""
    thefts = tuple(one if isinstance(one, Theft) else theft(one, name=one) for one in given)
    return Lead(kind="addresses", id="test", title="test", thefts=thefts)


def label(address, category, **other):
    """Label of an address."""
    plain = {
        "chain": CHAIN, "name": category, "entity": "", "source": "test", "confidence": 80,
        "valid_from": None, "valid_to": None, "license": "",
    }  # fmt: skip
    return Label(**plain | {"address": address, "category": category} | other)


def known(*labels, assets=(ETHER, USD), **other):
    """What is known: labels, and what else is given."""
    plain = {"services": {}, "issuers": {}}
    return Known(assets={asset.id: asset for asset in assets}, labels=Labels(labels), **plain | other)


def extracted(book, asked, limits=LIMITS, labels=()):
    """Extract of a lead."""
    counted = counted_pools(book, {})
    marks = mark_thefts(book, asked, counted=counted)
    codes = mark_ends(book, Labels(labels), limits, sources=marks.sources, valuations={})
    finder = SwapFinder(ledger=book, codes=codes, counted=counted, minimum=limits.minimum)
    return extract(book, asked, limits, marks=marks, codes=codes, finder=finder)


def tallied(found, policy="fifo"):
    """Tally of one policy."""
    made = run_policies(found, policies_for(2, [policy]))
    return tally_policy(found, *made[policy])


def traced(book, asked, limits=LIMITS, facts=None, **other):
    """Trace of a lead."""
    return trace(book, asked, limits, facts or known(), **other)


def sums(amounts):
    """Row to its amount, of those that are more than nothing."""
    return {row: value for row, value in enumerate(to_integers(amounts)) if value}


def changed(amounts, values):
    """The amounts with other values in some rows."""
    given = dict(enumerate(to_integers(amounts))) | values
    return to_wide([given[row] for row in range(len(given))])


def resting_at(found, tally, gaps=()):
    """(pool, stop) to the stolen value that rests there."""
    stops = stops_of(found, pa.array(list(gaps), pa.string()))
    return {(slot // 2, STOPS[stops[slot]]): value for slot, value in sums(resting(found, tally)).items()}


def holders(found):
    """Holder of each pool of a case."""
    return found.pools["holder"].to_pylist()


def amounts(made, policy="fifo"):
    """(address, stop) to what is there, zero too."""
    return {(end.address, end.stop): end.amount[policy] for end in made.endpoints}
