"""Real thefts as published, and plain routes to the same numbers that share nothing with the kernels."""

import csv
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyarrow.csv import write_csv
from tests.data.check_case import atomic_columns
from tests.data.ledger_rows import told

from bongsu.app.jobs import trace as trace_job
from bongsu.app.jobs.lead import lead_of
from bongsu.app.jobs.ledger_import import ImportRequest, import_files, seal_import
from bongsu.app.jobs.trace import TraceOptions, run_trace
from bongsu.model.asset import valuation
from bongsu.store.ledger import open_ledger

USD = valuation("eip155:1", "USD").id
"""What the published flows are in: cents."""
CONSERVING = ("haircut", "fifo", "lifo", "tiho", "pifo", "libr")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCase:
    """A theft that experts followed by hand, in their files."""

    path: object
    rows: list[dict[str, str]]
    """Records in the order of their blocks, in a block in the order of the file."""
    sources: frozenset[str]
    terminals: frozenset[str]

    @property
    def accounts(self):
        """Every address of a record."""
        return frozenset(row[end] for row in self.rows for end in ("From", "To"))

    @property
    def ends(self):
        """Terminals that a record names; some are listed and occur in none."""
        return self.terminals & self.accounts

    @property
    def lead(self):
        """Lead from all the sources."""
        return lead_of([], sorted(self.sources), [])


def published_case(onchain, name):
    """Case by its folder's name."""
    folder = onchain / "mftracer" / name
    with (folder / "flow records.csv").open(newline="") as file:
        rows = [{key: value.lower() for key, value in row.items()} for row in csv.DictReader(file)]
    listed = [
        (folder / f"{kind} addresses.csv").read_text().lower().split() for kind in ("source", "terminal")
    ]
    return PublishedCase(
        path=folder / "flow records.csv",
        rows=sorted(rows, key=lambda row: int(row["Block"])),
        sources=frozenset(listed[0]),
        terminals=frozenset(listed[1]),
    )


def import_all(ledger, paths, **options):
    """Folder of a sealed ledger of the files; flows in US dollars if nothing else is said."""
    said = options or {"format": "flows", "columns": atomic_columns(), "unit": "USD"}
    outcomes = list(import_files(paths, ledger, ImportRequest(**said)))
    seal_import(ledger)
    assert sum(outcome.record.rows_in for outcome in outcomes) > 0
    return ledger


def traced(ledger, lead, **options):
    """Document of a trace that knows no label but the ledger's own: facts name ends of these very files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trace_job, "load_labels", list)
        return run_trace(lead, TraceOptions(ledger=ledger, **options))


def ends_of(document):
    """Address to its end."""
    return {end["address"]: end for end in document["endpoints"]}


def amounts(document, policy):
    """Address to the stolen value at its end under a policy."""
    return {address: int(end["amount"][policy]) for address, end in ends_of(document).items()}


def check_balance(document):
    """Nothing; what was stolen is at the ends, to the last unit, under every conserving policy."""
    for policy in CONSERVING:
        assert document["conservation"][policy]["balanced"], policy
        found = Counter()
        for end in document["endpoints"]:
            found[end["asset"]] += int(end["amount"][policy])
        held = {asset: str(value) for asset, value in found.items() if value}
        assert held == document["stolen"][policy] != {}, policy
    assert not document["conservation"]["poison"]["conserving"]


def payments(ledger):
    """(payer, payee, amount) of every movement in the ledger's order."""
    opened = open_ledger(ledger)
    holders, table = opened.pools()["holder"], told(opened)
    ends = [holders.take(table[end].cast("int64")).to_pylist() for end in ("source", "target")]
    return list(zip(*ends, map(int, table["amount"].to_pylist()), strict=True))


def plain_reach(rows, sources, *, order_in_block):
    """Address to the block in which the sources' value could first be there.

    In a block either only as its rows stand, or by any way: nothing states the order of flows in a block.
    """
    first = dict.fromkeys(sources, 0)
    for block, group in groupby(rows, key=lambda row: int(row["Block"])):
        same = list(group)
        for _again in range(1 if order_in_block else len(same)):
            for row in same:
                if row["From"] in first:
                    first.setdefault(row["To"], block)
    return first


def plain_fifo(moved, sources, *, unknown_newest=False):
    """Stolen value by holder at the end under first in, first out, and what was stolen: rules 1 and 2."""
    queues, stolen = defaultdict(deque), 0
    for payer, payee, amount in moved:
        if payer == payee:
            continue
        queue, left = queues[payer], amount
        lack = amount - sum(value for _dirty, value in queue)
        if lack > 0:
            (queue.append if unknown_newest else queue.appendleft)((payer in sources, lack))
            stolen += lack * (payer in sources)
        while left:
            dirty, value = queue.popleft()
            part = min(value, left)
            left -= part
            if value > part:
                queue.appendleft((dirty, value - part))
            taken = payee in sources and payer not in sources and not dirty
            stolen += part * taken
            queues[payee].append((dirty or taken, part))
    held = {name: sum(value for dirty, value in queue if dirty) for name, queue in queues.items()}
    return {name: value for name, value in held.items() if value}, stolen


def write_flows(path, transfers):
    """Path of transfers in cents as a table of flows, in the columns of the published records."""
    cents = transfers["amount"].cast("int64").cast("string")
    value = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(cents, 0, -2), pc.utf8_slice_codeunits(cents, -2), "."
    )
    time = pc.strftime(transfers["time"], "%Y-%m-%d %H:%M:%S")
    taken = {name: transfers[name] for name in ("tx_hash", "block", "source", "target")}
    given = {**taken, "time": time, "value": value}
    meant = {"tx": "tx_hash", "from": "source", "to": "target"}
    table = {column: given[meant.get(name, name)] for name, column in atomic_columns().items()}
    write_csv(pa.table(table), path)
    return path
