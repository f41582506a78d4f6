"""The movements of a large ledger that a trace needs, extracted by an engine, and proof that none is missing.

What is extracted is a ledger of its own. An exact trace in it is the trace in the whole: value leaves
only pools that are followed, and of each of those every movement is there. That is checked, not assumed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze import extraction
from bongsu.analyze.closure import extracted_rows
from bongsu.analyze.frontier import KEY, Ends, Reach, find_busy
from bongsu.analyze.impostor import HEAD, TAIL
from bongsu.analyze.lead import Lead, Limits
from bongsu.analyze.pool_mask import counted_assets, counted_pools
from bongsu.analyze.survey import LastSeen, Survey
from bongsu.analyze.theft import mark_thefts
from bongsu.analyze.trace import Known, Trace
from bongsu.errors import ConservationError
from bongsu.model.ports import Engine, Ledger
from bongsu.model.text import _

Seal = Callable[[pa.Table], Ledger]
"""Makes a small ledger of rows, schema TRANSFER and more columns, in memory."""
PLACE = ["part", "locator"]
"""Where a row stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgraph:
    """What an engine extracted for a trace."""

    rows: pa.Table
    """Schema TRANSFER and the engine's name `part` of the file."""
    marked: pa.Table
    """Pools that stolen value may touch: KEY, `since`, `address` and whether each is `followed`."""
    busy: pa.Table
    """Pools of the whole ledger with too many counterparties to be followed, and how many."""
    rounds: int


def extract_subgraph(
    engine: Engine,
    survey: Survey,
    asked: tuple[Lead, Limits],
    known: Known,
    *,
    seal: Seal,
    progress: Callable[[str], None],
) -> Subgraph:
    """Movements of all pools that a lead's value may touch, and what else its trace is made of.

    Raises:
        LeadError: When there is no movement of the lead's addresses and transactions.
        LedgerError: When the engine gives no answer.

    Cost: one pass over the movements a round, and about six more.
    """
    lead, limits = asked
    counted = counted_assets(survey.assets, known.assets)
    progress(_("looking for the lead's addresses"))
    named = _named(engine, survey, lead)
    ledger = seal(named)
    marks = mark_thefts(ledger, lead, counted=counted_pools(ledger, known.assets))
    sources = ledger.pools(marks.sources).select([*KEY, "address"])
    progress(_("counting counterparties"))
    busy = find_busy(engine, limits)
    ends = Ends(labels=known.labels, limits=limits, assets=known.assets, busy=busy)
    reach = Reach(engine, ends, blockless=survey.blockless, counted=counted)
    marked = reach.run(sources, progress)
    progress(_("extracting the movements of {pools} addresses").format(pools=len(marked)))
    witnesses = _distinct([survey.witnesses(), named, _held(engine, sources), _alike(engine, survey, marked)])
    rows = _extracted(engine, survey, marked=marked.select(KEY), witnesses=witnesses)
    return Subgraph(rows=rows, marked=marked, busy=busy, rounds=reach.rounds)


def _extracted(engine: Engine, survey: Survey, *, marked: pa.Table, witnesses: pa.Table) -> pa.Table:
    return engine.run(extracted_rows(survey.closure), marked=marked, witnesses=witnesses)


def _named(engine: Engine, survey: Survey, lead: Lead) -> pa.Table:
    """Rows of the lead's accounts and transactions, with what the amounts of them need to be told."""
    accounts = {account.address for theft in lead.thefts for account in theft.sources}
    transactions = {tx.lower() for theft in lead.thefts for tx in theft.transactions}
    rows = engine.run(
        extraction.named_rows(),
        accounts=pa.table({"address": pa.array(sorted(accounts), pa.string())}),
        transactions=pa.table({"tx_hash": pa.array(sorted(transactions), pa.string())}),
    )
    if not survey.unstated:
        return rows
    nobody = pa.schema([(name, pa.string()) for name in KEY]).empty_table()
    return _extracted(engine, survey, marked=nobody, witnesses=_distinct([rows]))


def _held(engine: Engine, sources: pa.Table) -> pa.Table:
    """A row of each asset that moved at the sources: an impostor token is none that counts, but is shown."""
    return engine.run(
        extraction.held_assets(), accounts=pa.table({"address": pc.unique(sources["holder"]).sort()})
    )


def _alike(engine: Engine, survey: Survey, marked: pa.Table) -> pa.Table:
    """A row of each account of the ledger that looks like a marked one."""
    holders = pc.unique(marked["holder"])
    accounts = holders.filter(pc.match_substring_regex(holders, "^0x[0-9a-f]{40}$"))
    head, tail = pc.utf8_slice_codeunits(accounts, 0, HEAD), pc.utf8_slice_codeunits(accounts, -TAIL)
    keys = pa.table({"key": pc.unique(pc.binary_join_element_wise(head, tail, ""))})
    question = extraction.alike_accounts(amounts=not survey.unstated)
    return engine.run(question, keys=keys, marked=marked.select(KEY))


def _distinct(tables: list[pa.Table]) -> pa.Table:
    """Places of the rows of some tables, each once."""
    schema = pa.schema([("part", pa.string()), ("locator", pa.int64())])
    return (
        pa.concat_tables([table.select(PLACE).cast(schema) for table in tables]).group_by(PLACE).aggregate([])
    )


def complete(made: Trace, subgraph: Subgraph, *, movements: int, last_seen: LastSeen) -> Trace:
    """The trace in a subgraph as that in the whole ledger: with its size and its last moment.

    Args:
        made: Trace in the ledger of the subgraph's rows.
        subgraph: What was extracted.
        movements: Number of movements in the whole.
        last_seen: Chain to the last block and time of the whole.

    Raises:
        ConservationError: When a pool is followed whose movements were not all extracted.
    """
    found = made.found
    followed = found.pools.filter(pa.array((found.touched > 0) & (found.stops == 0))).select(KEY)
    whole = subgraph.marked.filter(subgraph.marked["followed"]).select(KEY)
    missing = followed.join(whole, KEY, join_type="left anti")
    if missing.num_rows:
        raise ConservationError(
            _("Cannot certify the trace: not all movements of {holder} were extracted.").format(
                holder=missing["holder"][0].as_py()
            ),
            hint=_("This is a fault of the program, not of your data: please report it with this message."),
        )
    return replace(made, as_of=last_seen, found=replace(found, total=movements))
